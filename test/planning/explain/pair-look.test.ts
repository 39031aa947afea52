import fc from "fast-check";
import { expect, test } from "vitest";
import { createExplainer } from "../../../src/planning/explain.ts";
import type { Problem } from "../../../src/planning/problem.ts";
import { type RouteLimit, scheduleRoute } from "../../../src/planning/schedule.ts";
import { search } from "../../../src/planning/search/search.ts";
import type { Solution, SolutionRoute } from "../../../src/planning/solution.ts";
import { anyPairedProblem } from "../../support/any-problem.ts";
import { explainUnassigned } from "../../support/explain-unassigned.ts";
import { alongLine, type ProblemDraft, routingProblem } from "../../support/routing-problem.ts";

function explain(draft: Omit<ProblemDraft, "meters">, routes: SolutionRoute[], stop: number) {
  const problem = routingProblem({ ...draft, meters: [alongLine([0, 10, 20, 30])] });
  const unassigned = [...problem.stops.location.keys()].filter(
    (each) => !routes.some((r) => r.stops.includes(each)),
  );
  const solution: Solution = { routes, unassigned, cost: 0, iterations: 0, stoppedBy: "iterations" };
  return explainUnassigned(problem, solution, stop);
}

const pair = [
  { location: 1, pickup: [5] },
  { location: 3, delivery: [5], pickupOf: 0 },
];

test("tells a pair that no vehicle has room for, and of both its stops the same", () => {
  const draft = { stops: pair, vehicles: [{ capacity: [4] }] };
  const obstacle = {
    vehicle: 0,
    scope: "vehicle",
    limit: "capacity",
    over: 1,
    dimension: 0,
    need: 5,
    capacity: 4,
    free: 4,
  };
  expect(explain(draft, [], 0)).toEqual([obstacle]);
  expect(explain(draft, [], 1)).toEqual([obstacle]);
});

test("tells what is free between the two stops at best, not on the whole route", () => {
  const stops = [...pair, { location: 2, delivery: [4] }, { location: 3, pickup: [7] }];
  const routes = [{ vehicle: 0, stops: [2, 3] }];
  // 4 on board until the third stop, nothing on the leg behind it, then 7.
  expect(explain({ stops, vehicles: [{ capacity: [7] }] }, routes, 0)).toEqual([]);
  const late = stops.map((stop, index) =>
    index === 0 ? { ...stop, windows: [[0, 15] as [number, number]] } : stop,
  );
  expect(explain({ stops: late, vehicles: [{ capacity: [7] }] }, routes, 1)).toMatchObject([
    { limit: "time_window", scope: "route" },
  ]);
  expect(explain({ stops, vehicles: [{ capacity: [4] }] }, [{ vehicle: 0, stops: [2] }], 0)).toMatchObject([
    { limit: "capacity", scope: "vehicle", over: 1 },
  ]);
});

test("tells a delivery that comes too late wherever the two stops are", () => {
  const [pickup, delivery] = pair;
  const stops = [pickup!, { ...delivery!, windows: [[0, 25] as [number, number]] }];
  expect(explain({ stops, vehicles: [{}, { start: 2 }] }, [], 0)).toEqual([
    { vehicle: 0, scope: "vehicle", limit: "time_window", over: 5 },
    { vehicle: 1, scope: "vehicle", limit: "time_window", over: 5 },
  ]);
});

test("tells a vehicle that may serve one of the two stops only", () => {
  const [pickup, delivery] = pair;
  const stops = [pickup!, { ...delivery!, barred: [0] }];
  expect(explain({ stops, vehicles: [{}] }, [], 0)).toEqual([
    { vehicle: 0, scope: "vehicle", limit: "not_allowed", over: 1 },
  ]);
});

const order: RouteLimit[] = [
  ...(["not_allowed", "conflict", "apart", "capacity", "max_stops", "max_travel", "max_distance"] as const),
  ...(["max_duration", "shift", "break", "time_window", "position", "pair", "together"] as const),
];

/** Of all two positions, each timed in full: the limit that comes last in the order, and the least over. */
function timeEveryPlace(
  problem: Problem,
  { vehicle, stops }: SolutionRoute,
  [pickup, delivery]: [number, number],
) {
  const places = [...stops, -1].flatMap((_, first) =>
    [...stops.slice(first), -1].map((_, more) =>
      stops.toSpliced(first + more, 0, delivery).toSpliced(first, 0, pickup),
    ),
  );
  const firsts = places.map((driven) => {
    const { violations } = scheduleRoute(problem, { vehicle, stops: driven });
    return violations.toSorted((a, b) => order.indexOf(a.limit) - order.indexOf(b.limit))[0];
  });
  if (firsts.includes(undefined)) return undefined;
  const limit = order[Math.max(...firsts.map((violation) => order.indexOf(violation!.limit)))]!;
  const overs = firsts.flatMap((violation) => (violation!.limit === limit ? [violation!.over] : []));
  return { vehicle, limit, over: Math.min(...overs) };
}

test("tells of each vehicle what timing both stops at every two positions tells", () => {
  let told = 0;
  fc.assert(
    fc.property(anyPairedProblem, (rich) => {
      const { penalty: _p, ...stops } = rich.stops;
      const { mostTrips: _t, ...vehicles } = rich.vehicles;
      const problem = { ...rich, stops, vehicles };
      const solution = search(problem, { seed: 1, iterations: 60, now: () => 0 });
      const explain = createExplainer(problem, solution);
      for (const delivery of solution.unassigned) {
        const pickup = stops.pickupOf?.[delivery] ?? -1;
        if (pickup < 0) continue;
        const { obstacles } = explain(delivery);
        expect(explain(pickup).obstacles).toEqual(obstacles);
        expect(obstacles.map(({ vehicle }) => vehicle)).toEqual([...problem.vehicles.profile.keys()]);
        for (const { vehicle, scope, limit, over } of obstacles) {
          const route = solution.routes.find((driven) => driven.vehicle === vehicle);
          const driven = scope === "route" && route ? route : { vehicle, stops: [] };
          expect({ vehicle, limit, over }).toEqual(timeEveryPlace(problem, driven, [pickup, delivery]));
          told++;
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(told).toBeGreaterThan(100);
});
