import fc from "fast-check";
import { expect, test } from "vitest";
import { explainUnassigned } from "../../src/planning/explain.ts";
import { scheduleRoute } from "../../src/planning/schedule.ts";
import { search } from "../../src/planning/search/search.ts";
import type { Solution, SolutionRoute } from "../../src/planning/solution.ts";
import { anyProblem } from "../support/any-problem.ts";
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
          expect(broken.every((violations) => violations.length > 0)).toBe(true);
          expect(broken.flat()).toContainEqual(expect.objectContaining({ limit, over }));
        }
      }
    }),
    { numRuns: 60 },
  );
});
