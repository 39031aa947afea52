import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VehicleBreak } from "../../../src/planning/problem.ts";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { endBySecond } from "../../support/drive-by-second.ts";
import {
  alongLine,
  routingProblem,
  type StopDraft,
  type VehicleDraft,
} from "../../support/routing-problem.ts";

const line = alongLine([0, 10, 25, 40]);

function schedule(stops: StopDraft[], vehicle: VehicleDraft) {
  const problem = routingProblem({ stops, vehicles: [vehicle], meters: [line] });
  return scheduleRoute(problem, { vehicle: 0, stops: stops.map((_, stop) => stop) });
}

function pause(windows: [number, number][], durationSeconds: number): VehicleBreak {
  return { windows, durationSeconds };
}

describe("a route with a break", () => {
  test("interrupts a leg, counts the time, and pays nothing for it", () => {
    const costs = { costPerServiceSecond: 10, costPerTravelSecond: 2 };
    const route = schedule([{ location: 3 }], { breaks: [pause([[15, 20]], 30)], shift: [5, 500], ...costs });
    expect(route.violations).toEqual([]);
    expect(route.endSeconds).toBe(115);
    expect(route.departureSeconds).toBe(5);
    expect(route.durationSeconds).toBe(110);
    expect(route.breaks).toEqual([
      { index: 0, leg: 0, waitingSeconds: 0, startSeconds: 15, durationSeconds: 30, travelledSeconds: 10 },
    ]);
    expect(route.arrivalSeconds).toEqual([75]);
    expect(route.cost).toBe(80 + 2 * 80);
  });

  test("takes it while it would wait for a window anyway", () => {
    const stops: StopDraft[] = [
      { location: 1, windows: [[0, 20]] },
      { location: 2, windows: [[100, 120]] },
    ];
    const route = schedule(stops, { breaks: [pause([[30, 60]], 40)] });
    expect(route.endSeconds).toBe(125);
    expect(route.breaks).toMatchObject([
      { leg: 1, startSeconds: 30, travelledSeconds: 10, waitingSeconds: 0 },
    ]);
    expect(route.departureSeconds).toBe(10);
  });

  test("stays out until a late break is over, and tells a break that comes too late", () => {
    const late = schedule([{ location: 1 }], { breaks: [pause([[200, 210]], 5)] });
    expect(late.endSeconds).toBe(205);
    expect(late.violations).toEqual([]);
    const missed = schedule([{ location: 1 }], { breaks: [pause([[0, 10]], 5)], shift: [30, 500] });
    expect(missed.violations).toEqual([{ limit: "break", over: 20 }]);
  });

  test("takes it only where the load allows", () => {
    const stops = [3, 4].map((load, i) => ({ location: i + 1, delivery: [load] }));
    const only = { ...pause([[0, 500]], 5), maximumLoad: [4] };
    expect(schedule(stops, { breaks: [only] }).breaks.map(({ leg }) => leg)).not.toContain(0);
    expect(schedule(stops, { breaks: [{ ...only, windows: [[0, 3]] }] }).violations).toMatchObject([
      { limit: "break" },
    ]);
    expect(schedule(stops, { breaks: [{ ...only, maximumLoad: [-1] }] }).violations).toMatchObject([
      { limit: "break" },
    ]);
  });

  test("takes one that is only for who is out by neither leaving after it nor ending before it", () => {
    const noon = { ...pause([[100, 120]], 30), isOnlyWhenOut: true as const };
    const early = schedule([{ location: 1 }], { breaks: [noon] });
    expect(early).toMatchObject({ breaks: [], violations: [], endSeconds: 20 });
    const released = schedule([{ location: 1, release: 150 }], { breaks: [noon] });
    expect(released).toMatchObject({ breaks: [], violations: [], departureSeconds: 150, endSeconds: 170 });
    const out = schedule([{ location: 1, windows: [[105, 200]] }], { breaks: [noon] });
    expect(out).toMatchObject({ breaks: [{ startSeconds: 100 }], violations: [], endSeconds: 140 });
  });

  test("takes no break when it is not used", () => {
    expect(schedule([], { breaks: [pause([[0, 3]], 5)] })).toMatchObject({ breaks: [], durationSeconds: 0 });
  });
});

const anyWindows = fc
  .array(fc.tuple(fc.nat(12), fc.nat(12)), { minLength: 1, maxLength: 2 })
  .map((stretches) => {
    let clock = 0;
    return stretches.map(([wait, length]): [number, number] => {
      const start = clock + wait;
      clock = start + length + 1;
      return [start, start + length];
    });
  });
const anyStop: fc.Arbitrary<StopDraft> = fc.record(
  { location: fc.nat(3), service: fc.nat(4), setup: fc.nat(3), windows: anyWindows },
  { requiredKeys: ["location"] },
);
const anyBreak = fc.record(
  { windows: anyWindows, durationSeconds: fc.nat(6), isOnlyWhenOut: fc.constant(true as const) },
  { requiredKeys: ["windows", "durationSeconds"] },
);
/** By then every break is over. */
const lastBreakEnds = 60;

test("the end is the earliest and the departure the latest of all that a driver can do, second by second", () => {
  let met = 0;
  fc.assert(
    fc.property(
      fc.array(anyStop, { minLength: 1, maxLength: 4 }),
      fc.array(anyBreak, { maxLength: 2 }),
      fc.nat(5),
      (stops, breaks, start) => {
        const meters = [alongLine([0, 2, 5, 7])];
        const problem = routingProblem({ stops, vehicles: [{ breaks, shift: [start, Infinity] }], meters });
        const route = { vehicle: 0, stops: stops.map((_, stop) => stop) };
        const told = scheduleRoute(problem, route);
        const until = 120;
        // Who waits at home for a break to be over may be done sooner than who takes it.
        const leaves = Array.from({ length: lastBreakEnds - start }, (_, later) => start + later);
        const ends = leaves.map((leave) => endBySecond(problem, route, { leave, until }));
        const end = Math.min(...ends);
        expect(told.violations.length === 0).toBe(end < Infinity);
        if (end === Infinity) return;
        met++;
        expect(told.endSeconds).toBe(end);
        // With several windows a later departure may fail where a still later one does not: none may end as early.
        for (let leave = told.departureSeconds + 1; leave <= end; leave++) {
          expect(endBySecond(problem, route, { leave, until: end })).toBe(Infinity);
        }
        expect(endBySecond(problem, route, { leave: told.departureSeconds, until: end })).toBe(end);
      },
    ),
    { numRuns: 200 },
  );
  expect(met).toBeGreaterThan(40);
});
