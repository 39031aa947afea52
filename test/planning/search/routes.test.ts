import fc from "fast-check";
import { expect, test } from "vitest";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { buildModel } from "../../../src/planning/search/model.ts";
import { recreate } from "../../../src/planning/search/operators/recreate.ts";
import { ruin } from "../../../src/planning/search/operators/ruin.ts";
import type { Routes } from "../../../src/planning/search/routes.ts";
import { prepareSearch } from "../../../src/planning/search/search-parts.ts";
import { StopBudget } from "../../../src/planning/search/stop-budget.ts";
import { anyProblem } from "../../support/any-problem.ts";

/** Everything that two states in the same plan must have in common. */
function picture(routes: Routes) {
  const { routeOf, size, type, meters, seconds, stay, score, free, total, used } = routes;
  // Where a stop on no route would lead says nothing.
  const [next, previous] = [routes.next, routes.previous].map((nodes) =>
    nodes.map((node, of) => (routeOf[of] === -1 ? -1 : node)),
  );
  const arrays = { next, previous, routeOf, size, type, meters, seconds, stay, score, free };
  const copies = Object.entries(arrays).map(([name, values]) => [name, [...(values ?? [])]]);
  return { ...Object.fromEntries(copies), total, used };
}

function start(problem: Parameters<typeof prepareSearch>[0], seed: number) {
  const budget = new StopBudget({ seed, iterations: 1, now: () => 0 }, Number.POSITIVE_INFINITY);
  const parts = prepareSearch(problem, seed, budget);
  if (!parts) throw new Error("the search was cancelled");
  return parts;
}

const withStops = anyProblem.filter(({ stops, vehicles }) => stops.count > 0 && vehicles.count > 0);

test("undoing a round brings back exactly what was before it", () => {
  fc.assert(
    fc.property(withStops, fc.array(fc.nat(13), { minLength: 1 }), (problem, seeds) => {
      const parts = start(problem, 7);
      for (const seed of seeds) {
        const before = picture(parts.routes);
        parts.routes.begin();
        ruin(parts, seed % problem.stops.count);
        recreate(parts);
        parts.routes.undo();
        expect(picture(parts.routes)).toEqual(before);
      }
    }),
    { numRuns: 200 },
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
        recreate(parts);
        parts.absence.keepTrial();
      }
      let total = 0;
      for (let route = 0; route < routes.model.routeCount; route++) {
        if (routes.size[route] === 0) continue;
        const stops: number[] = [];
        const home = routes.model.stopCount + route;
        for (let stop = routes.next[home]!; stop !== home; stop = routes.next[stop]!) stops.push(stop);
        const vehicle = routes.model.types.members[routes.type[route]!]![0]!;
        const schedule = scheduleRoute(problem, { vehicle, stops });
        expect(schedule.violations).toEqual([]);
        expect(routes.score[route]).toBe(schedule.cost);
        if (routes.clock) expect(routes.clock.end[route]).toBe(schedule.endSeconds);
        if (routes.model.needsDuration) expect(routes.clock?.duration[route]).toBe(schedule.durationSeconds);
        total += schedule.cost;
      }
      expect(routes.total).toBe(total);
    }),
    { numRuns: 200 },
  );
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
