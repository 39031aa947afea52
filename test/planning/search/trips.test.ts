import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costOf } from "../../../src/planning/cost-of.ts";
import type { Problem } from "../../../src/planning/problem.ts";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { type SearchOptions, search } from "../../../src/planning/search/search.ts";
import type { Solution } from "../../../src/planning/solution.ts";
import {
  anyPairedProblemOfTrips,
  anyProblemOfTrips,
  anySmallPairedProblemOfTrips,
  anySmallProblemOfTrips,
} from "../../support/any-problem.ts";
import { findSolutionFaults } from "../../support/check-solution.ts";
import { compareSolutions } from "../../support/compare-solutions.ts";
import { bestOfEveryPlan } from "../../support/every-plan.ts";
import { acrossGrid, alongLine, routingProblem, type VehicleDraft } from "../../support/routing-problem.ts";

function solve(problem: Problem, options: Partial<SearchOptions> = {}): Solution {
  return search(problem, { seed: 1, iterations: 300, now: () => 0, ...options });
}

const anyOfBoth = fc.oneof(anyProblemOfTrips, anyPairedProblemOfTrips);
const line = [alongLine([0, 10, 20, 30])];
const tripsOf = ({ routes }: Solution): number[] => routes.map(({ reloads = [] }) => reloads.length + 1);

/** Customers of a town around its depot. */
function town(stopCount: number, vehicles: VehicleDraft[]): Problem {
  const places = Array.from({ length: stopCount }, (_, i): [number, number] => [
    (i * 37) % 61,
    (i * 53) % 67,
  ]);
  return routingProblem({
    stops: places.map((_, i) => ({ location: i + 1, delivery: [1 + (i % 4)] })),
    vehicles,
    meters: [acrossGrid([[30, 33], ...places])],
  });
}

describe("several trips", () => {
  test("serve with one vehicle what fits no vehicle at once", () => {
    const stops = [1, 1, 3].map((location) => ({ location, delivery: [2] }));
    const solution = solve(routingProblem({ stops, vehicles: [{ capacity: [4], trips: 2 }], meters: line }));
    expect(solution).toMatchObject({ unassigned: [], cost: 20 + 60 });
    expect(tripsOf(solution)).toEqual([2]);
    const once = routingProblem({ stops, vehicles: [{ capacity: [4] }], meters: line });
    expect(solve(once).unassigned.length).toBe(1);
  });

  test("are driven only as often as the shift and the time to load allow", () => {
    const stops = [1, 1, 1].map((location) => ({ location, delivery: [1] }));
    const vehicle: VehicleDraft = { capacity: [1], trips: 3, reloadTime: 15, shift: [0, 90] };
    expect(solve(routingProblem({ stops, vehicles: [vehicle], meters: line })).unassigned).toEqual([]);
    const short = routingProblem({ stops, vehicles: [{ ...vehicle, shift: [0, 89] }], meters: line });
    expect(solve(short).unassigned.length).toBe(1);
  });

  test("spare a vehicle that costs more than its way", () => {
    const stops = [1, 2].map((location) => ({ location, delivery: [2] }));
    const vehicles = [1, 2].map(() => ({ capacity: [2], trips: 2, fixedCost: 100 }));
    expect(solve(routingProblem({ stops, vehicles, meters: line }))).toMatchObject({ cost: 160 });
  });

  test("bring on one vehicle what must not ride together", () => {
    const stops = [1, 2, 1, 2].map((classes, i) => ({ location: 1 + (i % 2), classes }));
    const problem = routingProblem({ stops, vehicles: [{ trips: 2 }], meters: line, conflicts: [2, 0] });
    const solution = solve(problem);
    expect(solution).toMatchObject({ unassigned: [], cost: 60 });
    expect(solution.routes[0]?.reloads).toEqual([2]);
  });

  test("keep a pair within one of them", () => {
    const pair = [
      { location: 1, pickup: [1] },
      { location: 3, delivery: [1], pickupOf: 0 },
    ];
    const stops = [...pair, { location: 2, delivery: [1] }, { location: 2, delivery: [1] }];
    const problem = routingProblem({ stops, vehicles: [{ capacity: [1], trips: 3 }], meters: line });
    const solution = solve(problem);
    expect(solution.unassigned).toEqual([]);
    expect(tripsOf(solution)).toEqual([2]);
  });

  test("let a pair have a trip of its own", () => {
    const stops = [
      { location: 1, pickup: [1], windows: [[100, 100]] as [number, number][] },
      { location: 3, delivery: [1], pickupOf: 0 },
      { location: 2, pickup: [1], windows: [[20, 20]] as [number, number][] },
    ];
    const problem = routingProblem({ stops, vehicles: [{ capacity: [1], trips: 2 }], meters: line });
    const solution = solve(problem);
    expect(solution.routes).toEqual([{ vehicle: 0, stops: [2, 0, 1], reloads: [1] }]);
  });
});

/** Whether the problem has every kind of rule that there is, all at once. */
function hasEveryRule({ stops, vehicles }: Problem): boolean {
  const ofStops = [stops.penalty, stops.classes, stops.togetherGroup, stops.apartGroup, stops.releaseSeconds];
  const ofWindows = [stops.latestFreeSeconds, stops.latenessCostPerSecond, stops.pickupOf];
  const ofVehicles = [vehicles.costPerStop, vehicles.serviceType, vehicles.mostTrips, vehicles.breaks];
  const isThere = (column: ArrayLike<unknown> | undefined): boolean => column !== undefined;
  return [...ofStops, ...ofWindows, ...ofVehicles].every(isThere) && stops.windowStart.length > 0;
}

describe("any solution with trips", () => {
  test("breaks no rule and costs what it says", () => {
    let reloads = 0;
    fc.assert(
      fc.property(anyOfBoth, fc.integer(), (problem, seed) => {
        const solution = solve(problem, { seed });
        const schedules = solution.routes.map((route) => scheduleRoute(problem, route));
        expect(schedules.flatMap(({ violations }) => violations)).toEqual([]);
        expect(findSolutionFaults(problem, solution, schedules)).toEqual([]);
        for (const trips of tripsOf(solution)) reloads += trips - 1;
      }),
      { numRuns: 240 },
    );
    expect(reloads).toBeGreaterThan(40);
  });

  test("breaks no rule where each problem has every rule at once, and is the same again", () => {
    let served = 0;
    fc.assert(
      fc.property(anyPairedProblemOfTrips.filter(hasEveryRule), fc.integer(), (problem, seed) => {
        const solution = solve(problem, { seed });
        const schedules = solution.routes.map((route) => scheduleRoute(problem, route));
        expect(schedules.flatMap(({ violations }) => violations)).toEqual([]);
        expect(findSolutionFaults(problem, solution, schedules)).toEqual([]);
        expect(solve(problem, { seed })).toEqual(solution);
        served += problem.stops.count - solution.unassigned.length;
      }),
      { numRuns: 50 },
    );
    expect(served).toBeGreaterThan(40);
  });

  test("is the same again from the same seed", () => {
    fc.assert(
      fc.property(anyOfBoth, fc.integer(), (problem, seed) => {
        expect(solve(problem, { seed })).toEqual(solve(problem, { seed }));
      }),
      { numRuns: 40 },
    );
  });

  test("leaves out no stop for which a trip more could be driven", () => {
    fc.assert(
      fc.property(anyOfBoth, (problem) => {
        const { stops, objective } = problem;
        const { routes, unassigned } = solve(problem, { iterations: 50 });
        const paired = new Set(
          [...(stops.pickupOf?.entries() ?? [])].flatMap(([a, b]) => (b < 0 ? [] : [a, b])),
        );
        const single = unassigned.filter(
          (stop) => !paired.has(stop) && (stops.togetherGroup?.[stop] ?? -1) < 0,
        );
        const isWorth = (stop: number, more: number): boolean => {
          const penalty = stops.penalty?.[stop] ?? Infinity;
          return objective === "cost" ? more < penalty : penalty > 0;
        };
        for (const route of routes) {
          const { vehicle, stops: visited, reloads = [] } = route;
          const { cost } = scheduleRoute(problem, route);
          const fitting = single.filter((stop) => {
            const wider = { vehicle, stops: [...visited, stop], reloads: [...reloads, visited.length] };
            const schedule = scheduleRoute(problem, wider);
            return schedule.violations.length === 0 && isWorth(stop, schedule.cost - cost);
          });
          expect(fitting).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    { what: "up to 5 stops", any: anySmallProblemOfTrips(5), numRuns: 60 },
    { what: "up to 7 stops", any: anySmallProblemOfTrips(7), numRuns: 12 },
    { what: "up to 3 pairs", any: anySmallPairedProblemOfTrips, numRuns: 60 },
  ])("is the best there is for $what", ({ any, numRuns }) => {
    fc.assert(
      fc.property(any, (problem) => {
        const solution = solve(problem, { iterations: 500 });
        expect(compareSolutions(problem, solution, bestOfEveryPlan(problem))).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns },
    );
  });

  test("is never worse than the plan that it begins with", () => {
    let met = 0;
    fc.assert(
      fc.property(anyOfBoth, fc.integer(), (problem, seed) => {
        const { routes: initial } = solve(problem, { seed });
        met += initial.filter(({ reloads }) => reloads).length;
        const visited = new Set(initial.flatMap(({ stops }) => stops));
        const all = Array.from({ length: problem.stops.count }, (_, stop) => stop);
        const unassigned = all.filter((stop) => !visited.has(stop));
        const cost = costOf(problem, { routes: initial, unassigned });
        const earlier: Solution = {
          routes: initial,
          unassigned,
          cost,
          iterations: 0,
          stoppedBy: "exhausted",
        };
        const solution = solve(problem, { seed: 5, iterations: 20, initial });
        expect(compareSolutions(problem, solution, earlier)).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 240 },
    );
    expect(met).toBeGreaterThan(15);
  });

  test("takes from an earlier plan no trip without stops", () => {
    const problem = town(4, [{ capacity: [9], trips: 3 }]);
    const initial = [{ vehicle: 0, stops: [0, 1, 2, 3], reloads: [0, 2, 2, 4] }];
    const [route] = solve(problem, { iterations: 1, initial }).routes;
    expect(route?.reloads?.every((place) => place > 0 && place < 4)).toBe(true);
  });
});

test("four vehicles of three trips do what twelve vehicles do", () => {
  const capacity = [13];
  const trips = solve(town(60, new Array(4).fill({ capacity, trips: 3 })), { iterations: 8000 });
  const single = solve(town(60, new Array(12).fill({ capacity })), { iterations: 8000 });
  expect(trips.unassigned).toEqual([]);
  expect(trips.routes.length).toBe(4);
  expect(trips.cost).toBeLessThan(single.cost * 1.03);
});
