import { expect, test } from "vitest";
import type { Plan } from "../../../src/domain/plan.ts";
import { planReport } from "../../../src/tools/planning/plan-report.ts";
import { keepPlan, sendRoute } from "../../support/sent-plan.ts";
import { openTrackingDesk, type TrackingDesk } from "../tracking/tracking-desk.ts";

const day = 24 * 3600;
const jobs = "GET /v1/integration-jobs";

type Report = {
  total: Record<string, number>;
  routes: Record<string, unknown>[];
  drivers: Record<string, unknown>[];
  stops: Record<string, unknown>[];
  stops_omitted?: number;
  news: Record<string, unknown>;
};

async function reportOf(desk: TrackingDesk, args: Record<string, unknown>) {
  const { data, text } = await desk.call("plan_report", args);
  return { ...(data as unknown as Report), text };
}

/** A plan whose first route is out; with the stops that are to fail, and the rest delivered. */
async function sentPlan(desk: TrackingDesk, failing: string[] = []): Promise<Plan> {
  const plan = await keepPlan(desk.app);
  const [route] = plan.routes;
  for (const { shipmentIds } of route?.stops ?? []) {
    const externalStopId = shipmentIds.join("+");
    const status = failing.includes(externalStopId) ? "failed" : "completed";
    desk.sandbox.orderStopEnd({ externalStopId, status });
  }
  await sendRoute(desk.app, plan, { licensePlate: route?.licensePlate ?? "" });
  return plan;
}

const firstStop = (plan: Plan) => String(plan.routes[0]?.stops[0]?.shipmentIds[0]);

test("a plan that is not out is reported as such, and nobody is asked", async () => {
  const desk = await openTrackingDesk();
  const plan = await keepPlan(desk.app);
  const { total, routes, news, text } = await reportOf(desk, { plan_id: plan.planId });
  expect(total).toMatchObject({ stops: 6, not_dispatched: 6, delivered: 0 });
  expect(new Set(routes.map(({ progress }) => progress))).toEqual(new Set(["not_dispatched"]));
  expect(news["state"]).toBe("nothing_sent");
  expect(text).toContain("dispatch_plan");
  expect(desk.asked(jobs)).toBe(0);
});

test("a failure is told with the vendor's words, the rest with its time, and the events are kept", async () => {
  const desk = await openTrackingDesk();
  const plan = await keepPlan(desk.app);
  const failing = firstStop(plan);
  desk.sandbox.orderStopEnd({ externalStopId: failing, status: "failed" });
  for (const { shipmentIds } of plan.routes.flatMap(({ stops }) => stops).slice(1)) {
    desk.sandbox.orderStopEnd({ externalStopId: shipmentIds.join("+"), status: "completed" });
  }
  for (const { licensePlate } of plan.routes) await sendRoute(desk.app, plan, { licensePlate });
  desk.sandbox.advance(day);
  const { total, routes, drivers, stops, news, text } = await reportOf(desk, { plan_id: plan.planId });
  expect(total).toMatchObject({ stops: 6, delivered: 5, failed: 1, open: 0, not_dispatched: 0 });
  expect(new Set(routes.map(({ progress }) => progress))).toEqual(new Set(["finished"]));
  expect(drivers).toMatchObject([{ driver_email: "driver@example.com", stops: 6, delivered: 5, failed: 1 }]);
  expect(stops).toMatchObject([
    { state: "failed", shipment_ids: [Number(failing)], vendor_says: { status: "failed" } },
  ]);
  expect(news["state"]).toBe("asked_now");
  expect(text).toMatch(/5 of 6 stops delivered, 1 failed/);
  expect(text).toMatch(/FAILED .* the vendor says 「failed」/);
  const { items } = await desk.store.events.list({ kind: "stop.failed", limit: 10 });
  expect(items).toHaveLength(1);
  const asked = desk.asked(jobs);
  expect((await reportOf(desk, { plan_id: plan.planId })).news["state"]).toBe("all_final");
  expect(desk.asked(jobs)).toBe(asked);
});

test("the driver's order is told where it is not the plan's, with the stops of a named route", async () => {
  const desk = await openTrackingDesk();
  // So long on the one way and short on the other that the vendor turns it round.
  const plan = await keepPlan(desk.app, {
    locks: [{ shipment_id: 6, position: 1, license_plate: "粤A12345" }],
  });
  const route = plan.routes.find(({ licensePlate }) => licensePlate === "粤A12345");
  await sendRoute(desk.app, plan, { licensePlate: "粤A12345" });
  const job = desk.sandbox.jobs[0];
  const customers =
    job?.stops.map(({ external_stop_id: id }) => id).filter((id) => !id.startsWith("depot")) ?? [];
  const { stops, total } = await reportOf(desk, { plan_id: plan.planId, license_plate: "粤A12345" });
  expect(stops).toHaveLength(route?.stops.length ?? 0);
  const drivenOrder = stops
    .toSorted((a, b) => place(a) - place(b))
    .map(({ shipment_ids: ids }) => String(ids));
  expect(drivenOrder).toEqual(customers);
  const planned = stops.map(({ shipment_ids: ids }) => String(ids));
  expect(total["moved"]).toBe(planned.filter((id, index) => customers[index] !== id).length);
  expect(total["moved"]).toBeGreaterThan(0);
});

const place = (stop: Record<string, unknown>) => Number(stop["driven_sequence"] ?? stop["sequence"]);

test("a vendor that is down does not stop the report, which says how old the news is", async () => {
  const desk = await openTrackingDesk();
  const plan = await sentPlan(desk);
  desk.addFault({ vendor: "routemate", endpoint: jobs, kind: "html", count: 20 });
  const { total, news, text } = await reportOf(desk, { plan_id: plan.planId });
  expect(total["open"]).toBeGreaterThan(0);
  expect(news).toMatchObject({ state: "not_asked", newest_received_at: null });
  expect(text).toContain("this is old");
});

test("reports one after the other ask once within the feed's limits", async () => {
  const desk = await openTrackingDesk();
  const plan = await sentPlan(desk);
  await reportOf(desk, { plan_id: plan.planId });
  const { news } = await reportOf(desk, { plan_id: plan.planId });
  expect(news["state"]).toBe("asked_lately");
  expect(desk.asked(jobs)).toBe(1);
});

test("without RouteMate the report tells what is kept", async () => {
  const desk = await openTrackingDesk();
  const plan = await sentPlan(desk);
  const { routemate: _, ...config } = desk.app.config;
  const app = { ...desk.app, config };
  const { data } = await planReport.run({ plan_id: plan.planId }, app, {
    signal: new AbortController().signal,
    reportProgress: () => {},
  });
  expect(data["news"]).toMatchObject({ state: "not_asked" });
});

test("unknown plans and plates are refused by name", async () => {
  const desk = await openTrackingDesk();
  const plan = await keepPlan(desk.app);
  expect((await desk.fail("plan_report", { plan_id: "plan-none" })).code).toBe("not_found");
  const failure = await desk.fail("plan_report", { plan_id: plan.planId, license_plate: "粤Z" });
  expect(failure).toMatchObject({ code: "not_found", details: { fields: ["license_plate"] } });
});
