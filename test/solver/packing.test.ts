import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { provePacking } from "../../src/planning/packing/prove-packing.ts";
import { vehicleBound } from "../../src/planning/packing/vehicle-bound.ts";
import { Random } from "../../src/planning/search/random.ts";
import { loadLinearSolver } from "../../src/solver/linear-solver.ts";
import { packInWorker } from "../../src/solver/pack.ts";
import { anyPackingDraft, faultsOfPacking, leastCost, packingProblem } from "../support/any-packing.ts";
import { alongLine, routingProblem } from "../support/routing-problem.ts";

const openLinearProgram = await loadLinearSolver();
const still = { now: () => 0, timeLimitMilliseconds: Number.POSITIVE_INFINITY, openLinearProgram };

/** Many items of many sizes: no bound meets what is found in a second. */
function many(count: number) {
  const random = new Random(7);
  const amounts = (): number[] => Array.from({ length: 5 }, () => 5 + random.below(90));
  return packingProblem({
    items: Array.from({ length: count }, amounts),
    types: [
      { capacity: [197, 250, 225, 231, 209], cost: 96, available: count },
      { capacity: [362, 386, 357, 349, 401], cost: 183, available: count },
    ],
  });
}

describe("a packing with a solver of linear programs", () => {
  test("of a small problem is always settled, as trying everything settles it", () => {
    fc.assert(
      fc.property(anyPackingDraft, fc.nat(100), fc.constantFrom(0, 50), (draft, seed, iterations) => {
        const problem = packingProblem(draft);
        const proof = provePacking(problem, { ...still, seed, iterations });
        const least = leastCost(draft);
        expect(faultsOfPacking(problem, proof.packing)).toEqual([]);
        expect(proof.lowerBound).toBe(least);
        expect(proof.status).toBe(least === Number.POSITIVE_INFINITY ? "infeasible" : "optimal");
        if (proof.status === "optimal") expect(proof.cost).toBe(least);
      }),
      { numRuns: 400 },
    );
  });

  test("that stops early claims no more than it knows", () => {
    fc.assert(
      fc.property(anyPackingDraft, fc.nat(60), (draft, patience) => {
        let looks = 0;
        const shouldStop = (): boolean => looks++ > patience;
        const problem = packingProblem(draft);
        const proof = provePacking(problem, { ...still, seed: 1, iterations: 20, shouldStop });
        const least = leastCost(draft);
        expect(faultsOfPacking(problem, proof.packing)).toEqual([]);
        expect(proof.lowerBound).toBeLessThanOrEqual(least);
        if (proof.status === "optimal") expect(proof.cost).toBe(least);
        if (proof.status === "infeasible") expect(least).toBe(Number.POSITIVE_INFINITY);
      }),
      { numRuns: 300 },
    );
  });

  test("proves that items which fit the fleet by capacity do not fit it whole", () => {
    const items = [[6], [6], [6], [2]];
    const proof = provePacking(
      packingProblem({ items, types: [{ capacity: [10], cost: 4, available: 2 }] }),
      {
        ...still,
        seed: 1,
        iterations: 50,
      },
    );
    expect(proof).toMatchObject({
      status: "infeasible",
      lowerBound: Number.POSITIVE_INFINITY,
      packing: { leftOut: 1 },
    });
  });

  test("bounds by what a vehicle can hold, not by capacity alone", () => {
    const items = Array.from({ length: 30 }, () => [51]);
    const proof = provePacking(
      packingProblem({ items, types: [{ capacity: [100], cost: 3, available: 40 }] }),
      {
        ...still,
        seed: 1,
        iterations: 50,
      },
    );
    expect(proof).toMatchObject({ status: "optimal", cost: 90, lowerBound: 90, gapPercent: 0 });
  });
});

describe("a linear program", () => {
  const limits = { milliseconds: 10_000, shouldStop: () => false };

  test("gives its optimum and duals, again when columns come to it", () => {
    const program = openLinearProgram({
      lower: Float64Array.of(4, 6),
      upper: Float64Array.of(Infinity, Infinity),
    });
    program.addColumns({ cost: [3, 5], starts: [0, 1, 2], rows: [0, 1], values: [1, 1] });
    expect(program.solve(limits)).toMatchObject({ objective: 42, rowDuals: Float64Array.of(3, 5) });
    program.addColumns({ cost: [6], starts: [0, 2], rows: [0, 1], values: [1, 1] });
    expect(program.solve(limits)?.objective).toBe(34);
    program.require(1, 5);
    expect(program.solve(limits)?.objective).toBe(40);
    program.close();
  });

  test("has no solution where there is none, or where it is stopped", () => {
    const program = openLinearProgram({ lower: Float64Array.of(4), upper: Float64Array.of(Infinity) });
    program.addColumns({ cost: [3], starts: [0, 1], rows: [0], values: [-1] });
    expect(program.solve(limits)).toBeUndefined();
    program.close();
  });
});

describe("a packing in a thread", () => {
  test("is what it is here", async () => {
    const problem = many(14);
    const there = await packInWorker(problem, { seed: 5, iterations: 300, timeLimitSeconds: 600 });
    const here = provePacking(problem, { ...still, seed: 5, iterations: 300 });
    expect(there).toEqual(here);
    expect(there.status).toBe("optimal");
  });

  test("tells how far it is", async () => {
    const seen: { cost: number; lowerBound: number }[] = [];
    const controller = new AbortController();
    const packing = packInWorker(many(150), {
      seed: 1,
      timeLimitSeconds: 600,
      signal: controller.signal,
      onProgress: (progress) => {
        seen.push(progress);
        if (seen.length === 3) controller.abort();
      },
    });
    await expect(packing).rejects.toMatchObject({ code: "cancelled" });
    const costs = seen.map(({ cost }) => cost);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    expect(seen.every(({ cost, lowerBound }) => lowerBound <= cost)).toBe(true);
  });

  test.each([0, 50, 700, 1500])(
    "ends with its thread when it is cancelled after %i ms",
    async (milliseconds) => {
      const packing = packInWorker(many(400), {
        seed: 1,
        timeLimitSeconds: 600,
        signal: AbortSignal.timeout(milliseconds),
      });
      await expect(packing).rejects.toMatchObject({ code: "cancelled" });
    },
  );

  test("refuses what is no problem", async () => {
    const problem = packingProblem({ items: [[-1]], types: [{ capacity: [5], cost: 1, available: 1 }] });
    await expect(packInWorker(problem, { seed: 1, timeLimitSeconds: 1 })).rejects.toMatchObject({
      code: "invalid_input",
      details: { fields: ["items.load[0]"] },
    });
  });
});

test("the bound on vehicles is sharper with the configuration bound, however soon time is over", () => {
  const problem = routingProblem({
    stops: Array.from({ length: 9 }, () => ({ location: 1, delivery: [51] })),
    vehicles: Array.from({ length: 12 }, () => ({ capacity: [100], fixedCost: 7 })),
    meters: [alongLine([0, 1])],
  });
  const stops = Array.from({ length: 9 }, (_, stop) => stop);
  expect(vehicleBound(problem, stops)).toEqual({ vehicles: 5, fixedCost: 35 });
  expect(vehicleBound(problem, stops, still)).toEqual({ vehicles: 9, fixedCost: 63 });
  for (let looks = 0; looks < 60; looks += 3) {
    let looked = 0;
    const effort = { openLinearProgram, timeLimitMilliseconds: looks, now: () => looked++ };
    const { vehicles, fixedCost } = vehicleBound(problem, stops, effort);
    expect(vehicles).toBeGreaterThanOrEqual(5);
    expect(vehicles).toBeLessThanOrEqual(9);
    expect(fixedCost).toBeLessThanOrEqual(63);
  }
});
