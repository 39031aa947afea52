import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { estimateTokens } from "../../../src/tools/answer-size.ts";
import { handMadePlan } from "../../support/hand-made-plan.ts";
import { openPlanningWorld, type PlanningWorld } from "../../support/planning-world.ts";

let world: PlanningWorld;
beforeAll(async () => {
  world = await openPlanningWorld();
});
afterAll(() => world.close());

/** Keeps a plan as it is and gives its identifier. */
async function keep(...plan: Parameters<typeof handMadePlan>): Promise<string> {
  return (await world.store.plans.save(handMadePlan(...plan))).planId;
}

describe("compare_plans", () => {
  test("sets figures side by side, says who is best in what, and who moves", async () => {
    const wide = await keep([
      ["粤A1", [1, 2, 3]],
      ["粤A2", [4, 5]],
    ]);
    const tight = await keep([["粤A1", [1, 2, 3, 4, { ids: [5], lateSeconds: 120 }]]]);
    const { data, text } = await world.call("compare_plans", {
      plans: [{ plan_id: wide }, { plan_id: tight }],
    });
    expect(data).toMatchObject({
      plans: [
        { plan_id: wide, vehicles_used: 2, distance_meters: 7000, late_seconds: 0 },
        {
          plan_id: tight,
          vehicles_used: 1,
          distance_meters: 6000,
          late_seconds: 120,
          loads: [{ material: "坯布", quantity: "500", capacity: 500, fill: 1 }],
        },
      ],
      same_shipments: true,
      different_settings: [],
      best: [
        { figure: "vehicles_used", plans: [2] },
        { figure: "distance_meters", plans: [2] },
        { figure: "duration_seconds", plans: [2] },
        { figure: "finish_at", plans: [1] },
        { figure: "late_seconds", plans: [1] },
      ],
      differences: [{ from_plan: 1, to_plan: 2, counts: { moved: 2 } }],
    });
    expect(text).toContain("Moved: 4 「客户4」, 粤A2 stop 1 -> 粤A1 stop 4");
    expect(text).toContain("fewest vehicles: 2");
  });

  test("takes a plan's bare identifier, a revision as text, and an older revision", async () => {
    const planId = await keep([["粤A1", [1, 2]]]);
    await world.store.plans.revise({ planId, expectedRevision: 1, plan: handMadePlan([["粤A2", [1, 2]]]) });
    const data = await world.done("compare_plans", { plans: [{ plan_id: planId, revision: "1" }, planId] });
    expect(data["plans"]).toMatchObject([{ revision: 1 }, { revision: 2 }]);
  });

  test("says of plans over different shipments that none is better, and counts what each has alone", async () => {
    const plans = [await keep([["粤A1", [1, 2]]]), await keep([["粤A1", [2, 3, 4]]])];
    const { data, text } = await world.call("compare_plans", { plans });
    expect(data).toMatchObject({
      same_shipments: false,
      best: [],
      plans: [{ shipments_not_in_all: 1 }, { shipments_not_in_all: 2 }],
    });
    expect(text).toMatch(/Not over the same shipments/);
  });

  test("says that less distance may be what is left out, and which settings differ", async () => {
    const leftOut = [{ shipmentId: 2, reason: "fleet_full" as const, message: "no room" }];
    const plans = [
      await keep([["粤A1", [1, 2]]]),
      await keep([["粤A1", [1]]], {
        unassigned: leftOut,
        shipments: [1, 2],
        options: { serviceMinutes: 5, returnToDepot: false },
      }),
    ];
    const { data, text } = await world.call("compare_plans", { plans });
    expect(data).toMatchObject({ different_settings: ["return_to_depot", "service_minutes"] });
    expect(text).toMatch(/do not serve equally many/);
    expect(text).toContain("Left out now: 2 「客户2」, was 粤A1 stop 2: no room");
  });

  test.each([
    ["one plan alone", (id: string) => [{ plan_id: id }], "invalid_input", "plans"],
    [
      "a plan twice",
      (id: string) => [{ plan_id: id }, { plan_id: id, revision: 1 }],
      "invalid_input",
      "plans[1]",
    ],
    [
      "a plan that is not there",
      (id: string) => [{ plan_id: id }, { plan_id: "no-plan" }],
      "not_found",
      "plans[1].plan_id",
    ],
    [
      "a revision that is not there",
      (id: string) => [{ plan_id: id, revision: 9 }, id],
      "not_found",
      "plans[0].revision",
    ],
    [
      "an unknown field",
      (id: string) => [{ plan_id: id, version: 9 }, id],
      "invalid_input",
      "plans[0].version",
    ],
  ])("refuses %s, naming the field", async (_, plansOf, code, field) => {
    const planId = await keep([["粤A1", [1, 2]]]);
    const error = await world.refused("compare_plans", { plans: plansOf(planId) });
    expect(error).toMatchObject({ code, fields: [field] });
  });

  test("keeps five large plans that have nothing in common within an answer's size", async () => {
    const plans = await Promise.all(
      [0, 1, 2, 3, 4].map((shift) => {
        const ids = (vehicle: number) =>
          Array.from({ length: 60 }, (_, index) => ((vehicle * 60 + index * 7 + shift * 131) % 600) + shift);
        return keep(
          ["粤A1", "粤A2", "粤A3"]
            .map((plate, vehicle) => [plate, ids(vehicle)] as const)
            .map(([plate, own]) => [plate, own]),
        );
      }),
    );
    const { isError, data, text } = await world.call("compare_plans", { plans });
    expect(isError, text).toBe(false);
    expect(estimateTokens(text) + estimateTokens(JSON.stringify(data))).toBeLessThanOrEqual(10_000);
    const differences = data["differences"] as { moves: unknown[]; moves_omitted?: number }[];
    expect(differences.every(({ moves_omitted }) => (moves_omitted ?? 0) > 0)).toBe(true);
  });
});
