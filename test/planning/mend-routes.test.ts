import fc from "fast-check";
import { expect, test } from "vitest";
import { mendRoutes } from "../../src/planning/mend-routes.ts";
import { scheduleRoute } from "../../src/planning/schedule.ts";
import { anySmallProblem } from "../support/any-problem.ts";
import { alongLine, routingProblem } from "../support/routing-problem.ts";

test("drops the least important stop that makes a route fit again", () => {
  const problem = routingProblem({
    stops: [
      { location: 1, delivery: [4], priority: 9 },
      { location: 2, delivery: [4], priority: 1 },
      { location: 3, delivery: [4], priority: 5 },
    ],
    vehicles: [{ capacity: [8] }],
    meters: [alongLine([0, 1, 2, 3])],
  });
  expect(mendRoutes(problem, [{ vehicle: 0, stops: [0, 1, 2] }])).toEqual([{ vehicle: 0, stops: [0, 2] }]);
});

test("leaves of any routes what breaks nothing, in their order", () => {
  fc.assert(
    fc.property(anySmallProblem(2, 7), fc.nat(), (problem, turn) => {
      const stops = Array.from(
        { length: problem.stops.count },
        (_, index) => (index + turn) % problem.stops.count,
      );
      const route = { vehicle: turn % problem.vehicles.count, stops };
      const [mended] = mendRoutes(problem, [route]);
      if (scheduleRoute(problem, route).violations.length === 0) {
        expect(mended?.stops ?? []).toEqual(stops);
        return;
      }
      expect(stops.filter((stop) => mended?.stops.includes(stop))).toEqual(mended?.stops ?? []);
      if (mended) expect(scheduleRoute(problem, mended).violations).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
