import { describe, expect, test } from "vitest";
import type { Plan, PlanRoute } from "../../../../src/domain/plan.ts";
import type { Shipment } from "../../../../src/domain/shipment.ts";
import { openDispatchDesk } from "../../../support/dispatch-desk.ts";
import { failureOf } from "../../../support/failures.ts";

/** A desk with a plan of the ERP's shipments, whose dispatch was agreed to, and the ERP to be changed. */
async function agreed() {
  const desk = await openDispatchDesk();
  const { data } = await desk.call("plan_load", {
    area: "天河",
    start_at: "2026-11-23T08:00:00+08:00",
    capacity_model: "independent",
    default_material: "坯布",
    max_stops_per_route: 12,
  });
  const store = await desk.app.store();
  const plan = await store.plans.get(String(data["plan_id"]));
  const sendable = plan.routes.filter(({ stops }) =>
    stops.every(({ lat, address }) => lat !== null || address),
  );
  const [route, other] = sendable as [PlanRoute, PlanRoute];
  const license_plates = [route.licensePlate, other.licensePlate];
  const drivers = Object.fromEntries(
    license_plates.map((plate, index) => [plate, `driver${index}@example.com`]),
  );
  const { confirmed, data: shown } = await desk.preview({ plan_id: plan.planId, license_plates, drivers });
  expect(shown).toMatchObject({ preview: { jobs_to_create: 2 } });
  const change = async (order: object) => {
    const response = await fetch(`${desk.sandbox.url}/_fleet`, {
      method: "POST",
      body: JSON.stringify(order),
    });
    expect(response.status).toBe(200);
  };
  return {
    ...desk,
    plan,
    route,
    other,
    confirmed,
    drivers,
    change,
    dispatch: () => desk.call("dispatch_plan", confirmed),
  };
}

type Agreed = Awaited<ReturnType<typeof agreed>>;

function firstShipment({ plan, route }: { plan: Plan; route: PlanRoute }): Shipment {
  const [id] = route.stops[0]?.shipmentIds ?? [];
  const shipment = plan.shipments.find((one) => one.id === id);
  if (!shipment) throw new Error("the route has no shipment");
  return shipment;
}

describe("an ERP that changed between preview and write", () => {
  test.each<[string, (day: Agreed) => object, RegExp]>([
    [
      "a shipment that is gone",
      (day) => ({ shipment_id: firstShipment(day).id, change: null }),
      /no longer among the unshipped shipments of 「天河」/,
    ],
    [
      "another quantity",
      (day) => ({
        shipment_id: firstShipment(day).id,
        change: { sales_items: [{ name: firstShipment(day).salesItems[0]?.name, quantity: "987.00" }] },
      }),
      /is now 987/,
    ],
    [
      "another address",
      (day) => ({ shipment_id: firstShipment(day).id, change: { address: "深圳市南山区 1 号" } }),
      /深圳市南山区 1 号/,
    ],
    [
      "a vehicle that is gone",
      (day) => ({ license_plate: day.route.licensePlate, change: null }),
      /is no longer a vehicle of the ERP/,
    ],
    [
      "a vehicle with less room",
      ({ route }) => ({
        license_plate: route.licensePlate,
        change: {
          material_capacities: route.loads.map(({ material }) => ({ material_name: material, capacity: 1 })),
        },
      }),
      /is now 1, which is less than it carries here|is now 1.*less than it carries/,
    ],
  ])("%s holds its route back, says why, and lets the other go", async (_, orderOf, why) => {
    const day = await agreed();
    await day.change(orderOf(day));
    const { data, text } = await day.dispatch();
    expect(data).toMatchObject({
      status: "partial",
      routes: [
        {
          license_plate: day.route.licensePlate,
          state: "blocked",
          error: { message: expect.stringMatching(why) },
        },
        { license_plate: day.other.licensePlate, state: "dispatched" },
      ],
    });
    expect(text).toMatch(/^1 of 2 routes are out/);
    expect(day.sandbox.jobs).toHaveLength(1);
  });

  test("the same is told at the preview", async () => {
    const day = await agreed();
    await day.change({ shipment_id: firstShipment(day).id, change: null });
    const { data } = await day.preview({ plan_id: day.plan.planId, drivers: day.drivers });
    const routes = (data["preview"] as { routes: { license_plate: string }[] }).routes;
    expect(routes.find(({ license_plate }) => license_plate === day.route.licensePlate)).toMatchObject({
      state: "blocked",
      blocked_by: [expect.stringContaining("no longer among")],
    });
  });

  test("once it is mended, the same call goes on with the route", async () => {
    const day = await agreed();
    const { id, address } = firstShipment(day);
    await day.change({ shipment_id: id, change: { address: "别处" } });
    expect((await day.dispatch()).data).toMatchObject({ status: "partial" });
    await day.change({ shipment_id: id, change: { address } });
    expect((await day.dispatch()).data).toMatchObject({ status: "dispatched" });
    expect(day.sandbox.jobs).toHaveLength(2);
  });

  test("an ERP that does not answer at the write: nothing is sent, and the same call goes once it does", async () => {
    const day = await agreed();
    day.sandbox.addFault({ vendor: "fleet", kind: "error_500_before", count: 40 });
    const failure = await failureOf(day.dispatch());
    expect(failure).toMatchObject({ code: "unavailable", details: { vendor: "fleet" } });
    expect(failure.message).toContain("no route was sent");
    expect(day.imports()).toBe(0);
    await fetch(`${day.sandbox.url}/_faults`, { method: "DELETE" });
    expect((await day.dispatch()).data).toMatchObject({ status: "dispatched" });
  }, 60_000);

  test("a change in a shipment of another route is no matter", async () => {
    const day = await agreed();
    const wanted = new Set(
      [day.route, day.other].flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds)),
    );
    const stranger = day.plan.shipments.find(({ id }) => !wanted.has(id));
    await day.change({ shipment_id: stranger?.id, change: null });
    expect((await day.dispatch()).data).toMatchObject({ status: "dispatched" });
  });
});
