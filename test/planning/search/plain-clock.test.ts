import fc from "fast-check";
import { expect, test } from "vitest";
import type { Problem } from "../../../src/planning/problem.ts";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { recreate } from "../../../src/planning/search/operators/recreate.ts";
import { ruin } from "../../../src/planning/search/operators/ruin.ts";
import type { Routes } from "../../../src/planning/search/routes.ts";
import { prepareSearch } from "../../../src/planning/search/search-parts.ts";
import { PlainClock } from "../../../src/planning/search/segments/plain-clock.ts";
import { StopBudget } from "../../../src/planning/search/stop-budget.ts";
import {
  acrossGrid,
  routingProblem,
  type StopDraft,
  type VehicleDraft,
} from "../../support/routing-problem.ts";

const anyStop: fc.Arbitrary<StopDraft> = fc.record({
  location: fc.nat(8),
  delivery: fc.tuple(fc.nat(5)),
  service: fc.nat(40),
  windows: fc
    .tuple(fc.nat(500), fc.nat(400))
    .map(([start, length]) => [[start, start + length]] as [number, number][]),
});
const anyVehicle: fc.Arbitrary<VehicleDraft> = fc.record({
  capacity: fc.tuple(fc.integer({ min: 8, max: 40 })),
  shift: fc.tuple(fc.nat(60), fc.integer({ min: 500, max: 1500 })),
  maxDuration: fc.constantFrom(400, 700, Number.POSITIVE_INFINITY),
  costPerMeter: fc.integer({ min: 1, max: 2 }),
});

/** One window a stop, no set-up, and durations that count by a limit or by the objective. */
const anyPlainProblem: fc.Arbitrary<Problem> = fc
  .record({
    stops: fc.array(anyStop, { minLength: 2, maxLength: 14 }),
    vehicles: fc.array(anyVehicle, { minLength: 1, maxLength: 5 }),
    objective: fc.constantFrom("cost" as const, "balanced" as const, "earliest_finish" as const),
    places: fc.array(fc.tuple(fc.nat(14), fc.nat(14)), { minLength: 9, maxLength: 9 }),
  })
  .map(({ places, ...draft }) => routingProblem({ ...draft, meters: [acrossGrid(places)] }));

test("what a plain clock keeps is what it works out anew, after insertions and after undoing them", () => {
  let met = 0;
  fc.assert(
    fc.property(anyPlainProblem, fc.array(fc.nat(13), { minLength: 1 }), (problem, seeds) => {
      const parts = prepare(problem);
      const { routes } = parts;
      for (const [round, seed] of seeds.entries()) {
        const before = keptOf(routes);
        routes.begin();
        ruin(parts, seed % problem.stops.count);
        recreate(parts, seed % problem.stops.count);
        const kept = keptOf(routes);
        for (let route = 0; route < routes.opened; route++) routes.refresh(route);
        expect(kept).toEqual(keptOf(routes));
        if (round % 2 === 0) parts.absence.keepTrial();
        else {
          routes.undo();
          expect(keptOf(routes)).toEqual(before);
        }
        met += routes.used;
      }
    }),
    { numRuns: 200 },
  );
  expect(met).toBeGreaterThan(200);
});

test("what a plain clock says of an insertion is what a schedule made from nothing says", () => {
  let met = 0;
  fc.assert(
    fc.property(anyPlainProblem, fc.nat(13), (problem, seed) => {
      const parts = prepare(problem);
      const { routes } = parts;
      const clock = plainClockOf(routes);
      routes.begin();
      ruin(parts, seed % problem.stops.count);
      for (const stop of parts.removed.stops.subarray(0, parts.removed.count)) {
        for (const { route, vehicle, nodes } of readRoutes(routes)) {
          for (let place = 0; place < nodes.length; place++) {
            const stops = nodes.slice(1).toSpliced(place, 0, stop);
            const schedule = scheduleRoute(problem, { vehicle, stops });
            const isInTime = schedule.violations.every(({ limit }) => limit === "capacity");
            expect(clock.canInsert(stop, nodes[place]!)).toBe(isInTime);
            if (!isInTime || routes.scoring.isCost) continue;
            const span = clock.spanWith(stop, nodes[place]!);
            const { shiftStart } = routes.model.types;
            const end = schedule.endSeconds - shiftStart[routes.type[route]!]!;
            expect(span).toBe(problem.objective === "balanced" ? schedule.durationSeconds : end);
            met++;
          }
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(met).toBeGreaterThan(200);
});

function prepare(problem: Problem) {
  const budget = new StopBudget({ seed: 7, iterations: 1, now: () => 0 }, Number.POSITIVE_INFINITY);
  const parts = prepareSearch(problem, { seed: 7 }, budget);
  if (!parts) throw new Error("the search was cancelled");
  return parts;
}

function plainClockOf({ clock }: Routes): PlainClock {
  if (!(clock instanceof PlainClock)) throw new Error("the problem is not plain");
  return clock;
}

/** Each route in use: its own node and its stops in order. */
function readRoutes({ model, next, size, type, opened }: Routes) {
  const used = Array.from({ length: opened }, (_, route) => route).filter((route) => size[route]! > 0);
  return used.map((route) => {
    const nodes = [model.stopCount + route];
    for (let node = next[nodes[0]!]!; node < model.stopCount; node = next[node]!) nodes.push(node);
    return { route, vehicle: model.types.members[type[route]!]![0]!, nodes };
  });
}

function keptOf(routes: Routes) {
  const clock = plainClockOf(routes);
  return readRoutes(routes).map(({ route, nodes }) => ({
    nodes,
    departure: nodes.map((node) => clock.departure[node]),
    latestArrival: nodes.map((node) => clock.latestArrival[node]),
    end: clock.end[route],
    duration: clock.duration[route],
    span: clock.spanOf(route),
    holds: clock.holds(route),
  }));
}
