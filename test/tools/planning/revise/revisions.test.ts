import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { estimateTokens } from "../../../../src/tools/answer-size.ts";
import { openPlanningWorld, type PlanningWorld } from "../../../support/planning-world.ts";
import { type RevisedPlan, revisedPlan, reviseLineDay } from "../../../support/revised-plan.ts";
import { largeDay } from "../../../support/small-day.ts";

let world: PlanningWorld;
let plan: RevisedPlan;
beforeEach(async () => {
  world = await openPlanningWorld();
  plan = await reviseLineDay(world);
});
afterEach(() => world.close());

const moveTo = (shipment_id: number, license_plate: string) => ({ op: "move", shipment_id, license_plate });
const onBase = async (changes: object[]) => ({
  plan_id: plan.planId,
  revision: await plan.revision(),
  changes,
});

describe("two who change one revision", () => {
  test("one wins, and the other learns the newest revision and what changed since", async () => {
    const [one, other] = [await onBase([moveTo(9, "粤A22222")]), await onBase([moveTo(4, "粤A33333")])];
    const results = await Promise.all([one, other].map((args) => world.call("revise_plan", args)));
    const [won, lost] = results.toSorted((a, b) => Number(a.isError) - Number(b.isError));
    expect([won?.isError, lost?.isError]).toEqual([false, true]);
    expect(lost?.data).toMatchObject({ error: { code: "conflict", fields: ["revision"] } });
    expect(lost?.text).toContain(`revision ${one.revision + 1}`);
    expect(lost?.text).toMatch(/Since then: 1 moved \(Moved: [49] /);
    expect(await plan.revision()).toBe(one.revision + 1);
  });

  test("the same change twice at once is made once, and both are told of it", async () => {
    const args = await onBase([moveTo(9, "粤A22222")]);
    const results = await Promise.all([args, args].map((own) => world.done("revise_plan", own)));
    expect(results.map(({ revision }) => revision)).toEqual([args.revision + 1, args.revision + 1]);
    expect(results.filter(({ repeated }) => repeated === true)).toHaveLength(1);
    expect(await plan.revision()).toBe(args.revision + 1);
  });

  test("eight different changes of one revision make one new revision", async () => {
    const calls = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map((id) => onBase([{ op: "set_priority", shipment_id: id, priority: id }])),
    );
    const results = await Promise.all(calls.map((args) => world.call("revise_plan", args)));
    expect(results.filter(({ isError }) => !isError)).toHaveLength(1);
    expect(await plan.revision()).toBe(calls[0]!.revision + 1);
  });
});

describe("a call that is made again", () => {
  test("is told the revision that it made, even when others changed the plan since", async () => {
    const args = await onBase([moveTo(9, "粤A22222")]);
    const first = await world.done("revise_plan", args);
    await plan.revise([moveTo(4, "粤A33333")]);
    const again = await world.call("revise_plan", args);
    expect(again.data).toMatchObject({
      revision: first["revision"],
      repeated: true,
      newest_revision: args.revision + 2,
      difference: first["difference"] as object,
    });
    expect(again.text).toContain(`revision ${args.revision + 2} by now`);
    expect(await plan.revision()).toBe(args.revision + 2);
  });

  test("with another change on the same base is a conflict, and a revision that is not there yet not found", async () => {
    const args = await onBase([moveTo(9, "粤A22222")]);
    await world.done("revise_plan", args);
    const stale = await world.refused("revise_plan", { ...args, changes: [moveTo(8, "粤A22222")] });
    expect(stale).toMatchObject({ code: "conflict", fields: ["revision"] });
    expect(stale.hint).toContain(String(args.revision + 1));
    const ahead = await world.refused("revise_plan", { ...args, revision: args.revision + 9 });
    expect(ahead).toMatchObject({ code: "not_found", fields: ["revision"] });
  });
});

test("a cancelled search keeps no revision", async () => {
  const before = await plan.revision();
  const controller = new AbortController();
  const call = world.call(
    "revise_plan",
    { plan_id: plan.planId, revision: before, reoptimize: "all", time_limit_seconds: 30 },
    controller.signal,
  );
  setTimeout(() => controller.abort(), 50);
  expect((await call).isError).toBe(true);
  expect(await plan.revision()).toBe(before);
});

describe("what is out", () => {
  const claim = async (license_plate: string) => {
    const { routes } = await world.store.plans.get(plan.planId);
    const route = routes.find(({ licensePlate }) => licensePlate === license_plate)!;
    return world.store.dispatches.claim({
      planId: plan.planId,
      revision: await plan.revision(),
      licensePlate: license_plate,
      externalJobId: `${plan.planId}-${license_plate}`,
      driverEmail: "driver@example.com",
      shipmentIds: [...new Set(route.stops.flatMap(({ shipmentIds }) => shipmentIds))],
    });
  };

  test.each([
    ["its shipment", moveTo(1, "粤A33333")],
    ["another one to it", moveTo(9, "粤A11111")],
    ["its order", { op: "reorder", license_plate: "粤A11111", shipment_ids: [4, 3, 2, 1] }],
    ["its vehicle", { op: "set_vehicle", license_plate: "粤A11111", out_of_service: true }],
    ["its window", { op: "set_window", shipment_id: 2, end_at: "2026-11-23T20:00:00+08:00" }],
    ["a swap with it", { op: "swap", shipment_id: 9, with_shipment_id: 3 }],
  ])("is frozen: %s is not changed, and it is said where it is", async (_, change) => {
    await claim("粤A11111");
    const error = await plan.refused([change]);
    expect(error).toMatchObject({ code: "conflict", fields: ["changes[0]"] });
    expect(error.message).toContain(`${plan.planId}-粤A11111`);
  });

  test("stays as it is in every search, while the rest is changed", async () => {
    await plan.revise([{ op: "reorder", license_plate: "粤A11111", shipment_ids: [3, 1, 4, 2] }]);
    await claim("粤A11111");
    const frozen = (await world.store.plans.get(plan.planId)).routes[0];
    await plan.revise([moveTo(9, "粤A22222")]);
    await plan.revise([], { reoptimize: "all", time_limit_seconds: 20 });
    expect((await world.store.plans.get(plan.planId)).routes).toContainEqual(frozen);
  });

  test("leaves nothing to search where every route is out", async () => {
    const { routes, unassigned } = await world.store.plans.get(plan.planId);
    expect(unassigned).toEqual([]);
    for (const { licensePlate } of routes) await claim(licensePlate);
    const before = await plan.revision();
    for (const reoptimize of ["routes", "all"]) {
      const error = await plan.refused([], { reoptimize });
      expect(error).toMatchObject({ code: "conflict", fields: ["reoptimize"] });
    }
    expect(await plan.revision()).toBe(before);
  });

  test("under another plan is not added or moved here, but may be taken out", async () => {
    const other = await reviseLineDay(world);
    await claim("粤A11111");
    const error = await world.refused("revise_plan", {
      plan_id: other.planId,
      revision: await other.revision(),
      changes: [moveTo(1, "粤A33333")],
    });
    expect(error).toMatchObject({ code: "conflict" });
    expect(error.message).toContain(plan.planId);
    await other.revise([{ op: "remove", shipment_id: 1 }]);
    expect((await other.routes())["粤A11111"]).toEqual([2, 3, 4]);
  });
});

test("a search over 500 stops is told within an answer's size", async () => {
  const { plan_id } = await world.done("plan_load", largeDay(500));
  const large = revisedPlan(world, String(plan_id));
  const { data, text, isError } = await world.call("revise_plan", {
    plan_id,
    revision: await large.revision(),
    changes: [{ op: "remove", shipment_ids: Array.from({ length: 60 }, (_, index) => index + 1) }],
    reoptimize: "all",
    time_limit_seconds: 2,
  });
  expect(isError, text).toBe(false);
  expect(estimateTokens(text) + estimateTokens(JSON.stringify(data))).toBeLessThanOrEqual(10_000);
});
