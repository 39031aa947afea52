import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costOf } from "../../src/planning/cost-of.ts";
import type { Problem } from "../../src/planning/problem.ts";
import { scheduleRoute } from "../../src/planning/schedule.ts";
import { search } from "../../src/planning/search/search.ts";
import { createExchange } from "../../src/solver/exchange.ts";
import { searchTogether } from "../../src/solver/search-together.ts";
import { solveInWorker } from "../../src/solver/solve.ts";
import { anyProblem } from "../support/any-problem.ts";
import { findSolutionFaults } from "../support/check-solution.ts";
import { compareSolutions } from "../support/compare-solutions.ts";
import { acrossGrid, routingProblem } from "../support/routing-problem.ts";

function town(stopCount: number, fixedCost = 0): Problem {
  const places = Array.from({ length: stopCount }, (_, i): [number, number] => [
    (i * 37) % 61,
    (i * 53) % 67,
  ]);
  return routingProblem({
    stops: places.map((_, i) => ({ location: i + 1, delivery: [1 + (i % 4)] })),
    vehicles: Array.from({ length: stopCount }, () => ({ capacity: [14], fixedCost })),
    meters: [acrossGrid([[30, 33], ...places])],
  });
}

describe("chains that meet", () => {
  test.each([
    { what: "a plan that is divided", problem: town(460) },
    { what: "a fleet that is made smaller first", problem: town(90, 5000) },
  ])("come to the same byte for byte with any number of threads: $what", async ({ problem }) => {
    const solve = (threads: number) =>
      solveInWorker(problem, { seed: 4, iterations: 3000, chains: 3, threads });
    const alone = JSON.stringify(await solve(1));
    expect(JSON.stringify(await solve(2))).toBe(alone);
    expect(JSON.stringify(await solve(3))).toBe(alone);
    expect(JSON.parse(alone)).toMatchObject({ iterations: 9000, stoppedBy: "iterations", unassigned: [] });
  });

  test("break no rule of any problem, and put in what has a place", () => {
    fc.assert(
      fc.property(anyProblem, fc.integer(), (problem, seed) => {
        const team = { own: [0, 1], exchange: createExchange(problem, 2), beganAt: 0 };
        const solution = searchTogether(problem, { seed, iterations: 1500, now: () => 0 }, team)!;
        const schedules = solution.routes.map((route) => scheduleRoute(problem, route));
        expect(schedules.flatMap(({ violations }) => violations)).toEqual([]);
        expect(findSolutionFaults(problem, solution, schedules)).toEqual([]);
        expect(solution.cost).toBeCloseTo(costOf(problem, solution), 6);
      }),
      { numRuns: 40 },
    );
  });

  test("are never worse than the plan that they begin with, however short the time", async () => {
    const problem = town(150);
    const initial = search(problem, { seed: 9, iterations: 8000, now: () => 0 });
    for (const timeLimitSeconds of [0.001, 0.5]) {
      const options = { seed: 1, timeLimitSeconds, threads: 2, initial: initial.routes };
      const again = await solveInWorker(problem, options);
      expect(compareSolutions(problem, again, initial)).toBeLessThanOrEqual(0);
      expect(again.cost).toBe(costOf(problem, again));
    }
  });

  test("end with their threads when they are cancelled", async () => {
    const signal = AbortSignal.timeout(300);
    const searching = solveInWorker(town(400), { seed: 1, timeLimitSeconds: 600, threads: 2, signal });
    await expect(searching).rejects.toMatchObject({ code: "cancelled" });
  });
});
