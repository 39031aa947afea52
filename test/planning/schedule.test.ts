import { describe, expect, test } from "vitest";
import { scheduleRoute } from "../../src/planning/schedule.ts";
import { alongLine, type ProblemDraft, routingProblem } from "../support/routing-problem.ts";

const line = alongLine([0, 10, 25, 40]);
/** Twice as many seconds as meters. */
const slow = line.map((row) => row.map((meters) => 2 * meters));

function schedule(draft: Omit<ProblemDraft, "meters"> & Partial<ProblemDraft>, stops: number[]) {
  return scheduleRoute(routingProblem({ meters: [line], seconds: [slow], ...draft }), { vehicle: 0, stops });
}

describe("a route's way and cost", () => {
  test("adds up legs, stays and the four costs", () => {
    const route = schedule(
      {
        stops: [
          { location: 1, service: 5 },
          { location: 3, service: 7, setup: 4 },
        ],
        vehicles: [{ fixedCost: 1000, costPerMeter: 3, costPerTravelSecond: 2, costPerServiceSecond: 10 }],
      },
      [0, 1],
    );
    expect(route.legDistanceMeters).toEqual([10, 30]);
    expect(route.legTravelSeconds).toEqual([20, 60]);
    expect(route.returnDistanceMeters).toBe(40);
    expect(route.distanceMeters).toBe(80);
    expect(route.travelSeconds).toBe(160);
    expect(route.serviceSeconds).toBe(12);
    expect(route.setupSeconds).toEqual([0, 4]);
    expect(route.arrivalSeconds).toEqual([20, 85]);
    expect(route.endSeconds).toBe(176);
    expect(route.cost).toBe(1000 + 3 * 80 + 2 * 160 + 10 * 16);
    expect(route.violations).toEqual([]);
  });

  test("begins at the first stop and ends at the last where the vehicle has no start or end", () => {
    const route = schedule(
      { stops: [{ location: 3 }, { location: 2 }], vehicles: [{ start: -1, end: -1 }] },
      [0, 1],
    );
    expect(route.legDistanceMeters).toEqual([0, 15]);
    expect(route.returnDistanceMeters).toBe(0);
    expect(route.distanceMeters).toBe(15);
    expect(route.endSeconds).toBe(30);
  });

  test("skips the set-up at the place it comes from, the start included", () => {
    const stops = [0, 1, 1, 2, 1].map((location) => ({ location, setup: 9 }));
    expect(schedule({ stops, vehicles: [{}] }, [0, 1, 2, 3, 4]).setupSeconds).toEqual([0, 9, 0, 9, 9]);
  });

  test("costs nothing and takes no time without stops", () => {
    const route = schedule({ stops: [{ location: 1 }], vehicles: [{ fixedCost: 50, shift: [30, 90] }] }, []);
    expect(route).toMatchObject({ cost: 0, durationSeconds: 0, departureSeconds: 30, endSeconds: 30 });
  });
});

describe("a route's times", () => {
  test("leaves late enough not to wait, but no later than the earliest end allows", () => {
    const route = schedule(
      { stops: [{ location: 1, windows: [[100, 120]], service: 5 }], vehicles: [{ shift: [0, 500] }] },
      [0],
    );
    expect(route.departureSeconds).toBe(80);
    expect(route.waitingSeconds).toEqual([0]);
    expect(route.endSeconds).toBe(125);
    expect(route.durationSeconds).toBe(45);
  });

  test("waits where an earlier stop closes before a later one opens", () => {
    const stops: ProblemDraft["stops"] = [
      { location: 1, windows: [[0, 50]] },
      { location: 2, windows: [[200, 300]] },
    ];
    const route = schedule({ stops, vehicles: [{}] }, [0, 1]);
    expect(route.departureSeconds).toBe(30);
    expect(route.serviceStartSeconds).toEqual([50, 200]);
    expect(route.waitingSeconds).toEqual([0, 120]);
    expect(route.endSeconds).toBe(250);
    expect(route.durationSeconds).toBe(220);
  });

  test("takes the next window when one is over", () => {
    const stops: ProblemDraft["stops"] = [
      {
        location: 2,
        windows: [
          [0, 40],
          [60, 70],
        ],
      },
    ];
    expect(schedule({ stops, vehicles: [{}] }, [0]).serviceStartSeconds).toEqual([60]);
  });
});

describe("a route's loads", () => {
  test("fall by deliveries and rise by pickups along the way", () => {
    const stops = [
      { location: 1, delivery: [5, 0], pickup: [1, 0] },
      { location: 2, delivery: [2, 0], pickup: [9, 4] },
    ];
    const route = schedule({ dimensions: 2, stops, vehicles: [{ capacity: [9, 3] }] }, [0, 1]);
    expect(route.startLoad).toEqual([7, 0]);
    expect(route.loadAfter).toEqual([
      [3, 0],
      [10, 4],
    ]);
    expect(route.maximumLoad).toEqual([10, 4]);
    expect(route.violations).toEqual([
      { limit: "capacity", dimension: 0, over: 1 },
      { limit: "capacity", dimension: 1, over: 1 },
    ]);
  });
});

describe("a route's violations", () => {
  test("tell each broken limit and by how much", () => {
    const stops: ProblemDraft["stops"] = [
      { location: 1, windows: [[0, 5]], barred: [0] },
      { location: 2, position: 1 },
    ];
    const vehicles = [
      { maxStops: 1, maxTravel: 90, maxDistance: 45, maxDuration: 70, shift: [0, 60] as [number, number] },
    ];
    expect(schedule({ stops, vehicles }, [0, 1]).violations).toEqual([
      { limit: "not_allowed", stop: 0, over: 1 },
      { limit: "time_window", stop: 0, over: 15 },
      { limit: "position", stop: 1, over: 1 },
      { limit: "max_stops", over: 1 },
      { limit: "shift", over: 40 },
      { limit: "max_travel", over: 10 },
      { limit: "max_distance", over: 5 },
      { limit: "max_duration", over: 30 },
    ]);
  });

  test("tell who must not ride together, and who is missing", () => {
    const stops = [
      { location: 1, classes: 1, apart: 4, together: 0 },
      { location: 1, classes: 2, apart: 4 },
      { location: 1, classes: 4 },
      { location: 2, together: 0 },
      { location: 2, together: 0 },
    ];
    const draft = { stops, vehicles: [{}], conflicts: [0, 1, 4] };
    expect(schedule(draft, [0, 1, 2]).violations).toEqual([
      { limit: "conflict", over: 2 },
      { limit: "apart", over: 1 },
      { limit: "together", over: 2 },
    ]);
    expect(schedule(draft, [0, 2, 3, 4]).violations).toEqual([]);
  });
});

describe("a route's lateness", () => {
  const windows: [number, number][] = [[0, 500]];

  test("costs by the second, and does not grow for the sake of a late departure", () => {
    const stops: ProblemDraft["stops"] = [
      { location: 1, windows, free: [10], latenessCost: 3 },
      { location: 2, windows: [[200, 300]] },
    ];
    const route = schedule({ stops, vehicles: [{}] }, [0, 1]);
    expect(route.latenessSeconds).toEqual([10, 0]);
    expect(route.departureSeconds).toBe(0);
    expect(route.cost).toBe(50 + 30);
    const early = stops.map((stop) => ({ ...stop, free: [80] }));
    expect(schedule({ stops: early, vehicles: [{}] }, [0, 1])).toMatchObject({
      departureSeconds: 60,
      latenessSeconds: [0, 0],
    });
  });

  test("is what a release makes it", () => {
    const stops = [
      { location: 1, windows, free: [10], latenessCost: 3 },
      { location: 2, release: 70 },
    ];
    const route = schedule({ stops, vehicles: [{}] }, [0, 1]);
    expect(route.departureSeconds).toBe(70);
    expect(route.latenessSeconds).toEqual([80, 0]);
  });
});
