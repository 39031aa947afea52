import fc from "fast-check";
import { expect, test } from "vitest";
import { addedCostOf, findBreach, lookAt } from "../../../src/planning/explain/route-look.ts";
import { routeOf } from "../../../src/planning/schedule/visits.ts";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { search } from "../../../src/planning/search/search.ts";
import { anyProblem, anyProblemOfTrips } from "../../support/any-problem.ts";

const anyOfBoth = fc.oneof(anyProblem, anyProblemOfTrips);
const timed = ["max_travel", "max_distance", "max_duration", "shift", "break", "time_window"];

/** Every place for every stop that is left out, with the look and the schedule of the route that would be. */
function placesOf(problem: Parameters<typeof scheduleRoute>[0]) {
  const { routes, unassigned } = search(problem, { seed: 1, iterations: 30, now: () => 0 });
  return routes.flatMap((route) => {
    const look = lookAt(problem, route);
    const before = scheduleRoute(problem, route);
    return unassigned.flatMap((stop) =>
      [...look.drive.visits, -1].map((_, position) => {
        const visits = look.drive.visits.toSpliced(position, 0, stop);
        const after = scheduleRoute(problem, routeOf(route.vehicle, visits));
        return { look, before, after, place: { stop, position } };
      }),
    );
  });
}

test("a breach that is found is one of the schedule, by no more, or another comes before it", () => {
  let found = 0;
  fc.assert(
    fc.property(anyOfBoth, (problem) => {
      for (const { look, after, place } of placesOf(problem)) {
        const breach = findBreach(look, place);
        if (!breach) continue;
        found++;
        const broken = after.violations
          .filter(({ limit }) => timed.includes(limit))
          .toSorted((a, b) => timed.indexOf(a.limit) - timed.indexOf(b.limit));
        const [first] = broken;
        expect(first).toBeDefined();
        expect(timed.indexOf(first!.limit)).toBeLessThanOrEqual(timed.indexOf(breach.limit));
        if (first!.limit === breach.limit) expect(first!.over).toBeGreaterThanOrEqual(breach.over);
      }
    }),
    { numRuns: 100 },
  );
  expect(found).toBeGreaterThan(20);
});

test("the added cost is that of the schedule, lateness left out", () => {
  fc.assert(
    fc.property(anyOfBoth, (problem) => {
      const { latenessCostPerSecond: _, ...stops } = problem.stops;
      for (const { look, before, after, place } of placesOf({ ...problem, stops })) {
        expect(addedCostOf(look, place)).toBe(after.cost - before.cost);
      }
    }),
    { numRuns: 60 },
  );
});
