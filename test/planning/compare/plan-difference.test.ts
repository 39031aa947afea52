import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/domain/plan.ts";
import { planDifference } from "../../../src/planning/compare/plan-difference.ts";
import { at, handMadePlan } from "../../support/hand-made-plan.ts";
import { vehicle } from "../../support/plan-request.ts";

const movesOf = (before: Plan, after: Plan) =>
  planDifference(before, after).moves.map(({ shipmentId, kind }) => [shipmentId, kind]);

const day = handMadePlan([
  ["粤A1", [1, 2, 3, 4]],
  ["粤A2", [5, 6]],
]);

describe("who moved", () => {
  test("a plan is no different from itself", () => {
    expect(planDifference(day, structuredClone(day))).toMatchObject({
      moves: [],
      vehicles: [],
      windows: [],
      agreements: [],
    });
  });

  test("a shipment on another vehicle has both places, and those it pushes along have not moved", () => {
    const after = handMadePlan([
      ["粤A1", [1, 3, 4]],
      ["粤A2", [2, 5, 6]],
    ]);
    expect(planDifference(day, after).moves).toEqual([
      {
        shipmentId: 2,
        customerName: "客户2",
        kind: "moved",
        from: [{ licensePlate: "粤A1", stop: 2 }],
        to: [{ licensePlate: "粤A2", stop: 1 }],
      },
    ]);
  });

  test("of a new order as few as can be have moved", () => {
    const after = handMadePlan([
      ["粤A1", [2, 3, 4, 1]],
      ["粤A2", [5, 6]],
    ]);
    expect(movesOf(day, after)).toEqual([[1, "reordered"]]);
  });

  test("shipments of one stop that stand apart now have not changed their order", () => {
    const joined = handMadePlan([["粤A1", [{ ids: [1, 2] }, 3]]]);
    expect(movesOf(joined, handMadePlan([["粤A1", [2, 1, 3]]]))).toEqual([]);
  });

  test("left out, removed, served, added and gone are told apart, the gravest first", () => {
    const leftOut = (shipmentId: number, reason: "fleet_full" | "removed") => ({
      shipmentId,
      reason,
      message: `why ${shipmentId}`,
    });
    const before = handMadePlan([["粤A1", [1, 2, 3, 9]]], {
      unassigned: [leftOut(4, "fleet_full"), leftOut(5, "removed")],
      shipments: [1, 2, 3, 4, 5, 9],
    });
    const after = handMadePlan([["粤A1", [3, 4, 5, 6]]], {
      unassigned: [leftOut(1, "fleet_full"), leftOut(2, "removed")],
      shipments: [1, 2, 3, 4, 5, 6],
    });
    expect(movesOf(before, after)).toEqual([
      [1, "left_out"],
      [2, "removed"],
      [9, "gone"],
      [5, "added"],
      [6, "added"],
      [4, "served"],
    ]);
    const [first] = planDifference(before, after).moves;
    expect(first).toMatchObject({ to: [], reason: "fleet_full", message: "why 1" });
  });

  test("a shipment that is split has all its places", () => {
    const part = (plan: Plan) => {
      for (const { stops } of plan.routes) {
        for (const { items } of stops)
          for (const item of items) if (item.shipmentId === 1) item.quantity = "50";
      }
      return plan;
    };
    const after = part(
      handMadePlan([
        ["粤A1", [1, 2, 3, 4]],
        ["粤A2", [5, 6, 1]],
      ]),
    );
    expect(planDifference(day, after).moves).toMatchObject([
      { shipmentId: 1, kind: "split", to: [{ licensePlate: "粤A1" }, { licensePlate: "粤A2", stop: 3 }] },
    ]);
    expect(movesOf(after, day)).toEqual([[1, "split"]]);
  });
});

describe("figures", () => {
  test("of a vehicle that changed, before and after; of one that did not, none", () => {
    const after = handMadePlan([
      ["粤A1", [1, 2, 3]],
      ["粤A3", [4]],
      ["粤A2", [5, 6]],
    ]);
    expect(planDifference(day, after).vehicles).toEqual([
      {
        licensePlate: "粤A1",
        stops: { before: 4, after: 3 },
        distanceMeters: { before: 5000, after: 4000 },
        durationSeconds: { before: 3000, after: 2400 },
        finishAt: { before: at(50), after: at(40) },
        waitingSeconds: { before: 0, after: 0 },
        lateSeconds: { before: 0, after: 0 },
        loads: [
          {
            material: "坯布",
            quantity: { before: "400", after: "300" },
            capacity: { before: 500, after: 500 },
            fill: { before: 0.8, after: 0.6 },
          },
        ],
      },
      expect.objectContaining({ licensePlate: "粤A3", stops: { before: 0, after: 1 } }),
    ]);
  });

  test("of the whole plan: vehicles, distance, lateness, waiting and what was carried of what could be", () => {
    const after = handMadePlan([
      ["粤A1", [1, 2, { ids: [3], waitingSeconds: 300 }, { ids: [4, 5], lateSeconds: 90 }]],
    ]);
    expect(planDifference(day, after).figures).toMatchObject({
      before: { vehiclesUsed: 2, distanceMeters: 8000, lateSeconds: 0, finishAt: at(50) },
      after: {
        vehiclesUsed: 1,
        shipmentsAssigned: 5,
        distanceMeters: 5000,
        lateSeconds: 90,
        waitingSeconds: 300,
        loads: [{ material: "坯布", quantity: "500", capacity: 500, fill: 1 }],
      },
    });
  });

  test.each([
    [[1, 2, 3, 4, 5], "nearly_full"],
    [[1], "nearly_empty"],
    [[], "empty"],
    [[1, 2, 3, 4, 5, 6], "over"],
    [[1, 2, 3], undefined],
  ])("a load of %j after four is noticed as %s", (ids, notice) => {
    const after = handMadePlan(ids.length > 0 ? [["粤A1", ids]] : []);
    const [first] = planDifference(handMadePlan([["粤A1", [1, 2, 3, 4]]]), after).vehicles;
    expect(first?.loads[0]?.notice).toBe(notice);
  });

  test("a load that was nearly full before is no news", () => {
    const full = handMadePlan([["粤A1", [1, 2, 3, 4, 5]]]);
    const other = handMadePlan([["粤A1", [1, 2, 3, 4, 5]]]);
    other.routes[0]!.loads[0]!.quantity = "499";
    other.routes[0]!.loads[0]!.fill = 0.998;
    expect(planDifference(full, other).vehicles[0]?.loads[0]).not.toHaveProperty("notice");
  });
});

test("windows that lost their slack are told, the tightest first; those with time left are not", () => {
  const options = {
    timeWindows: [
      { shipmentId: 1, endAt: at(45) },
      { shipmentId: 2, endAt: at(60) },
      { shipmentId: 3, endAt: at(300) },
    ],
  };
  const before = handMadePlan([["粤A1", [1, 2, 3]]], { options });
  const late = handMadePlan(
    [
      [
        "粤A1",
        [
          { ids: [1], arriveAt: at(44) },
          { ids: [2], arriveAt: at(61) },
          { ids: [3], arriveAt: at(80) },
        ],
      ],
    ],
    { options },
  );
  expect(planDifference(before, late).windows).toMatchObject([
    { shipmentId: 2, endAt: at(60), slackSeconds: { before: 2400, after: -60 } },
    { shipmentId: 1, licensePlate: "粤A1", slackSeconds: { before: 35 * 60, after: 60 } },
  ]);
});

test("what was agreed is told: locks, windows, priorities and vehicles", () => {
  const after = handMadePlan(
    [
      ["粤A1", [1, 2, 3, 4]],
      ["粤A2", [5, 6]],
    ],
    {
      options: {
        locks: [{ shipmentId: 1, licensePlate: "粤A1", position: 1 }],
        timeWindows: [{ shipmentId: "2", endAt: at(30) }],
        priorities: [{ shipmentId: 3, priority: 80 }],
        withdrawn: ["粤A2"],
      },
      vehicles: [
        vehicle("粤A1", { 坯布: 400 }),
        vehicle("粤A2", { 坯布: 500 }),
        vehicle("粤A9", { 坯布: 7 }),
      ],
    },
  );
  expect(planDifference(day, after).agreements.map(({ words }) => words)).toEqual([
    "lock of 1: 粤A1, stop 1 (was none)",
    `window of 2: any time to ${at(30)} (was none)`,
    "priority of 3: 80 (was none)",
    "vehicle 粤A2 is out of service",
    "vehicle 粤A3 is not in the plan any more",
    "vehicle 粤A9 is new, for 坯布 7",
    "vehicle 粤A1: room for 坯布 400 (was 坯布 500)",
  ]);
});
