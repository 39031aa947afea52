import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fleetBound } from "../../../src/planning/packing/fleet-bound.ts";
import { Knapsack } from "../../../src/planning/packing/knapsack.ts";
import { buildPackingModel } from "../../../src/planning/packing/packing-model.ts";
import { safeBound } from "../../../src/planning/packing/safe-bound.ts";
import { anyPackingDraft, leastCost, type PackingDraft, packingProblem } from "../../support/any-packing.ts";

/** Costs of all fleets that have room for all loads together; no type has more vehicles than there are items. */
function costsOfFleets({ items, types }: PackingDraft): number[] {
  let fleets: number[][] = [[]];
  for (const { available } of types) {
    const most = Math.min(available, items.length);
    fleets = fleets.flatMap((counts) => Array.from({ length: most + 1 }, (_, count) => [...counts, count]));
  }
  const needed = types[0]!.capacity.map((_, d) => items.reduce((sum, load) => sum + load[d]!, 0));
  const enough = fleets.filter(
    (counts) =>
      counts.some((count) => count > 0) &&
      needed.every(
        (need, d) => counts.reduce((sum, count, type) => sum + count * types[type]!.capacity[d]!, 0) >= need,
      ),
  );
  return enough.map((counts) => counts.reduce((sum, count, type) => sum + count * types[type]!.cost, 0));
}

/** As many vehicles as items, the dearest ones: no packing needs more. */
function dearestCost({ items, types }: PackingDraft): number {
  const costs = types.flatMap(({ cost, available }) => new Array<number>(available).fill(cost));
  return costs
    .sort((a, b) => b - a)
    .slice(0, items.length)
    .reduce((sum, cost) => sum + cost, 0);
}

describe("the bound by capacity", () => {
  test("is the least cost of a fleet with room for all, at a cost asked for or more", () => {
    fc.assert(
      fc.property(anyPackingDraft, fc.nat(40), (draft, atLeast) => {
        fc.pre(draft.items.length > 0);
        const bound = fleetBound(buildPackingModel(packingProblem(draft)), atLeast);
        const least = Math.min(...costsOfFleets(draft).filter((cost) => cost >= atLeast));
        expect(bound).toBe(least <= dearestCost(draft) ? least : Number.POSITIVE_INFINITY);
      }),
      { numRuns: 500 },
    );
  });

  test("is never above the least cost", () => {
    fc.assert(
      fc.property(anyPackingDraft, (draft) => {
        expect(fleetBound(buildPackingModel(packingProblem(draft)))).toBeLessThanOrEqual(leastCost(draft));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the bound by prices", () => {
  const anyPrices = fc.array(fc.nat(4000), { minLength: 7, maxLength: 7 });

  test("is never above the least cost, whatever the prices and however early the knapsacks were stopped", () => {
    fc.assert(
      fc.property(anyPackingDraft, anyPrices, fc.constantFrom(0, 2, 1e6), (draft, drawn, nodes) => {
        const model = buildPackingModel(packingProblem(draft));
        fc.pre(model.misfits.length === 0);
        const one = 256;
        const value = Float64Array.from(model.classes, (_, index) => drawn[index]!);
        const limit = Float64Array.from(model.cost, (cost, type) => {
          return new Knapsack(model, type).solve(value, { above: cost * one, nodes }).limit;
        });
        const found = safeBound(model, { value, one }, limit);
        const least = leastCost(draft);
        expect(found.bound).toBeLessThanOrEqual(least);
        // What it says it was found with gives the same again.
        expect(safeBound(model, found.prices, found.limit).bound).toBeGreaterThanOrEqual(found.bound);
      }),
      { numRuns: 500 },
    );
  });
});
