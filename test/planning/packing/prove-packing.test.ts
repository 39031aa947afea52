import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { provePacking } from "../../../src/planning/packing/prove-packing.ts";
import {
  anyPackingDraft,
  faultsOfPacking,
  leastCost,
  type PackingDraft,
  packingProblem,
} from "../../support/any-packing.ts";

const still = { now: () => 0, timeLimitMilliseconds: Number.POSITIVE_INFINITY };

function prove(draft: PackingDraft, iterations = 200) {
  return provePacking(packingProblem(draft), { ...still, seed: 1, iterations });
}

describe("a packing without a solver of linear programs", () => {
  test("is sound, between the bound and nothing cheaper, and never said to be what it is not", () => {
    fc.assert(
      fc.property(anyPackingDraft, fc.nat(100), (draft, seed) => {
        const problem = packingProblem(draft);
        const proof = provePacking(problem, { ...still, seed, iterations: 100 });
        const least = leastCost(draft);
        expect(faultsOfPacking(problem, proof.packing)).toEqual([]);
        expect(proof.cost).toBe(proof.packing.cost);
        expect(proof.lowerBound).toBeLessThanOrEqual(least);
        if (proof.packing.leftOut === 0) expect(proof.cost).toBeGreaterThanOrEqual(least);
        if (proof.status === "optimal") expect(proof.cost).toBe(least);
        if (proof.status === "infeasible") expect(least).toBe(Number.POSITIVE_INFINITY);
        if (least === Number.POSITIVE_INFINITY) expect(["infeasible", "unsettled"]).toContain(proof.status);
      }),
      { numRuns: 300 },
    );
  });

  test("is the same at every run, and another from another seed", () => {
    const items = Array.from({ length: 60 }, (_, item) => [1 + ((item * 37) % 23), 1 + ((item * 53) % 29)]);
    const draft = {
      items,
      types: [
        { capacity: [50, 60], cost: 7, available: 60 },
        { capacity: [80, 70], cost: 9, available: 9 },
      ],
    };
    const run = (seed: number) =>
      provePacking(packingProblem(draft), { ...still, seed, iterations: 400 }).packing;
    expect(run(3)).toEqual(run(3));
    expect(run(3).vehicleOf).not.toEqual(run(4).vehicleOf);
  });

  test("of nothing is nothing, and optimal", () => {
    const proof = prove({ items: [], types: [{ capacity: [5], cost: 2, available: 3 }] });
    expect(proof).toMatchObject({ cost: 0, lowerBound: 0, status: "optimal", gapPercent: 0 });
  });

  test("without a vehicle leaves everything out, which is proven", () => {
    const proof = prove({ items: [[1], [0]], types: [{ capacity: [5], cost: 2, available: 0 }] });
    expect(proof).toMatchObject({ status: "infeasible", lowerBound: Number.POSITIVE_INFINITY });
    expect([...proof.misfits]).toEqual([0, 1]);
  });

  test("takes items of no size along, in one vehicle where nothing else needs one", () => {
    const proof = prove({ items: [[0], [0], [0]], types: [{ capacity: [0], cost: 2, available: 3 }] });
    expect(proof).toMatchObject({ cost: 2, status: "optimal" });
  });

  test("names the items that fit nowhere, and packs the others", () => {
    const proof = prove({ items: [[9], [2], [3]], types: [{ capacity: [5], cost: 2, available: 1 }] });
    expect(proof).toMatchObject({ status: "infeasible", cost: 2, packing: { leftOut: 1 } });
    expect([...proof.misfits]).toEqual([0]);
  });

  test("fills a limited fleet to the brim", () => {
    const items = [[6], [5], [4], [4], [3], [3], [3], [2]];
    const proof = prove({ items, types: [{ capacity: [10], cost: 5, available: 3 }] });
    expect(proof).toMatchObject({ cost: 15, status: "optimal", packing: { leftOut: 0 } });
  });

  test("wants a budget", () => {
    const problem = packingProblem({ items: [], types: [] });
    expect(() => provePacking(problem, { ...still, seed: 1 })).toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
  });

  test("ends when it is asked to, with the best so far", () => {
    const items = Array.from({ length: 200 }, (_, item) => [10 + ((item * 37) % 43)]);
    const draft = { items, types: [{ capacity: [100], cost: 1, available: 200 }] };
    const proof = provePacking(packingProblem(draft), {
      ...still,
      seed: 1,
      iterations: 1e9,
      shouldStop: () => true,
    });
    expect(proof.packing.leftOut).toBe(0);
  });
});
