import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Block,
  countCoordinates,
  countPairs,
  cutToSize,
  planBlocks,
} from "../../../src/providers/matrix/blocks.ts";

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

const sorted = (texts: string[]) => texts.toSorted((a, b) => (a < b ? -1 : 1));

/** Written out, "from > to", without those from a place to itself. */
function pairsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(({ sources, destinations }) =>
    sources.flatMap((from) => destinations.filter((to) => to !== from).map((to) => `${from} > ${to}`)),
  );
}

const everyPair = (count: number) => sorted(pairsOf([{ sources: range(count), destinations: range(count) }]));

describe("blocks", () => {
  test("hold every pair of places exactly once, within the size of a request", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 2, max: 30 }), (count, most) => {
        const blocks = planBlocks(range(count), most);
        expect(sorted(pairsOf(blocks))).toEqual(everyPair(count));
        expect(blocks.filter((block) => countCoordinates(block) > most || countPairs(block) === 0)).toEqual(
          [],
        );
      }),
    );
  });

  test("still do after a service has turned out to take less", () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 4, max: 30 })),
        fc.integer({ min: 2, max: 4 }),
        ([count, most], less) => {
          const blocks = planBlocks(range(count), most).flatMap((block) => cutToSize(block, less));
          expect(sorted(pairsOf(blocks))).toEqual(everyPair(count));
          expect(Math.max(...blocks.map(countCoordinates))).toBeLessThanOrEqual(less);
        },
      ),
    );
  });

  test("are few: one to a hundred places, and hardly more than the pairs need", () => {
    expect(planBlocks(range(100), 100)).toHaveLength(1);
    expect(planBlocks(range(1000), 100)).toHaveLength(10 + 90 * 4);
  });
});
