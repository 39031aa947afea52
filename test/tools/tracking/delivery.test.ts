import { expect, test } from "vitest";
import { exampleImport } from "../../support/example-calls.ts";
import { smallDay } from "../../support/small-day.ts";
import { openTrackingDesk, type TrackingDesk } from "./tracking-desk.ts";

const day = 24 * 3600;
const driverOf = { 粤A12345: "driver@example.com", 粤A67890: "driver@example.com" };

type Tracked = { status: string; delivery?: Record<string, unknown>; sources: Record<string, unknown>[] };

async function track(desk: TrackingDesk, name: Record<string, string>): Promise<Tracked> {
  return (await desk.call("track_shipment", name)).data as unknown as Tracked;
}

async function keep(desk: TrackingDesk, changes: Record<string, unknown> = {}) {
  const { data } = await desk.call("plan_load", { ...smallDay, ...changes });
  return desk.store.plans.get(String(data["plan_id"]));
}

const dispatch = (desk: TrackingDesk, plan_id: string) =>
  desk.call("dispatch_plan", { plan_id, drivers: driverOf });

test("a shipment that is planned is told with its plan, route, stop and load", async () => {
  const desk = await openTrackingDesk();
  const plan = await keep(desk);
  const [route] = plan.routes;
  const stop = route?.stops[1];
  const { status, delivery } = await track(desk, { shipment_id: String(stop?.shipmentIds[0]) });
  expect(status).toBe("planned");
  expect(delivery).toEqual({
    plan_id: plan.planId,
    revision: 1,
    license_plate: route?.licensePlate,
    sequence: 2,
    stops_on_route: route?.stops.length,
    load_position: stop?.loadPosition,
    planned_arrive_at: stop?.arriveAt,
    items: [{ material: "坯布", quantity: "100" }],
    dispatch_state: "not_dispatched",
  });
});

test("one that is out is told where it is driven, with job and driver, whatever a newer plan says of it", async () => {
  const desk = await openTrackingDesk();
  const plan = await keep(desk);
  await dispatch(desk, plan.planId);
  const shipment = String(plan.routes[0]?.stops[0]?.shipmentIds[0]);
  // A plan of before, kept later: it only mentions the shipment.
  const { planId: _, revision: __, createdAt: ___, ...again } = plan;
  await desk.store.plans.save(again);
  const jobId = desk.sandbox.jobs.find((job) => job.external_job_id === `${plan.planId}-粤A12345`)?.job_id;
  const { status, delivery } = await track(desk, { shipment_id: shipment });
  expect(status).toBe("dispatched");
  expect(delivery).toMatchObject({
    plan_id: plan.planId,
    license_plate: "粤A12345",
    external_job_id: `${plan.planId}-粤A12345`,
    job_id: jobId,
    driver_email: "driver@example.com",
    dispatch_state: "dispatched",
    stop_state: "open",
  });
  const job = desk.sandbox.jobs.find(({ job_id }) => job_id === jobId);
  const customers = job?.stops.map(({ external_stop_id: id }) => id).filter((id) => !id.startsWith("depot"));
  expect(delivery?.["sequence"]).toBe((customers?.indexOf(shipment) ?? 0) + 1);
});

test("a released one that another plan has is told there, and names what it was released from", async () => {
  const desk = await openTrackingDesk();
  const plan = await keep(desk);
  const shipment = String(plan.routes[0]?.stops[0]?.shipmentIds[0]);
  desk.sandbox.orderStopEnd({ externalStopId: shipment, status: "failed" });
  await dispatch(desk, plan.planId);
  desk.sandbox.advance(day);
  await desk.call("release_shipments", { shipment_ids: [shipment] });
  const before = await track(desk, { shipment_id: shipment });
  expect(before.status).toBe("failed");
  expect(before.delivery).toMatchObject({
    plan_id: plan.planId,
    released_from: [`${plan.planId}-粤A12345`],
  });
  const again = await keep(desk, {
    shipments: smallDay.shipments.filter(({ id }) => String(id) === shipment),
  });
  const after = await track(desk, { shipment_id: shipment });
  expect(after.status).toBe("planned");
  expect(after.delivery).toMatchObject({
    plan_id: again.planId,
    dispatch_state: "not_dispatched",
    released_from: [`${plan.planId}-粤A12345`],
  });
  expect(after.sources.find(({ source }) => source === "routemate")?.["reason"]).toContain("It was released");
});

test("one on several stops is told with all of them", async () => {
  const desk = await openTrackingDesk();
  const large = { ...smallDay.shipments[0], id: 77, sales_items: [{ name: "坯布", quantity: "700" }] };
  await keep(desk, { shipments: [large], allow_split: true });
  const { delivery } = await track(desk, { shipment_id: "77" });
  const parts = [delivery, ...((delivery?.["other_stops"] as Record<string, unknown>[]) ?? [])];
  expect(new Set(parts.map((part) => part?.["license_plate"]))).toEqual(new Set(["粤A12345", "粤A67890"]));
  const quantities = parts.flatMap((part) => part?.["items"] as { quantity: string }[]);
  expect(quantities.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(700);
});

test("a whole route is told with its plan and the states of its stops", async () => {
  const desk = await openTrackingDesk();
  const plan = await keep(desk);
  const [route] = plan.routes;
  const customers = route?.stops.map(({ shipmentIds }) => String(shipmentIds[0])) ?? [];
  for (const [index, externalStopId] of customers.entries()) {
    desk.sandbox.orderStopEnd({ externalStopId, status: index === 0 ? "failed" : "completed" });
  }
  await dispatch(desk, plan.planId);
  desk.sandbox.advance(day);
  await desk.call("plan_report", { plan_id: plan.planId });
  const external_job_id = `${plan.planId}-${route?.licensePlate}`;
  const { status, delivery } = await track(desk, { external_job_id });
  expect(status).toBe("failed");
  expect(delivery).toMatchObject({
    plan_id: plan.planId,
    license_plate: route?.licensePlate,
    external_job_id,
    stops: { total: customers.length, delivered: customers.length - 1, failed: 1, open: 0, uncertain: 0 },
  });
});

test("a route that was sent without a plan is told with its job", async () => {
  const desk = await openTrackingDesk();
  const { data } = await desk.call("import_route", exampleImport("BY-HAND"));
  const ofStop = await track(desk, { shipment_id: "ORD-1001" });
  expect(ofStop.delivery).toEqual({
    external_job_id: "BY-HAND",
    job_id: data["job_id"],
    driver_email: "driver@example.com",
    dispatch_state: "dispatched",
  });
  const ofJob = await track(desk, { external_job_id: "BY-HAND" });
  expect(ofJob.delivery).toMatchObject({ stops: { total: 3, delivered: 0, failed: 0, open: 3 } });
});
