import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createApp } from "../../../../src/app.ts";
import { readConfig } from "../../../../src/config/config.ts";
import type { PlanRoute } from "../../../../src/domain/plan.ts";
import type { Store } from "../../../../src/state/open-store.ts";
import { dataTokenBudget, estimateDataTokens } from "../../../../src/tools/answer-size.ts";
import { callToolsOf } from "../../../support/call-tool.ts";
import type { TestClient } from "../../../support/clients.ts";
import { claimOf, writeOf } from "../../../support/dispatched-plan.ts";
import { largeDay, smallDay } from "../../../support/small-day.ts";

let store: Store;
let call: TestClient["call"];
beforeEach(async () => {
  const app = createApp(readConfig({ WAYBILL_STATE: ":memory:", WAYBILL_LOG_LEVEL: "silent" }));
  onTestFinished(() => app.close());
  store = await app.store();
  call = callToolsOf(app);
});

type Planned = {
  plan_id: string;
  routes: { license_plate: string; stops: { shipment_ids: unknown[] }[] }[];
  warnings: string[];
  already_dispatched?: { shipment_id: string; plan_id: string; license_plate: string }[];
  already_dispatched_omitted?: number;
};

async function plan(args: Record<string, unknown>): Promise<Planned> {
  return (await call("plan_load", args)).data as Planned;
}

const plannedIds = ({ routes }: Planned) =>
  routes.flatMap(({ stops }) => stops.flatMap(({ shipment_ids }) => shipment_ids.map(String)));

/** Dispatches a plan's first route (or claims it alone) in the ledger; gives its shipments as text. */
async function dispatchFirst(planId: string, { isClaimedOnly = false } = {}) {
  const kept = await store.plans.get(planId);
  const [route] = kept.routes as [PlanRoute];
  const claim = claimOf(kept, route);
  await store.dispatches.claim(claim);
  if (!isClaimedOnly) await writeOf(store, claim.externalJobId, async () => ({ jobId: "job-1" }));
  return { plate: route.licensePlate, ids: claim.shipmentIds.map(String) };
}

test.each([{ isClaimedOnly: false }, { isClaimedOnly: true }])(
  "what is on the road, or about to be, is left out and told, until it is released: %o",
  async (how) => {
    const first = await plan(smallDay);
    expect(first).not.toHaveProperty("already_dispatched");
    const { plate, ids } = await dispatchFirst(first.plan_id, how);
    const rest = ["1", "2", "3", "4", "5", "6"].filter((id) => !ids.includes(id));
    expect(rest).not.toEqual([]);

    const second = await plan(smallDay);
    expect(new Set(plannedIds(second))).toEqual(new Set(rest));
    expect(second.already_dispatched).toHaveLength(ids.length);
    expect(second.already_dispatched).toContainEqual({
      shipment_id: ids[0],
      plan_id: first.plan_id,
      license_plate: plate,
    });
    const [warning = ""] = second.warnings;
    for (const part of [`${ids.length} shipments`, first.plan_id, plate, "release_shipments"])
      expect(warning).toContain(part);

    if (how.isClaimedOnly) return;
    await store.dispatches.release(ids);
    expect(plannedIds(await plan(smallDay)).sort((a, b) => (a < b ? -1 : 1))).toHaveLength(6);
  },
);

test("a number that is out and its text are one shipment, in locks and windows as well", async () => {
  const { ids } = await dispatchFirst((await plan(smallDay)).plan_id);
  const [out = ""] = ids;
  const asText = {
    ...smallDay,
    shipments: smallDay.shipments.map((shipment) => ({ ...shipment, id: String(shipment.id) })),
    locks: [{ shipment_id: out, license_plate: "粤A12345", position: 1 }],
    time_windows: [{ shipment_id: Number(out), end_at: "2026-11-23T12:00:00+08:00" }],
  };
  expect(plannedIds(await plan(asText))).not.toContain(out);
});

test("a plan of which all is out is empty and says why", async () => {
  const { ids } = await dispatchFirst((await plan(smallDay)).plan_id);
  const second = await plan({ ...smallDay, shipment_ids: ids.map(Number) });
  expect(second.routes).toEqual([]);
  expect(second.warnings.join()).toContain("release_shipments");
});

test("thousands that are out are cut to the size of an answer, and told how many", async () => {
  const day = largeDay(1_200);
  const whole = await plan(day);
  const kept = await store.plans.get(whole.plan_id);
  for (const route of kept.routes) {
    const claim = claimOf(kept, route);
    await store.dispatches.claim(claim);
    await writeOf(store, claim.externalJobId, async () => ({ jobId: claim.externalJobId }));
  }
  const second = await plan(day);
  const shown = second.already_dispatched?.length ?? 0;
  expect(shown).toBeGreaterThan(0);
  const count = new Set(kept.routes.flatMap((route) => claimOf(kept, route).shipmentIds)).size;
  expect(shown + (second.already_dispatched_omitted ?? 0)).toBe(count);
  expect(estimateDataTokens(second)).toBeLessThanOrEqual(dataTokenBudget);
});

test("a route that was sent by hand with such stops is a warning that names its job, and leaves nothing out", async () => {
  const route = { externalJobId: "HAND-7", stops: [{ externalStopId: "depot" }, { externalStopId: "2+5" }] };
  await store.writes.once(
    { tool: "import_route", vendor: "routemate", arguments: { route }, naturalKey: "HAND-7" },
    { send: async () => ({ jobId: "job-7" }), settleHint: "get_route_job tells." },
  );
  const made = await plan(smallDay);
  expect(plannedIds(made)).toHaveLength(6);
  const warning = made.warnings.find((text) => text.includes("HAND-7"));
  for (const part of ["「2」", "「5」", "import_route"]) expect(warning).toContain(part);
  expect((await plan({ ...smallDay, exclude_shipment_ids: [2, 5] })).warnings.join()).not.toContain("HAND-7");
});

test("list_plans tells how far each plan is dispatched", async () => {
  const [first, second] = [await plan(smallDay), await plan({ ...smallDay, seed: 2 })];
  await dispatchFirst(first.plan_id);
  const { data, text } = await call("list_plans", {});
  expect(data["plans"]).toMatchObject([
    { plan_id: second.plan_id, routes_dispatched: 0 },
    { plan_id: first.plan_id, routes_dispatched: 1, vehicles_used: 2 },
  ]);
  expect(text).toContain("1 of 2 routes are dispatched");
});
