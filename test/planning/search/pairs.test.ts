import fc from "fast-check";
import { expect, test } from "vitest";
import { costOf } from "../../../src/planning/cost-of.ts";
import type { Problem } from "../../../src/planning/problem.ts";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { type SearchOptions, search } from "../../../src/planning/search/search.ts";
import type { Solution } from "../../../src/planning/solution.ts";
import { anyPairedProblem, anySmallPairedProblem } from "../../support/any-problem.ts";
import { findSolutionFaults } from "../../support/check-solution.ts";
import { compareSolutions } from "../../support/compare-solutions.ts";
import { bestOfEveryPlan } from "../../support/every-plan.ts";
import { pickupTown } from "../../support/pickup-town.ts";

function solve(problem: Problem, options: Partial<SearchOptions> = {}): Solution {
  return search(problem, { seed: 1, iterations: 300, now: () => 0, ...options });
}

/** The stops that only ride together, each once: the pickup with its delivery, or one alone. */
function unitsOf({ stops: { count, pickupOf } }: Problem): number[][] {
  const all = Array.from({ length: count }, (_, stop) => stop);
  return all
    .filter((stop) => (pickupOf?.[stop] ?? -1) < 0)
    .map((stop) => [stop, ...all.filter((other) => pickupOf?.[other] === stop)]);
}

test("any solution holds every rule, pairs among them", () => {
  let pairs = 0;
  fc.assert(
    fc.property(anyPairedProblem, fc.integer(), (problem, seed) => {
      const solution = solve(problem, { seed });
      const schedules = solution.routes.map((route) => scheduleRoute(problem, route));
      expect(schedules.flatMap((schedule) => schedule.violations)).toEqual([]);
      expect(findSolutionFaults(problem, solution, schedules)).toEqual([]);
      const visited = solution.routes.flatMap((route) => route.stops);
      pairs += visited.filter((stop) => (problem.stops.pickupOf?.[stop] ?? -1) >= 0).length;
    }),
    { numRuns: 150 },
  );
  expect(pairs).toBeGreaterThan(30);
});

test("no pair is left out that an idle vehicle could carry alone", () => {
  fc.assert(
    fc.property(anyPairedProblem, (problem) => {
      const { routes, unassigned } = solve(problem, { iterations: 50 });
      const used = new Set(routes.map((route) => route.vehicle));
      for (const unit of unitsOf(problem)) {
        if (!unassigned.includes(unit[0]!)) continue;
        for (let vehicle = 0; vehicle < problem.vehicles.count; vehicle++) {
          if (used.has(vehicle)) continue;
          const alone = scheduleRoute(problem, { vehicle, stops: unit });
          const penalty = problem.stops.penalty?.[unit[0]!] ?? Number.POSITIVE_INFINITY;
          const isWorthIt = problem.objective === "cost" ? alone.cost < penalty : penalty > 0;
          expect(alone.violations.length === 0 && isWorthIt).toBe(false);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test("the same seed and iterations give the same answer", () => {
  fc.assert(
    fc.property(anyPairedProblem, fc.integer(), (problem, seed) => {
      expect(solve(problem, { seed })).toEqual(solve(problem, { seed }));
    }),
    { numRuns: 60 },
  );
});

test("up to eight stops get the best plan there is", () => {
  fc.assert(
    fc.property(anySmallPairedProblem, (draft) => {
      const problem: Problem = { ...draft, objective: "cost" };
      const found = solve(problem, { iterations: 500 });
      expect(compareSolutions(problem, found, bestOfEveryPlan(problem))).toBe(0);
    }),
    { numRuns: 80 },
  );
});

test("a warm start never worsens the plan that it begins with", () => {
  fc.assert(
    fc.property(anyPairedProblem, fc.nat(3), fc.nat(60), (problem, dropped, iterations) => {
      const all = solve(problem, { iterations: 400, seed: 5 });
      const routes = all.routes.filter((_, index) => index !== dropped);
      const visited = routes.flatMap((route) => route.stops);
      const unassigned = [...problem.stops.location.keys()].filter((stop) => !visited.includes(stop));
      const earlier = { ...all, routes, unassigned, cost: costOf(problem, { routes, unassigned }) };
      const again = solve(problem, { initial: routes, iterations: iterations + 1 });
      expect(compareSolutions(problem, again, earlier)).toBeLessThanOrEqual(1e-6);
    }),
    { numRuns: 100 },
  );
});

test.each([
  { isClustered: false, seed: 1 },
  { isClustered: true, seed: 2 },
])(
  "a search comes near to what twenty times as many rounds find, %j",
  (town) => {
    const problem = pickupTown({ ...town, pairs: 30 });
    const [short, long] = [1500, 30_000].map((iterations) => solve(problem, { iterations }));
    expect([short!.unassigned, long!.unassigned]).toEqual([[], []]);
    expect(short!.cost).toBeLessThan(1.05 * long!.cost);
  },
  90_000,
);
