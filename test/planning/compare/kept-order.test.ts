import fc from "fast-check";
import { expect, test } from "vitest";
import { keptOrder } from "../../../src/planning/compare/kept-order.ts";

/** The length of the longest run that does not fall, by looking at every pair. */
function longestRun(positions: readonly number[]): number {
  const best: number[] = [];
  for (const [index, position] of positions.entries()) {
    const before = best.slice(0, index).filter((_, earlier) => positions[earlier]! <= position);
    best.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...best);
}

test("what keeps its order does not fall, and no larger part of the list could be kept", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 20 }), (positions) => {
      const kept = positions.filter((_, index) => keptOrder(positions).has(index));
      expect(kept).toEqual(kept.toSorted((a, b) => a - b));
      expect(kept).toHaveLength(longestRun(positions));
    }),
  );
});
