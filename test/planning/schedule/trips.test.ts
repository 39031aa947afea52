import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { endBySecond } from "../../support/drive-by-second.ts";
import {
  alongLine,
  routingProblem,
  type StopDraft,
  type VehicleDraft,
} from "../../support/routing-problem.ts";

const line = alongLine([0, 10, 25, 40]);

function schedule(stops: StopDraft[], vehicle: VehicleDraft, reloads: number[]) {
  const problem = routingProblem({ stops, vehicles: [vehicle], meters: [line], conflicts: [2, 1] });
  return scheduleRoute(problem, { vehicle: 0, stops: stops.map((_, stop) => stop), reloads });
}

describe("a route of two trips", () => {
  const stops = [1, 2].map((location) => ({ location, delivery: [3], service: 5 }));

  test("drives by where it loads again, counts the time as service, and carries one trip at a time", () => {
    const costs = { fixedCost: 100, costPerServiceSecond: 2 };
    const route = schedule(stops, { trips: 2, reloadTime: 20, capacity: [3], ...costs }, [1]);
    expect(route.violations).toEqual([]);
    expect(route).toMatchObject({
      arrivalSeconds: [10, 70],
      legDistanceMeters: [10, 25],
      reloads: [{ before: 1, legDistanceMeters: 10, arrivalSeconds: 25, startSeconds: 25, endSeconds: 45 }],
      distanceMeters: 70,
      serviceSeconds: 30,
      endSeconds: 100,
      startLoad: [3],
      loadAfter: [[0], [0]],
      maximumLoad: [3],
      cost: 100 + 70 + 2 * 30,
    });
    expect(route.reloads[0]?.startLoad).toEqual([3]);
  });

  test("loads again where its vehicle says, and unloads there what it has picked up", () => {
    const picked = [
      { location: 1, pickup: [3] },
      { location: 3, pickup: [2] },
    ];
    const route = schedule(picked, { trips: 2, reloadAt: 2, capacity: [3] }, [1]);
    expect(route).toMatchObject({ violations: [], distanceMeters: 80, loadAfter: [[3], [2]] });
    expect(schedule(picked, { trips: 2, capacity: [3] }, []).violations).toMatchObject([
      { limit: "capacity", over: 2 },
    ]);
  });

  test("needs a vehicle that may drive two, and a place to load at", () => {
    expect(schedule(stops, {}, [1]).violations).toEqual([{ limit: "max_trips", over: 1 }]);
    expect(schedule(stops, { trips: 2, start: -1 }, [1]).violations).toEqual([
      { limit: "max_trips", over: 1 },
    ]);
  });

  test("waits with its second trip alone for what is released late", () => {
    const late = [{ location: 1 }, { location: 1, release: 100 }];
    const route = schedule(late, { trips: 2, reloadTime: 10 }, [1]);
    expect(route.reloads).toMatchObject([{ arrivalSeconds: 90, startSeconds: 90, endSeconds: 100 }]);
    expect(route.departureSeconds).toBe(70);
    expect(route.endSeconds).toBe(120);
  });

  test("keeps classes apart that must not meet on one trip, and on one trip alone", () => {
    const classes = [
      { location: 1, classes: 1 },
      { location: 1, classes: 2 },
    ];
    expect(schedule(classes, { trips: 2 }, [1]).violations).toEqual([]);
    expect(schedule(classes, { trips: 2 }, []).violations).toEqual([{ limit: "conflict", over: 2 }]);
  });

  test("tells of a break whether it comes before loading, and holds it against what is on board then", () => {
    const pause = { windows: [[30, 30]] as [number, number][], durationSeconds: 7 };
    const after = schedule(stops, { trips: 2, breaks: [pause] }, [1]);
    expect(after).toMatchObject({ violations: [], breaks: [{ leg: 1, travelledSeconds: 5 }] });
    expect(after.breaks[0]?.isBeforeReload).toBeUndefined();
    const before = schedule(stops, { trips: 2, breaks: [{ ...pause, maximumLoad: [2] }] }, [1]);
    expect(before).toMatchObject({ violations: [], breaks: [{ leg: 1, isBeforeReload: true }] });
    const never = schedule(stops, { trips: 2, breaks: [{ ...pause, maximumLoad: [-1] }] }, [1]);
    expect(never.violations).toMatchObject([{ limit: "break" }]);
  });
});

const anyWindows = fc
  .tuple(fc.nat(40), fc.nat(60))
  .map(([start, length]): [number, number][] => [[start, start + length]]);
const anyStop: fc.Arbitrary<StopDraft> = fc.record(
  { location: fc.nat(3), service: fc.nat(4), setup: fc.nat(3), windows: anyWindows, release: fc.nat(30) },
  { requiredKeys: ["location"] },
);
const anyBreak = fc.record({ windows: anyWindows, durationSeconds: fc.nat(6) });

test("the end is the earliest and the departure the latest of all that a driver can do, second by second", () => {
  let met = 0;
  fc.assert(
    fc.property(
      fc.array(anyStop, { minLength: 2, maxLength: 4 }),
      fc.array(anyBreak, { maxLength: 1 }),
      fc.record({ reloadAt: fc.nat(3), reloadTime: fc.nat(5) }),
      fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
      (stops, breaks, vehicle, places) => {
        const reloads = places.filter((place) => place < stops.length).toSorted((a, b) => a - b);
        const meters = [alongLine([0, 2, 5, 7])];
        const problem = routingProblem({ stops, vehicles: [{ breaks, trips: 3, ...vehicle }], meters });
        const route = { vehicle: 0, stops: stops.map((_, stop) => stop), reloads };
        const told = scheduleRoute(problem, route);
        const first = stops.slice(0, reloads[0]).map(({ release = 0 }) => release);
        const leave = Math.max(0, ...first);
        const end = endBySecond(problem, route, { leave, until: 300 });
        expect(told.violations.length === 0).toBe(end < Infinity);
        if (end === Infinity) return;
        met++;
        expect(told.endSeconds).toBe(end);
        for (let later = told.departureSeconds + 1; later <= end; later++) {
          expect(endBySecond(problem, route, { leave: later, until: end })).toBe(Infinity);
        }
        expect(endBySecond(problem, route, { leave: told.departureSeconds, until: end })).toBe(end);
      },
    ),
    { numRuns: 200 },
  );
  expect(met).toBeGreaterThan(40);
});
