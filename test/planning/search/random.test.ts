import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../../../src/planning/search/random.ts";

function draw(seed: number, count: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.word());
}

test("the same seed gives the same numbers, neighbouring seeds quite others", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(draw(seed, 20)).toEqual(draw(seed, 20));
      const both = new Set([...draw(seed, 20), ...draw(seed + 1, 20)]);
      expect(both.size).toBeGreaterThan(35);
    }),
  );
});

test("numbers below a count are whole, in range, and about equally frequent", () => {
  const random = new Random(42);
  const seen = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) seen[random.below(7)]!++;
  expect(seen.reduce((a, b) => a + b)).toBe(70_000);
  for (const count of seen) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});
