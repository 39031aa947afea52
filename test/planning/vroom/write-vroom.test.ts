import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SolutionRoute } from "../../../src/planning/solution.ts";
import { readVroom } from "../../../src/planning/vroom/read-vroom.ts";
import { writeVroom } from "../../../src/planning/vroom/write-vroom.ts";
import { bend, fullProblem } from "../../support/vroom-problem.ts";

const computingTimes = { loading: 1, solving: 2, routing: 0 };

/** The answer for routes that somebody else chose. */
function answerOf(document: unknown, routes: SolutionRoute[]) {
  const { problem, context } = readVroom(document);
  const served = new Set(routes.flatMap(({ stops }) => stops));
  const unassigned = context.jobs.map((_, stop) => stop).filter((stop) => !served.has(stop));
  const solution = { routes, unassigned, cost: 0, iterations: 0, stoppedBy: "iterations" as const };
  return writeVroom({ problem, context, solution, computingTimes, reasonOf: (stop) => `reason ${stop}` });
}

function fixture(name: string) {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/vroom", name), "utf8"));
}

test("the answer to VROOM's second example is VROOM's own, field by field", () => {
  const answer = answerOf(fixture("example-2.json"), [{ vehicle: 0, stops: [0, 1] }]);
  const expected = fixture("example-2-solution.json");
  expect(answer).toEqual({ ...expected, summary: { ...expected.summary, computing_times: computingTimes } });
});

test("a route that waits for no window leaves as late as VROOM's first example does, and loads alike", () => {
  // The legs, windows and amounts of vehicle 1 in VROOM's example_1_sol.json, as matrices.
  const durations = [
    [0, 2328, 9000, 9000],
    [9000, 0, 890, 9000],
    [9000, 9000, 0, 1595],
    [1752, 9000, 9000, 0],
  ];
  const distances = [
    [0, 32_355, 0, 0],
    [0, 0, 14_661, 0],
    [0, 0, 0, 21_518],
    [27_071, 0, 0, 0],
  ];
  const answer = answerOf(
    {
      vehicles: [
        { id: 1, start_index: 0, end_index: 0, capacity: [4], time_window: [1_600_416_000, 1_600_430_400] },
      ],
      jobs: [
        {
          id: 1,
          location_index: 1,
          service: 300,
          delivery: [1],
          time_windows: [[1_600_419_600, 1_600_423_200]],
        },
        { id: 2, location_index: 2, service: 300, pickup: [1] },
        { id: 5, location_index: 3, service: 300, delivery: [1] },
      ],
      matrices: { car: { durations, distances } },
    },
    [{ vehicle: 0, stops: [0, 1, 2] }],
  );
  const [route] = answer.routes;
  expect(route).toMatchObject({
    vehicle: 1,
    cost: 6565,
    delivery: [2],
    pickup: [1],
    service: 900,
    duration: 6565,
    waiting_time: 0,
    distance: 95_605,
  });
  const column = (name: "arrival" | "duration" | "distance" | "load") =>
    route?.steps.map((step) => step[name]);
  expect(column("arrival")).toEqual([
    1_600_417_272, 1_600_419_600, 1_600_420_790, 1_600_422_685, 1_600_424_737,
  ]);
  expect(column("duration")).toEqual([0, 2328, 3218, 4813, 6565]);
  expect(column("distance")).toEqual([0, 32_355, 47_016, 68_534, 95_605]);
  expect(column("load")).toEqual([[2], [1], [2], [1], [1]]);
});

describe("costs", () => {
  const matrices = {
    car: {
      durations: [
        [0, 1000],
        [800, 0],
      ],
      distances: [
        [0, 6000],
        [5000, 0],
      ],
    },
  };
  const costOf = (vehicle: object, extra: object = {}) =>
    answerOf(
      {
        vehicles: [{ id: 1, start_index: 0, end_index: 0, ...vehicle }],
        jobs: [{ id: 1, location_index: 1, setup: 100, service: 350 }],
        matrices: { car: { ...matrices.car, ...extra } },
      },
      [{ vehicle: 0, stops: [0] }],
    ).routes[0]?.cost;

  // docs/API.md, Vehicles: per_hour defaults to 3600, so that the cost is the travel time; the others to 0.
  test.each([
    ["are the seconds on the road by default", {}, 1800],
    ["have a fixed part", { costs: { fixed: 70 } }, 1870],
    ["count by the hour of travel", { costs: { per_hour: 36 } }, 18],
    ["count by the kilometer", { costs: { per_hour: 0, per_km: 9 } }, 99],
    ["count by the hour at tasks, set-up included", { costs: { per_hour: 0, per_task_hour: 800 } }, 100],
    ["add up", { costs: { fixed: 1, per_hour: 36, per_km: 9, per_task_hour: 800 } }, 1 + 18 + 99 + 100],
    ["shrink with the speed", { speed_factor: 2 }, 900],
    // 1 / 1.5 is counted as 0.67, and what travelling costs goes by the seconds that are shown.
    ["are those of the rounded times", { speed_factor: 1.5 }, 1206],
  ])("%s", (_, vehicle, cost) => {
    expect(costOf(vehicle)).toBe(cost);
  });

  test("are those of a custom matrix where there is one, whatever the speed", () => {
    const costs = [
      [0, 7],
      [8, 0],
    ];
    expect(costOf({ speed_factor: 2, costs: { fixed: 100 } }, { costs })).toBe(115);
  });
});

test("set-up is done once where a job follows at the place of the one before or of the start", () => {
  const answer = answerOf(
    {
      vehicles: [{ id: 1, start_index: 0 }],
      jobs: [0, 1, 1].map((location_index, id) => ({ id, location_index, setup: 50, service: 10 })),
      matrix: [
        [0, 5],
        [5, 0],
      ],
    },
    [{ vehicle: 0, stops: [0, 1, 2] }],
  );
  const [route] = answer.routes;
  expect(route?.steps.map(({ setup }) => setup)).toEqual([0, 0, 50, 0, 0]);
  expect(route).toMatchObject({ setup: 50, service: 30, duration: 5 });
  expect(route?.steps.at(-1)).toMatchObject({ type: "end", location_index: 1, arrival: 85 });
});

test("a vehicle without start begins at its first job", () => {
  const { jobs, matrices } = fullProblem();
  const document = {
    vehicles: [{ id: 8, profile: "bike", end_index: 0, capacity: [2, 1] }],
    jobs,
    matrices,
  };
  const [route] = answerOf(bend(document, "jobs[0].skills", []), [{ vehicle: 0, stops: [1] }]).routes;
  expect(route?.steps.map(({ type, location_index, duration }) => [type, location_index, duration])).toEqual([
    ["start", 2, 0],
    ["job", 2, 0],
    ["end", 0, 600],
  ]);
});

test("an unassigned job is told with its place, description and reason", () => {
  expect(answerOf(fullProblem(), [{ vehicle: 0, stops: [1] }]).unassigned).toEqual([
    {
      id: 11,
      type: "job",
      location: [113.3, 23.1],
      location_index: 1,
      description: "first",
      reason: "reason 0",
    },
  ]);
});

test("a route that breaks a limit is never written", () => {
  expect(() => answerOf(fullProblem(), [{ vehicle: 1, stops: [0] }])).toThrow("breaks a limit");
});

test("an answer without routes has sums of zero", () => {
  expect(answerOf(fullProblem(), []).summary).toMatchObject({
    cost: 0,
    routes: 0,
    unassigned: 2,
    delivery: [0, 0],
  });
});

/** A problem whose jobs fit any vehicle at any time but for the waiting, so that every split into routes is valid. */
const splitProblem = fc
  .record({
    jobs: fc.array(
      fc.record({
        location_index: fc.nat(3),
        setup: fc.nat(40),
        service: fc.nat(300),
        delivery: fc.tuple(fc.nat(9), fc.nat(9)),
        pickup: fc.tuple(fc.nat(9), fc.nat(9)),
        priority: fc.nat(100),
        time_windows: fc.nat(3000).map((start) => [[start, 4_000_000]]),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    durations: fc.array(fc.array(fc.nat(999), { minLength: 4, maxLength: 4 }), {
      minLength: 4,
      maxLength: 4,
    }),
    vehicles: fc.array(
      fc.record({
        start_index: fc.nat(3),
        end_index: fc.nat(3),
        speed_factor: fc.constantFrom(0.5, 1, 1.1, 1.5, 2.7, 5),
        costs: fc.record({ fixed: fc.nat(99), per_hour: fc.nat(9999), per_km: fc.nat(99) }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ jobs, durations, vehicles }) => ({
    jobs: jobs.map((job, id) => ({ id, ...job })),
    vehicles: vehicles.map((vehicle, id) => ({ id, capacity: [999, 999], ...vehicle })),
    matrices: { car: { durations, distances: durations } },
  }));

test("the steps of a route add up to its sums, and the routes to the summary's, in whole numbers", () => {
  fc.assert(
    fc.property(splitProblem, (document) => {
      const count = document.vehicles.length;
      const routes = document.vehicles.flatMap((_, vehicle) => {
        const stops = document.jobs.map(({ id }) => id).filter((id) => id % count === vehicle);
        return stops.length > 0 ? [{ vehicle, stops }] : [];
      });
      const answer = answerOf(document, routes);
      for (const { steps, ...route } of answer.routes) {
        const first = steps[0]!;
        const last = steps.at(-1)!;
        expect(last.arrival - first.arrival).toBe(
          route.duration + route.setup + route.service + route.waiting_time,
        );
        expect(last).toMatchObject({
          duration: route.duration,
          distance: route.distance,
          load: route.pickup,
        });
        expect(first).toMatchObject({ duration: 0, distance: 0, load: route.delivery });
        steps.slice(1).forEach((step, index) => {
          const before = steps[index]!;
          const leg = step.arrival - before.arrival - before.waiting_time - before.setup - before.service;
          expect(step.duration - before.duration).toBe(leg);
          expect(leg).toBeGreaterThanOrEqual(0);
        });
      }
      for (const name of [
        "cost",
        "setup",
        "service",
        "duration",
        "waiting_time",
        "priority",
        "distance",
      ] as const) {
        const sum = answer.routes.reduce((total, route) => total + (route[name] ?? Number.NaN), 0);
        expect(answer.summary[name], name).toBe(sum);
        expect(Number.isInteger(sum)).toBe(true);
      }
    }),
  );
});
