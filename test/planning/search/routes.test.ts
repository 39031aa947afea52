import fc from "fast-check";
import { expect, test } from "vitest";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { buildModel } from "../../../src/planning/search/model.ts";
import { recreate } from "../../../src/planning/search/operators/recreate.ts";
import { ruin } from "../../../src/planning/search/operators/ruin.ts";
import type { Routes } from "../../../src/planning/search/routes.ts";
import { prepareSearch } from "../../../src/planning/search/search-parts.ts";
import { StopBudget } from "../../../src/planning/search/stop-budget.ts";
import type { SolutionRoute } from "../../../src/planning/solution.ts";
import {
  anyPairedProblem,
  anyPairedProblemOfTrips,
  anyProblem,
  anyProblemOfTrips,
} from "../../support/any-problem.ts";

/** Everything that two states in the same plan must have in common. */
function picture(routes: Routes) {
  const { routeOf, tripOf, tripSize, size, type, meters, seconds, stay, score, free, total, used } = routes;
  // Where a stop on no route would lead says nothing.
  const [next, previous] = [routes.next, routes.previous].map((nodes) =>
    nodes.map((node, of) => (routeOf[of] === -1 ? -1 : node)),
  );
  const arrays = {
    next,
    previous,
    routeOf,
    tripOf,
    tripSize,
    size,
    type,
    meters,
    seconds,
    stay,
    score,
    free,
  };
  const copies = Object.entries(arrays).map(([name, values]) => [name, [...(values ?? [])]]);
  return { ...Object.fromEntries(copies), total, used };
}

function start(problem: Parameters<typeof prepareSearch>[0], seed: number) {
  const budget = new StopBudget({ seed, iterations: 1, now: () => 0 }, Number.POSITIVE_INFINITY);
  const parts = prepareSearch(problem, { seed }, budget);
  if (!parts) throw new Error("the search was cancelled");
  return parts;
}

/** The routes as they stand, each with some vehicle of its type. */
function readRoutes({ model, next, size, type }: Routes): SolutionRoute[] {
  return Array.from({ length: model.routeCount }, (_, route) => {
    const stops: number[] = [];
    const reloads: number[] = [];
    const home = model.stopCount + route;
    for (let node = next[home]!; node !== home; node = next[node]!) {
      if (node < model.customerCount) stops.push(node);
      else reloads.push(stops.length);
    }
    return { vehicle: size[route] === 0 ? -1 : model.types.members[type[route]!]![0]!, stops, reloads };
  });
}

function costOfRoutes(problem: Parameters<typeof scheduleRoute>[0], routes: Routes): number {
  const used = readRoutes(routes).filter(({ stops }) => stops.length > 0);
  return used.reduce((sum, route) => sum + scheduleRoute(problem, route).cost, 0);
}

const withStops = fc
  .oneof(anyProblem, anyPairedProblem, anyProblemOfTrips, anyPairedProblemOfTrips)
  .filter(({ stops, vehicles }) => stops.count > 0 && vehicles.count > 0);

test("undoing a round brings back exactly what was before it", () => {
  fc.assert(
    fc.property(withStops, fc.array(fc.nat(13), { minLength: 1 }), (problem, seeds) => {
      const parts = start(problem, 7);
      for (const seed of seeds) {
        const before = picture(parts.routes);
        parts.routes.begin();
        ruin(parts, seed % problem.stops.count);
        recreate(parts, seed % problem.stops.count);
        parts.routes.undo();
        expect(picture(parts.routes)).toEqual(before);
      }
    }),
    { numRuns: 300 },
  );
});

test("what is kept along the way agrees with a schedule made from nothing", () => {
  fc.assert(
    fc.property(withStops, fc.array(fc.nat(13), { minLength: 1 }), (problem, seeds) => {
      const parts = start({ ...problem, objective: "cost" }, 7);
      const { routes } = parts;
      for (const seed of seeds) {
        routes.begin();
        ruin(parts, seed % problem.stops.count);
        recreate(parts, seed % problem.stops.count);
        parts.absence.keepTrial();
      }
      let total = 0;
      for (const [route, read] of readRoutes(routes).entries()) {
        if (read.stops.length === 0) continue;
        const schedule = scheduleRoute(problem, read);
        expect(schedule.violations).toEqual([]);
        expect(routes.score[route]).toBe(schedule.cost);
        if (routes.clock) expect(routes.clock.end[route]).toBe(schedule.endSeconds);
        if (routes.model.needsDuration) expect(routes.clock?.duration[route]).toBe(schedule.durationSeconds);
        total += schedule.cost;
      }
      expect(routes.total).toBe(total);
    }),
    { numRuns: 300 },
  );
});

test("what an insertion says that it adds is what the routes cost more, by a schedule made from nothing", () => {
  let met = 0;
  fc.assert(
    fc.property(withStops, fc.nat(13), (problem, seed) => {
      const { routes, insertion: ofSingles, pairs, ...parts } = start({ ...problem, objective: "cost" }, 7);
      routes.begin();
      ruin({ ...parts, routes }, seed % problem.stops.count);
      for (const stop of parts.removed.stops.subarray(0, parts.removed.count)) {
        const insertion = pairs?.isPickup(stop) ? pairs : ofSingles;
        const before = costOfRoutes(problem, routes);
        if (!insertion.find(stop)) continue;
        insertion.apply(stop);
        expect(insertion.score).toBe(costOfRoutes(problem, routes) - before);
        met++;
      }
    }),
    { numRuns: 300 },
  );
  expect(met).toBeGreaterThan(100);
});

test("identical vehicles are one type, and no vehicle is lost", () => {
  fc.assert(
    fc.property(anyProblem, (problem) => {
      const { types } = buildModel(problem);
      const members = types.members.flat().toSorted((a, b) => a - b);
      expect(members).toEqual(Array.from({ length: problem.vehicles.count }, (_, vehicle) => vehicle));
      expect([...types.available]).toEqual(types.members.map((group) => group.length));
    }),
  );
});
