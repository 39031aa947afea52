import fc from "fast-check";
import { expect, test } from "vitest";
import { createExplainer } from "../../../src/planning/explain.ts";
import type { Problem } from "../../../src/planning/problem.ts";
import { type RouteLimit, scheduleRoute } from "../../../src/planning/schedule.ts";
import { search } from "../../../src/planning/search/search.ts";
import type { Solution, SolutionRoute } from "../../../src/planning/solution.ts";
import { anyProblemOfTrips } from "../../support/any-problem.ts";
import { explainUnassigned } from "../../support/explain-unassigned.ts";
import { alongLine, routingProblem, type VehicleDraft } from "../../support/routing-problem.ts";

const full: SolutionRoute = { vehicle: 0, stops: [0, 1], reloads: [1] };

function explain(vehicle: VehicleDraft, route = full) {
  const stops = [1, 1, 1].map((location) => ({ location, delivery: [2], service: 10 }));
  const vehicles = [{ capacity: [2], reloadTime: 30, ...vehicle }];
  const problem = routingProblem({ stops, vehicles, meters: [alongLine([0, 10])] });
  const solution: Solution = {
    routes: [route],
    unassigned: [2],
    cost: 0,
    iterations: 0,
    stoppedBy: "iterations",
  };
  return explainUnassigned(problem, solution, 2);
}

test("tells that one trip more would do, where that is true", () => {
  expect(explain({ trips: 2 })).toEqual([{ vehicle: 0, scope: "route", limit: "max_trips", over: 1 }]);
  expect(explain({ trips: 3 })).toEqual([]);
});

test("tells of the room where one trip more would take too long, and of the time where there is one", () => {
  const shift: [number, number] = [0, 120];
  expect(explain({ trips: 2, shift })).toMatchObject([{ limit: "capacity", over: 2, free: 0 }]);
  expect(explain({ trips: 3, shift })).toMatchObject([{ limit: "shift", over: 30 }]);
  expect(explain({ trips: 1 }, { vehicle: 0, stops: [0] })).toMatchObject([{ limit: "capacity" }]);
});

const order: RouteLimit[] = [
  ...(["not_allowed", "conflict", "apart", "capacity", "max_stops", "max_travel", "max_distance"] as const),
  ...(["max_duration", "shift", "break", "time_window", "position", "max_trips", "together"] as const),
];
const rank = (limit: RouteLimit): number => order.indexOf(limit);

/** The stop at every place of every trip, and on a trip of its own, each timed in full. */
function timeEveryTrip(problem: Problem, route: SolutionRoute, stop: number) {
  const { vehicle, stops, reloads = [] } = route;
  const bounds = [0, ...reloads, stops.length];
  const trips = bounds.slice(1).map((end, trip) => stops.slice(bounds[trip], end));
  const within = trips.flatMap((trip, index) =>
    [...trip, -1].map((_, place) => trips.with(index, trip.toSpliced(place, 0, stop))),
  );
  const { mostTrips, reloadLocation, startLocation } = problem.vehicles;
  const hasDepot = (reloadLocation ?? startLocation)[vehicle]! >= 0;
  const most = hasDepot ? mostTrips![vehicle]! : 1;
  const isLast = trips.length >= most;
  const mayTry = stops.length > 0 && most > 1;
  const own = mayTry ? [...trips, []].map((_, index) => trips.toSpliced(index, 0, [stop])) : [];
  const timed = [...within, ...own].map((driven, index) => {
    const ends = driven.map((_, trip) => driven.slice(0, trip).flat().length).slice(1);
    const { violations } = scheduleRoute(problem, { vehicle, stops: driven.flat(), reloads: ends });
    const [first] = violations.toSorted((a, b) => rank(a.limit) - rank(b.limit));
    return { first, isOwn: index >= within.length };
  });
  const counted = timed.filter(({ first, isOwn }) => !(isOwn && isLast && first?.limit !== "max_trips"));
  if (counted.some(({ first }) => !first)) return undefined;
  const [least] = counted
    .map(({ first }) => ({ vehicle, limit: first!.limit, over: first!.over }))
    .toSorted((a, b) => rank(b.limit) - rank(a.limit) || a.over - b.over);
  return least;
}

test("tells of each route what timing every place on every trip tells, and a trip more", () => {
  const told = new Map<RouteLimit, number>();
  fc.assert(
    fc.property(anyProblemOfTrips, (rich) => {
      const { penalty: _, ...stops } = rich.stops;
      const { maxStops, ...vehicles } = rich.vehicles;
      const problem = { ...rich, stops, vehicles: { ...vehicles, maxStops: maxStops.fill(99) } };
      const solution = search(problem, { seed: 1, iterations: 40, now: () => 0 });
      const explainStop = createExplainer(problem, solution);
      for (const stop of solution.unassigned) {
        for (const { vehicle, scope, limit, over } of explainStop(stop).obstacles) {
          const route = solution.routes.find((driven) => driven.vehicle === vehicle);
          const driven = scope === "route" && route ? route : { vehicle, stops: [] };
          expect({ vehicle, limit, over }).toEqual(timeEveryTrip(problem, driven, stop));
          told.set(limit, 1 + (told.get(limit) ?? 0));
        }
      }
    }),
    { numRuns: 120 },
  );
  expect(told.get("max_trips")).toBeGreaterThan(3);
});
