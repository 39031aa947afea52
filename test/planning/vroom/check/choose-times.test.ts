import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chooseTimes,
  findImpossible,
  type TimedStep,
} from "../../../../src/planning/vroom/check/choose-times.ts";

const unlimited = Number.POSITIVE_INFINITY;
const visit = (more: Partial<TimedStep> = {}): TimedStep => ({
  travel: 0,
  action: 0,
  isBreak: false,
  windows: [],
  earliest: 0,
  latest: unlimited,
  ...more,
});

type Worth = [violation: number, span: number, begins: number];

/** How good times are: by how much windows are missed, how long it takes, how early tasks begin. */
function worthOf(steps: readonly TimedStep[], begin: readonly number[]): Worth {
  const missed = steps.map(({ windows }, index) => {
    const time = begin[index]!;
    const each = windows.map(([from, until]) => (time < from ? from - time : Math.max(0, time - until)));
    return each.length === 0 ? 0 : Math.min(...each);
  });
  const inner = begin.slice(1, -1);
  return [sum(missed), begin.at(-1)! - begin[0]!, sum(inner)];
}

/** Whether times are in order, leave room for every action and all travel, and stand between their bounds. */
function isPossible(steps: readonly TimedStep[], begin: readonly number[]): boolean {
  let free = 0;
  return steps.every(({ travel, isBreak, earliest, latest }, index) => {
    const time = begin[index]!;
    if (time < earliest || time > latest) return false;
    if (index === 0) return true;
    const gap = time - begin[index - 1]! - steps[index - 1]!.action;
    if (gap < 0) return false;
    free += gap;
    if (isBreak) return true;
    const isEnough = free >= travel;
    free = 0;
    return isEnough;
  });
}

/** The best of all whole times up to a horizon, tried one by one. */
function tryAll(steps: readonly TimedStep[], horizon: number): Worth | undefined {
  let best: Worth | undefined;
  const extend = (begin: number[]): void => {
    if (begin.length === steps.length) {
      if (!isPossible(steps, begin)) return;
      const worth = worthOf(steps, begin);
      if (!best || compare(worth, best) < 0) best = worth;
      return;
    }
    for (let time = begin.at(-1) ?? 0; time <= horizon; time++) extend([...begin, time]);
  };
  extend([]);
  return best;
}

function compare(a: Worth, b: Worth): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const latestEdge = 7;
const windows = fc
  .uniqueArray(fc.nat(latestEdge), { maxLength: 4 })
  .map((edges) => edges.toSorted((a, b) => a - b))
  .map((edges) =>
    edges.flatMap((edge, index): [number, number][] =>
      index % 2 === 0 && edges[index + 1] !== undefined ? [[edge, edges[index + 1]!]] : [],
    ),
  );
const anyStep = (isBreak: fc.Arbitrary<boolean>): fc.Arbitrary<TimedStep> =>
  fc
    .record({
      travel: fc.nat(3),
      action: fc.nat(2),
      isBreak,
      windows,
      earliest: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(latestEdge)),
      latest: fc.oneof({ weight: 4, arbitrary: fc.constant(unlimited) }, fc.nat(latestEdge)),
    })
    .map((step) => (step.isBreak ? { ...step, travel: 0 } : step));
const never = fc.constant(false);
const route = (most: number): fc.Arbitrary<TimedStep[]> =>
  fc
    .tuple(anyStep(never), fc.array(anyStep(fc.boolean()), { maxLength: most }), anyStep(never))
    .map(([first, inner, last]) => [{ ...first, travel: 0 }, ...inner, last]);

test("no other whole times violate less, take less or begin earlier", () => {
  fc.assert(
    fc.property(route(3), (steps) => {
      const horizon = latestEdge + sum(steps.map(({ travel, action }) => travel + action));
      const best = tryAll(steps, horizon);
      expect(findImpossible(steps) >= 0).toBe(best === undefined);
      if (!best) return;
      const { begin, travelled } = chooseTimes(steps);
      expect(isPossible(steps, begin)).toBe(true);
      expect(worthOf(steps, begin)).toEqual(best);
      expect(travelled.every((travel) => travel >= 0)).toBe(true);
      expect(sum(travelled)).toBe(sum(steps.map(({ travel }) => travel)));
    }),
    { numRuns: 400 },
  );
});

test("travel is done before its break as far as there is time", () => {
  fc.assert(
    fc.property(route(4), (steps) => {
      fc.pre(findImpossible(steps) < 0);
      const { begin, travelled } = chooseTimes(steps);
      const waits = steps.map((_, index) =>
        index === 0 ? 0 : begin[index]! - begin[index - 1]! - steps[index - 1]!.action - travelled[index]!,
      );
      steps.forEach(({ isBreak }, index) => {
        const next = steps.findIndex((step, place) => place > index && !step.isBreak);
        const isTravelLeft = travelled.slice(index + 1, next + 1).some((travel) => travel > 0);
        if (isBreak && isTravelLeft) expect(waits[index]).toBe(0);
      });
    }),
  );
});

describe("times in tens of thousands", () => {
  const day = 86_400;

  test("a route of a hundred tasks with two windows each and three breaks is chosen from", () => {
    const steps = Array.from({ length: 104 }, (_, index) => {
      const from = (index * 701) % day;
      return visit({
        travel: index === 0 || index % 30 === 10 ? 0 : 300 + ((index * 37) % 200),
        action: 120,
        isBreak: index % 30 === 10 && index > 0,
        windows: [
          [from, from + 1800],
          [from + 40_000, from + 43_600],
        ],
      });
    });
    const { begin } = chooseTimes(steps);
    expect(isPossible(steps, begin)).toBe(true);
    expect(begin).toEqual(chooseTimes(steps).begin);
  });
});
