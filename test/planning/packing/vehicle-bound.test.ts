import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vehicleBound } from "../../../src/planning/packing/vehicle-bound.ts";
import { search } from "../../../src/planning/search/search.ts";
import { anyProblem, anySmallProblem } from "../../support/any-problem.ts";
import { alongLine, routingProblem } from "../../support/routing-problem.ts";

const everyStop = (count: number): number[] => Array.from({ length: count }, (_, stop) => stop);

describe("the bound on vehicles", () => {
  test("is never above what a plan uses for the stops it serves", () => {
    fc.assert(
      fc.property(fc.oneof(anyProblem, anySmallProblem(1, 7)), (problem) => {
        const { routes } = search(problem, { seed: 1, iterations: 60, now: () => 0 });
        const served = routes.flatMap(({ stops }) => stops);
        const { vehicles, fixedCost } = vehicleBound(problem, served);
        const paid = routes.reduce((sum, { vehicle }) => sum + problem.vehicles.fixedCost[vehicle]!, 0);
        expect(vehicles).toBeLessThanOrEqual(routes.length);
        expect(fixedCost).toBeLessThanOrEqual(paid);
      }),
      { numRuns: 200 },
    );
  });

  const fleet = [
    { capacity: [10], fixedCost: 5 },
    { capacity: [10], fixedCost: 5 },
    { capacity: [20], fixedCost: 30 },
  ];
  const meters = [alongLine([0, 1])];

  test("counts vehicles and their fixed costs each on its own", () => {
    const stops = [8, 8, 4].map((amount) => ({ location: 1, delivery: [amount] }));
    const problem = routingProblem({ stops, vehicles: fleet, meters });
    expect(vehicleBound(problem, everyStop(3))).toEqual({ vehicles: 1, fixedCost: 10 });
    expect(vehicleBound(problem, [0])).toEqual({ vehicles: 1, fixedCost: 5 });
    expect(vehicleBound(problem, [])).toEqual({ vehicles: 0, fixedCost: 0 });
  });

  test("adds up deliveries and pickups each on its own", () => {
    const stops = [
      { location: 1, delivery: [15] },
      { location: 1, pickup: [15] },
    ];
    const problem = routingProblem({ stops, vehicles: [fleet[2]!, fleet[2]!], meters });
    expect(vehicleBound(problem, everyStop(2)).vehicles).toBe(1);
  });

  test("knows the most stops of a route and the time for its service", () => {
    const stops = Array.from({ length: 6 }, () => ({ location: 1, service: 100 }));
    const few = Array.from({ length: 6 }, () => ({ maxStops: 2 }));
    expect(vehicleBound(routingProblem({ stops, vehicles: few, meters }), everyStop(6)).vehicles).toBe(3);
    const brief = Array.from({ length: 6 }, () => ({ shift: [0, 150] as [number, number] }));
    expect(vehicleBound(routingProblem({ stops, vehicles: brief, meters }), everyStop(6)).vehicles).toBe(4);
  });

  test("is infinite where no plan can serve the stops", () => {
    const problem = routingProblem({ stops: [{ location: 1, delivery: [50] }], vehicles: fleet, meters });
    expect(vehicleBound(problem, [0])).toEqual({ vehicles: Infinity, fixedCost: Infinity });
  });

  test("says nothing of fixed costs that are not whole", () => {
    const vehicles = [{ capacity: [10], fixedCost: 2.5 }];
    const problem = routingProblem({ stops: [{ location: 1, delivery: [5] }], vehicles, meters });
    expect(vehicleBound(problem, [0])).toEqual({ vehicles: 1, fixedCost: undefined });
  });
});
