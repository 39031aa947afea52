import { expect, test } from "vitest";
import type { App } from "../../../../src/app.ts";
import { dispatchPlan } from "../../../../src/tools/planning/dispatch-plan.ts";
import { type DispatchDesk, openDispatchDesk } from "../../../support/dispatch-desk.ts";
import { smallDay } from "../../../support/small-day.ts";

const plate = "粤A12345";
const at = (time: string) => `2026-11-23T${time}:00+08:00`;
const call = { signal: new AbortController().signal, reportProgress: () => {} };

/**
 * A route that the vendor turns round: the customer far away closes early and the near one opens late, but the
 * vendor knows the shortest way alone.
 */
async function planWithDrift({ call: callTool }: DispatchDesk): Promise<string> {
  const [near, middle, far] = [0.01, 0.02, 0.15].map((north, index) => ({
    id: 10 + index,
    customer_name: `客户${index}`,
    address: `广州市天河区 ${index} 号`,
    geo_coordinates: { lat: smallDay.depot.lat + north, lng: smallDay.depot.lng },
    sales_items: [{ name: "坯布", quantity: "100" }],
  }));
  const { data } = await callTool("plan_load", {
    ...smallDay,
    vehicles: smallDay.vehicles.slice(0, 1),
    shipments: [near, middle, far],
    return_to_depot: false,
    time_windows: [
      { shipment_id: 10, start_at: at("10:00") },
      { shipment_id: 12, end_at: at("09:00") },
    ],
  });
  return String(data["plan_id"]);
}

type Stops = { shipment_ids: number[]; sequence: number; planned_sequence?: number; load_position: number }[];

async function shownStops({ call: callTool }: Pick<DispatchDesk, "call">, plan_id: string): Promise<Stops> {
  const { data } = await callTool("get_plan", { plan_id });
  return (data["routes"] as { stops: Stops }[])[0]?.stops ?? [];
}

test("where RouteMate re-orders stops, moves, loading order and broken windows are told and kept", async () => {
  const desk = await openDispatchDesk({ environment: { WAYBILL_CONFIRM: "off" } });
  const plan_id = await planWithDrift(desk);
  const planned = await shownStops(desk, plan_id);
  expect(
    planned.map(({ shipment_ids: [id] }) => id),
    "the near customer is last",
  ).toEqual([11, 12, 10]);

  const { data, text } = await desk.call("dispatch_plan", {
    plan_id,
    drivers: { [plate]: "driver@example.com" },
  });
  const driverOrder = desk.sandbox.jobs[0]?.stops.map(({ external_stop_id }) => external_stop_id);
  expect(driverOrder).toEqual(["depot-start", "10", "11", "12"]);
  expect(data).toMatchObject({
    status: "dispatched",
    routes: [
      {
        drift: {
          moved: expect.arrayContaining([
            { shipment_ids: [12], planned_sequence: 2, sequence: 3, load_position: 1 },
          ]),
          broken: [expect.stringMatching(/12/)],
        },
      },
    ],
  });
  expect(text).toContain("load in this order: 12, 11, 10");

  const driven = await shownStops(desk, plan_id);
  expect(driven.map(({ shipment_ids, load_position }) => [shipment_ids[0], load_position])).toEqual([
    [10, 3],
    [11, 2],
    [12, 1],
  ]);
  expect(driven[2]).toMatchObject({ planned_sequence: 2, sequence: 3 });
  const { data: full } = await desk.call("get_plan", { plan_id });
  expect(full["routes"]).toMatchObject([
    {
      dispatch: {
        state: "dispatched",
        driver_email: "driver@example.com",
        external_job_id: `${plan_id}-${plate}`,
      },
    },
  ]);
  const again = await desk.call("dispatch_plan", { plan_id });
  expect(again.data, "a repeat tells the drift as well").toMatchObject({
    routes: [{ drift: { moved: expect.anything() } }],
  });
});

test("a process that dies between the import and the reading of its order leaves it to the next look", async () => {
  const desk = await openDispatchDesk({ environment: { WAYBILL_CONFIRM: "off" } });
  const plan_id = await planWithDrift(desk);
  const store = await desk.app.store();
  const dispatches = {
    ...store.dispatches,
    keepDriven: async () => {
      throw new Error("the process is gone");
    },
  };
  const dying: App = { ...desk.app, store: async () => ({ ...store, dispatches }) };
  const { data } = await dispatchPlan.run(
    { plan_id, drivers: { [plate]: "driver@example.com" } },
    dying,
    call,
  );
  expect(data).toMatchObject({ status: "dispatched" });
  expect((await store.dispatches.ofPlan(plan_id))[0]?.driven).toBeNull();

  expect((await shownStops(desk, plan_id)).map(({ shipment_ids: [id] }) => id)).toEqual([10, 11, 12]);
  expect((await store.dispatches.ofPlan(plan_id))[0]?.driven?.stops).toHaveLength(3);
});

test("a route of two trips is sent with its reload, and read back with its trips", async () => {
  const desk = await openDispatchDesk({ environment: { WAYBILL_CONFIRM: "off" } });
  const { data: plan } = await desk.call("plan_load", {
    ...smallDay,
    vehicles: smallDay.vehicles.slice(0, 1),
    vehicle_rules: [{ license_plates: [plate], max_trips: 2, reload_minutes: 15 }],
  });
  const plan_id = String(plan["plan_id"]);
  const { data } = await desk.call("dispatch_plan", { plan_id, drivers: { [plate]: "driver@example.com" } });
  expect(data).toMatchObject({ status: "dispatched" });
  const [job] = desk.sandbox.jobs;
  expect(job?.stops.map(({ external_stop_id }) => external_stop_id)).toContain("depot-reload-2");
  const { data: shown } = await desk.call("get_plan", { plan_id });
  const [route] = shown["routes"] as { stops: { shipment_ids: number[] }[] }[];
  expect(route?.stops.flatMap(({ shipment_ids }) => shipment_ids).toSorted((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
});

test("an earlier revision shows a route as it was planned then", async () => {
  const desk = await openDispatchDesk({ environment: { WAYBILL_CONFIRM: "off" } });
  const plan_id = await planWithDrift(desk);
  const store = await desk.app.store();
  const { planId, revision, createdAt: _, ...plan } = await store.plans.get(plan_id);
  await store.plans.revise({ planId, expectedRevision: revision, frozenPlates: [], plan });
  await desk.call("dispatch_plan", { plan_id, drivers: { [plate]: "driver@example.com" } });
  const { data: before } = await desk.call("get_plan", { plan_id, revision: 1 });
  expect((before["routes"] as object[])[0]).not.toHaveProperty("dispatch");
  const { data: now } = await desk.call("get_plan", { plan_id });
  expect((now["routes"] as object[])[0]).toHaveProperty("dispatch");
});
