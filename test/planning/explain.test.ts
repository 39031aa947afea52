import fc from "fast-check";
import { expect, test } from "vitest";
import { createExplainer } from "../../src/planning/explain.ts";
import type { Problem } from "../../src/planning/problem.ts";
import { type RouteLimit, scheduleRoute } from "../../src/planning/schedule.ts";
import { search } from "../../src/planning/search/search.ts";
import type { Solution, SolutionRoute } from "../../src/planning/solution.ts";
import { anyProblem } from "../support/any-problem.ts";
import { explainUnassigned } from "../support/explain-unassigned.ts";
import { alongLine, type ProblemDraft, routingProblem } from "../support/routing-problem.ts";

const meters = [alongLine([0, 10, 20, 30])];

function explain(draft: Omit<ProblemDraft, "meters">, routes: SolutionRoute[], stop: number) {
  const solution: Solution = { routes, unassigned: [stop], cost: 0, iterations: 0, stoppedBy: "iterations" };
  return explainUnassigned(routingProblem({ ...draft, meters }), solution, stop);
}

test("tells a stop that is larger than the vehicle, with the dimension and its numbers", () => {
  const draft = {
    dimensions: 2,
    stops: [{ location: 1, delivery: [3, 620] }],
    vehicles: [{ capacity: [9, 500] }],
  };
  expect(explain(draft, [], 0)).toEqual([
    {
      vehicle: 0,
      scope: "vehicle",
      limit: "capacity",
      over: 120,
      dimension: 1,
      need: 620,
      capacity: 500,
      free: 500,
    },
  ]);
});

test("tells a vehicle that is full, and what it has left", () => {
  const stops = [4, 4].map((load) => ({ location: 1, delivery: [load] }));
  expect(explain({ stops, vehicles: [{ capacity: [7] }] }, [{ vehicle: 0, stops: [0] }], 1)).toEqual([
    { vehicle: 0, scope: "route", limit: "capacity", over: 1, dimension: 0, need: 4, capacity: 7, free: 3 },
  ]);
});

test("tells apart a vehicle that may not, one that is too late, and one whose route is too long", () => {
  const draft: Omit<ProblemDraft, "meters"> = {
    stops: [
      { location: 3, windows: [[0, 35]], barred: [0] },
      { location: 1, service: 20 },
    ],
    vehicles: [{}, { shift: [10, 500] }, { maxDuration: 60 }],
  };
  expect(explain(draft, [{ vehicle: 2, stops: [1] }], 0)).toEqual([
    { vehicle: 0, scope: "vehicle", limit: "not_allowed", over: 1 },
    { vehicle: 1, scope: "vehicle", limit: "time_window", over: 5 },
    { vehicle: 2, scope: "route", limit: "max_duration", over: 20 },
  ]);
});

test("tells a locked position that the vehicle's stops do not reach", () => {
  const draft = { stops: [{ location: 1, position: 3 }, { location: 2 }], vehicles: [{}, {}] };
  expect(explain(draft, [{ vehicle: 0, stops: [1] }], 0)).toEqual([
    { vehicle: 0, scope: "route", limit: "position", over: 1 },
    { vehicle: 1, scope: "vehicle", limit: "position", over: 2 },
  ]);
});

test("names no obstacle where the stop would fit", () => {
  const draft = { stops: [{ location: 1 }, { location: 2 }], vehicles: [{}, {}] };
  expect(explain(draft, [{ vehicle: 0, stops: [1] }], 0)).toEqual([]);
});

test("tells who must not meet, who is missing, and what costs more than it is worth", () => {
  const draft: Omit<ProblemDraft, "meters"> = {
    stops: [
      { location: 1, classes: 1 },
      { location: 1, classes: 2 },
      { location: 1, together: 0 },
      { location: 2, together: 0 },
      { location: 3, penalty: 25 },
    ],
    vehicles: [{}, { fixedCost: 100 }],
    conflicts: [2, 0],
  };
  const routes = [{ vehicle: 0, stops: [0] }];
  expect(explain(draft, routes, 1)).toEqual([{ vehicle: 0, scope: "route", limit: "conflict", over: 2 }]);
  expect(explain(draft, routes, 2)).toEqual([
    { vehicle: 0, scope: "route", limit: "together", over: 1 },
    { vehicle: 1, scope: "vehicle", limit: "together", over: 1 },
  ]);
  expect(explain(draft, routes, 4)).toEqual([
    { vehicle: 0, scope: "route", limit: "penalty", over: 15 },
    { vehicle: 1, scope: "vehicle", limit: "penalty", over: 135 },
  ]);
});

test("has an obstacle for every vehicle of which each holds true", () => {
  fc.assert(
    fc.property(anyProblem, (problem) => {
      const solution = search(problem, { seed: 1, iterations: 100, now: () => 0 });
      const stopsOf = new Map(solution.routes.map(({ vehicle, stops }) => [vehicle, stops]));
      for (const stop of solution.unassigned) {
        const obstacles = explainUnassigned(problem, solution, stop);
        expect(obstacles.map(({ vehicle }) => vehicle)).toEqual(
          Array.from({ length: problem.vehicles.count }, (_, v) => v),
        );
        for (const { vehicle, limit, over, scope } of obstacles) {
          const stops = scope === "vehicle" ? [] : (stopsOf.get(vehicle) ?? []);
          const broken = stops
            .concat(-1)
            .map((_, position) =>
              scheduleRoute(problem, { vehicle, stops: stops.toSpliced(position, 0, stop) }),
            )
            .map(({ violations }) => violations);
          if (limit === "penalty") {
            expect(problem.stops.penalty?.[stop]).toBeLessThan(Infinity);
            continue;
          }
          expect(broken.every((violations) => violations.length > 0)).toBe(true);
          expect(broken.flat()).toContainEqual(expect.objectContaining({ limit, over }));
        }
      }
    }),
    { numRuns: 60 },
  );
});

const order: RouteLimit[] = [
  ...(["not_allowed", "conflict", "apart", "capacity", "max_stops", "max_travel", "max_distance"] as const),
  ...(["max_duration", "shift", "break", "time_window", "position", "together"] as const),
];

/** Of all positions, each timed in full: the limit that comes last in the order, and the least that it is broken by. */
function timeEveryPosition(problem: Problem, { vehicle, stops }: SolutionRoute, stop: number) {
  const firsts = [...stops, -1].map((_, position) => {
    const { violations } = scheduleRoute(problem, { vehicle, stops: stops.toSpliced(position, 0, stop) });
    return violations.toSorted((a, b) => order.indexOf(a.limit) - order.indexOf(b.limit))[0];
  });
  if (firsts.includes(undefined)) return undefined;
  const ranks = firsts.map((violation) => order.indexOf(violation!.limit));
  const limit = order[Math.max(...ranks)]!;
  const overs = firsts.flatMap((violation) => (violation!.limit === limit ? [violation!.over] : []));
  return { vehicle, limit, over: Math.min(...overs) };
}

/** The same problem without the rules that keep a look at a route from being exact, and with less to carry. */
function plainer(problem: Problem, isTimed: boolean): Problem {
  const { penalty: _p, classes: _c, apartGroup: _a, releaseSeconds: _r, ...stops } = problem.stops;
  const { breaks: _b, ...vehicles } = problem.vehicles;
  const none = new Int32Array(stops.count + 1);
  return {
    ...problem,
    stops: {
      ...stops,
      pickup: new Float64Array(stops.pickup.length),
      ...(isTimed ? {} : { windowOffset: none }),
    },
    vehicles: { ...vehicles, capacity: vehicles.capacity.map((most) => most * 4) },
  };
}

test("tells of each route what timing every position tells, and without time the same or nothing", () => {
  const told = new Set<RouteLimit>();
  fc.assert(
    fc.property(anyProblem, fc.boolean(), fc.boolean(), (rich, isPlain, isTimed) => {
      const { penalty: _, ...stops } = rich.stops;
      const problem = isPlain ? plainer(rich, isTimed) : { ...rich, stops };
      const solution = search(problem, { seed: 1, iterations: 60, now: () => 0 });
      const explain = createExplainer(problem, solution);
      const glance = createExplainer(problem, solution, () => false);
      for (const stop of solution.unassigned) {
        const { obstacles, unexamined } = explain(stop);
        expect(unexamined).toEqual([]);
        for (const { vehicle, scope, limit, over } of obstacles) {
          const route = solution.routes.find((driven) => driven.vehicle === vehicle);
          const driven = scope === "route" && route ? route : { vehicle, stops: [] };
          expect({ vehicle, limit, over }).toEqual(timeEveryPosition(problem, driven, stop));
          if (scope === "route") told.add(limit);
        }
        const glanced = glance(stop);
        const left = obstacles.filter(({ vehicle }) => !glanced.unexamined.includes(vehicle));
        expect(glanced.obstacles).toEqual(left);
      }
    }),
    { numRuns: 250 },
  );
  expect([...told]).toEqual(expect.arrayContaining(["max_duration", "shift", "time_window", "capacity"]));
});
