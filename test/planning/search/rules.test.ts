import { describe, expect, test } from "vitest";
import type { Problem } from "../../../src/planning/problem.ts";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { search } from "../../../src/planning/search/search.ts";
import {
  acrossGrid,
  alongLine,
  type ProblemDraft,
  routingProblem,
  type VehicleDraft,
} from "../../support/routing-problem.ts";

const line = [alongLine([0, 10, 20, 30, 40])];

function solve(draft: Omit<ProblemDraft, "meters"> & Partial<ProblemDraft>, iterations = 1000) {
  const problem: Problem = routingProblem({ meters: line, ...draft });
  const solution = search(problem, { seed: 1, iterations, now: () => 0 });
  const schedules = solution.routes.map((route) => scheduleRoute(problem, route));
  expect(schedules.flatMap(({ violations }) => violations)).toEqual([]);
  return { ...solution, schedules };
}

const sets = (routes: { stops: number[] }[]): string[] =>
  routes.map(({ stops }) => stops.toSorted((a, b) => a - b).join("+")).sort((a, b) => a.localeCompare(b));

describe("optional stops", () => {
  test("are left out where that costs less than the way, and served where it costs more", () => {
    const stops = [1, 4].map((location) => ({ location, penalty: 50 }));
    const { unassigned, cost } = solve({ stops, vehicles: [{}] });
    expect(unassigned).toEqual([1]);
    expect(cost).toBe(20 + 50);
    expect(solve({ stops: [stops[0]!, { ...stops[1]!, penalty: 61 }], vehicles: [{}] }).cost).toBe(80);
  });

  test("pay together for a way that none of them pays alone", () => {
    const places = Array.from({ length: 60 }, (_, i): [number, number] => [50 + (i % 8), 50 + (i >> 3)]);
    const meters = [acrossGrid([[0, 0], ...places])];
    const stops = places.map((_, i) => ({ location: i + 1, penalty: 100, delivery: [1] }));
    const vehicles = Array.from({ length: 6 }, () => ({ capacity: [20] }));
    expect(solve({ meters, stops, vehicles }).unassigned).toEqual([]);
    const dear = solve({ meters, stops: stops.map((stop) => ({ ...stop, penalty: 20 })), vehicles });
    expect(dear).toMatchObject({ routes: [], cost: 60 * 20 });
  });

  test("never keep a stop out that must be served", () => {
    const stops = [
      { location: 1, delivery: [1], penalty: 1000 },
      { location: 4, delivery: [1] },
    ];
    expect(solve({ stops, vehicles: [{ capacity: [1] }] }).unassigned).toEqual([0]);
  });
});

describe("company", () => {
  test("keeps classes of loads that must not meet on different vehicles", () => {
    const stops = [1, 2, 1, 2].map((classes, i) => ({ location: 1 + (i % 2), classes }));
    const { routes } = solve({ stops, vehicles: [{}, {}], conflicts: [2, 0] });
    expect(sets(routes)).toEqual(["0+2", "1+3"]);
    expect(solve({ stops, vehicles: [{}], conflicts: [2, 0] }).unassigned.length).toBe(2);
  });

  test("lets a class that must not meet itself ride with others, one stop at a time", () => {
    const stops = [1, 1, 0].map((classes) => ({ location: 1, classes }));
    expect(solve({ stops, vehicles: [{}], conflicts: [1] }).unassigned.length).toBe(1);
  });

  test("leaves out a stop that needs two classes that must not meet", () => {
    expect(
      solve({ stops: [{ location: 1, classes: 3 }], vehicles: [{}], conflicts: [2, 0] }).unassigned,
    ).toEqual([0]);
  });

  test("keeps a group apart, and a group together although that costs more", () => {
    const vehicles = [{ capacity: [2] }, { capacity: [2] }];
    const places = [1, 1, 4, 4].map((location) => ({ location, delivery: [1] }));
    expect(sets(solve({ stops: places, vehicles }).routes)).toEqual(["0+1", "2+3"]);
    const apart = places.map((stop, i) => ({ ...stop, ...(i < 2 && { apart: 7 }) }));
    expect(sets(solve({ stops: apart, vehicles }).routes)).not.toContain("0+1");
    expect(solve({ stops: apart, vehicles }).unassigned).toEqual([]);
    const together = places.map((stop, i) => ({ ...stop, ...(i % 3 === 0 && { together: 7 }) }));
    expect(sets(solve({ stops: together, vehicles }).routes)).toEqual(["0+3", "1+2"]);
  });

  test("leaves a group out whole where it does not fit whole", () => {
    const stops = [2, 2, 1].map((load, i) => ({
      location: 1,
      delivery: [load],
      ...(i < 2 && { together: 0 }),
    }));
    expect(solve({ stops, vehicles: [{ capacity: [3] }, { capacity: [3] }] }).unassigned).toEqual([0, 1]);
    expect(solve({ stops, vehicles: [{ capacity: [4] }] }).unassigned).toEqual([2]);
  });
});

describe("times", () => {
  test("of release hold a route back, so that what is late rides with what can wait", () => {
    const stops = [100, 100, 0].map((release) => ({
      location: 1,
      release,
      windows: [[0, release === 0 ? 50 : 500]] as [number, number][],
    }));
    const { routes, schedules } = solve({ stops, vehicles: [{}, {}] });
    expect(sets(routes)).toEqual(["0+1", "2"]);
    expect(schedules.map(({ departureSeconds }) => departureSeconds).toSorted((a, b) => a - b)).toEqual([
      0, 100,
    ]);
  });

  test("of soft windows cost by the second, in the order as well as in the sum", () => {
    const windows: [number, number][] = [[0, 1000]];
    const stops = [
      { location: 1, windows, free: [100], latenessCost: 5, service: 20 },
      { location: 2, windows, free: [15], latenessCost: 5, service: 20 },
    ];
    const { routes, schedules, cost } = solve({ stops, vehicles: [{}] });
    expect(routes[0]?.stops).toEqual([1, 0]);
    expect(schedules[0]?.latenessSeconds).toEqual([5, 0]);
    expect(cost).toBe(40 + 25);
  });

  test("of service and the cost of a stop depend on the vehicle", () => {
    const vehicles: VehicleDraft[] = [
      { serviceType: 0, costPerServiceSecond: 1 },
      { costPerServiceSecond: 1, costPerStop: 3 },
    ];
    const serviceTables = [{ service: [50, 50], setup: [0, 9] }];
    const stops = [
      { location: 1, service: 10 },
      { location: 2, service: 10 },
    ];
    const { routes, cost } = solve({ stops, vehicles, serviceTables });
    expect(routes).toEqual([{ vehicle: 1, stops: expect.anything() }]);
    expect(cost).toBe(40 + 20 + 6);
    const long = solve({ stops, vehicles: vehicles.slice(0, 1), serviceTables });
    expect(long.schedules[0]).toMatchObject({ serviceSeconds: 100, durationSeconds: 149 });
  });

  test("of breaks leave room for fewer stops in a shift", () => {
    const stops = [1, 1, 1].map((location) => ({ location, service: 20 }));
    const shift: [number, number] = [0, 80];
    const breaks = [{ windows: [[20, 40]] as [number, number][], durationSeconds: 15 }];
    expect(solve({ stops, vehicles: [{ shift }] }).unassigned).toEqual([]);
    const { unassigned, schedules } = solve({ stops, vehicles: [{ shift, breaks }] });
    expect(unassigned.length).toBe(1);
    expect(schedules[0]?.breaks.length).toBe(1);
    expect(schedules[0]?.endSeconds).toBe(75);
  });
});
