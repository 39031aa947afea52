import { describe, expect, test } from "vitest";
import { Failure } from "../../../../src/domain/failure.ts";
import type { VroomAnswer } from "../../../../src/planning/vroom/answer.ts";
import { checkPlan } from "../../../../src/planning/vroom/check/check-plan.ts";
import { readVroom } from "../../../../src/planning/vroom/read-vroom.ts";

const computingTimes = { loading: 1, solving: 2, routing: 0 };

function check(document: object): VroomAnswer {
  return checkPlan(readVroom(document), computingTimes);
}

function routeOf(vehicle: object, more: { jobs?: object[]; matrices?: object } = {}) {
  const { jobs = [{ id: 1, location_index: 1 }], matrices = { car: { durations: line } } } = more;
  const [route] = check({
    vehicles: [{ id: 1, start_index: 0, end_index: 0, ...vehicle }],
    jobs,
    matrices,
  }).routes;
  if (!route) throw new Error("the vehicle has no route");
  return route;
}

const job = (id: number, more: object = {}) => ({ type: "job", id, ...more });
/** Three places, 100 seconds apart in a row. */
const line = [
  [0, 100, 200],
  [100, 0, 100],
  [200, 100, 0],
];

describe("a plan that carries too much, leaves too early and comes too late", () => {
  // The ways, times and amounts of VROOM's third example (docs/example_3_sol.json), as matrices of seven places.
  const sevenths = (ways: [from: number, to: number, length: number][]) => {
    const square = Array.from({ length: 7 }, () => Array<number>(7).fill(9000));
    for (const [from, to, length] of ways) square[from]![to] = length;
    return square;
  };
  const opens = 1_600_416_000;
  const noon = 1_600_423_200;
  const shift = { start_index: 0, end_index: 0, capacity: [4], time_window: [opens, 1_600_426_800] };
  const visit = (id: number, delivery: number, more: object = {}) => ({
    id,
    location_index: id,
    service: 300,
    delivery: [delivery],
    ...more,
  });
  const early = { time_windows: [[opens, noon]] };
  const answer = check({
    vehicles: [
      { id: 1, ...shift, steps: [job(1), job(2), job(5)] },
      {
        id: 2,
        ...shift,
        steps: [{ type: "start", service_after: opens - 800 }, job(6), job(4), job(3), { type: "end" }],
      },
    ],
    jobs: [visit(1, 2), visit(2, 2), visit(3, 1, early), visit(4, 1, early), visit(5, 3), visit(6, 1, early)],
    matrices: {
      car: {
        durations: sevenths([
          [0, 1, 2328],
          [1, 2, 890],
          [2, 5, 1595],
          [5, 0, 1752],
          [0, 6, 2941],
          [6, 4, 3816],
          [4, 3, 1909],
          [3, 0, 3480],
        ]),
        distances: sevenths([
          [0, 1, 32_355],
          [1, 2, 14_661],
          [2, 5, 21_518],
          [5, 0, 27_071],
          [0, 6, 62_696],
          [6, 4, 69_018],
          [4, 3, 22_868],
          [3, 0, 62_170],
        ]),
      },
    },
  });

  test("is summed up as in VROOM's answer", () => {
    expect(answer.summary).toEqual({
      cost: 18_711,
      routes: 2,
      unassigned: 0,
      delivery: [10],
      amount: [10],
      pickup: [0],
      setup: 0,
      service: 1800,
      duration: 18_711,
      waiting_time: 0,
      priority: 0,
      distance: 312_357,
      violations: [
        { cause: "lead_time", duration: 800 },
        { cause: "delay", duration: 2712 },
        { cause: "load" },
      ],
      computing_times: computingTimes,
    });
  });

  test("has the times, loads and violations of VROOM's answer at every step", () => {
    const column = (route: number, name: "arrival" | "load" | "violations") =>
      answer.routes[route]?.steps.map((step) => step[name]);
    const load = [{ cause: "load" }];
    expect(column(0, "arrival")).toEqual([opens, 1_600_418_328, 1_600_419_518, 1_600_421_413, 1_600_423_465]);
    expect(column(0, "load")).toEqual([[7], [5], [3], [0], [0]]);
    expect(column(0, "violations")).toEqual([load, load, [], [], []]);
    expect(answer.routes[0]?.violations).toEqual(load);
    expect(column(1, "arrival")).toEqual([
      1_600_415_200, 1_600_418_141, 1_600_422_257, 1_600_424_466, 1_600_428_246,
    ]);
    expect(column(1, "violations")).toEqual([
      [{ cause: "lead_time", duration: 800 }],
      [],
      [],
      [{ cause: "delay", duration: 1266 }],
      [{ cause: "delay", duration: 1446 }],
    ]);
    expect(answer.routes[1]?.violations).toEqual([
      { cause: "lead_time", duration: 800 },
      { cause: "delay", duration: 2712 },
    ]);
  });
});

test("custom costs are what a plan costs, beside a distance that is limited", () => {
  const matrices = { car: { durations: line, distances: line, costs: line.map((row) => row.map(() => 7)) } };
  const { cost, violations, distance } = routeOf({ max_distance: 150, steps: [job(1)] }, { matrices });
  expect({ cost, distance, violations }).toEqual({
    cost: 14,
    distance: 200,
    violations: [{ cause: "max_distance" }],
  });
});

describe("a violation", () => {
  const causesOf = (vehicle: object, more: Parameters<typeof routeOf>[1] = {}) => {
    const { steps, violations } = routeOf(vehicle, more);
    return {
      steps: steps.map((step) => step.violations.map(({ cause }) => cause).join()),
      route: violations,
    };
  };
  const twoJobs = [
    { id: 1, location_index: 1 },
    { id: 2, location_index: 2 },
  ];

  test("of the number of tasks is at each task beyond it", () => {
    const { steps, route } = causesOf({ max_tasks: 1, steps: [job(1), job(2)] }, { jobs: twoJobs });
    expect(steps).toEqual(["", "", "max_tasks", ""]);
    expect(route).toEqual([{ cause: "max_tasks" }]);
  });

  test("of skills is at the task that needs them", () => {
    const jobs = [{ ...twoJobs[0], skills: [3] }, twoJobs[1]!];
    expect(causesOf({ skills: [2], steps: [job(1), job(2)] }, { jobs }).steps).toEqual([
      "",
      "skills",
      "",
      "",
    ]);
  });

  test("of travel time and distance is wherever more than that is behind the vehicle", () => {
    const matrices = { car: { durations: line, distances: line } };
    const steps = [job(1), job(2)];
    const travel = causesOf({ max_travel_time: 199, steps }, { jobs: twoJobs, matrices });
    expect(travel.steps).toEqual(["", "", "max_travel_time", "max_travel_time"]);
    const distance = causesOf({ max_distance: 200, steps }, { jobs: twoJobs, matrices });
    expect(distance.steps).toEqual(["", "", "", "max_distance"]);
  });

  test("of a shipment is at each half without the other one before or behind it", () => {
    const halves = (id: number) => ({
      pickup: { id, location_index: 1 },
      delivery: { id, location_index: 2 },
    });
    const route = (...steps: [type: string, id: number][]) =>
      check({
        vehicles: [
          { id: 1, start_index: 0, capacity: [5], steps: steps.map(([type, id]) => ({ type, id })) },
        ],
        shipments: [{ ...halves(1), amount: [2] }, halves(2)],
        matrix: line,
      });
    const causes = (answer: VroomAnswer) =>
      answer.routes[0]?.steps.map(({ violations }) => violations.map(({ cause }) => cause).join());
    expect(causes(route(["pickup", 1], ["pickup", 2], ["delivery", 2], ["delivery", 1]))?.join("")).toBe("");
    const reversed = route(["delivery", 1], ["pickup", 1], ["pickup", 2]);
    expect(causes(reversed)).toEqual(["", "precedence", "precedence", "precedence", ""]);
    expect(reversed.summary.violations).toEqual([{ cause: "precedence" }]);
    expect(reversed.unassigned.map(({ type, id }) => `${type} ${id}`)).toEqual(["delivery 2"]);
    expect(causes(route(["delivery", 2]))).toEqual(["", "precedence", ""]);
  });

  test("of a break is that it is left out, or that too much is on board", () => {
    const breaks = [{ id: 7, max_load: [2] }, { id: 8 }];
    const jobs = [{ ...twoJobs[0], delivery: [3] }];
    const { steps, route } = causesOf(
      { capacity: [5], breaks, steps: [{ type: "break", id: 7 }, job(1)] },
      { jobs },
    );
    expect(steps).toEqual(["", "max_load", "", ""]);
    expect(route).toEqual([{ cause: "missing_break" }, { cause: "max_load" }]);
  });

  test("of two windows counts from the nearer one", () => {
    const windows = [
      [0, 10],
      [130, 150],
    ];
    const at = (service_at: number) =>
      routeOf(
        { steps: [job(1, { service_at })] },
        { jobs: [{ id: 1, location_index: 1, time_windows: windows }] },
      ).steps[1]?.violations;
    expect(at(100)).toEqual([{ cause: "lead_time", duration: 30 }]);
    expect(at(140)).toEqual([]);
    expect(at(155)).toEqual([{ cause: "delay", duration: 5 }]);
  });
});

test("a break parts the way: it is driven as far as the break's window allows, and on from there", () => {
  const breaks = [{ id: 4, service: 50, time_windows: [[1060, 1060]] }];
  const { steps } = routeOf(
    { time_window: [1000, 5000], breaks, steps: [{ type: "break", id: 4 }, job(1)] },
    { matrices: { car: { durations: line, distances: line } } },
  );
  expect(steps.map(({ type, arrival, duration, distance }) => [type, arrival, duration, distance])).toEqual([
    ["start", 1000, 0, 0],
    ["break", 1060, 60, 60],
    ["job", 1150, 100, 100],
    ["end", 1250, 200, 200],
  ]);
});

test("forced times hold, whatever they violate, and the rest waits as little as it can", () => {
  const jobs = [{ id: 1, location_index: 1, service: 10, time_windows: [[0, 150]] }];
  const { steps, waiting_time } = routeOf({ steps: [job(1, { service_after: 400 })] }, { jobs });
  expect(steps.map(({ arrival }) => arrival)).toEqual([300, 400, 510]);
  expect(steps[1]?.violations).toEqual([{ cause: "delay", duration: 250 }]);
  expect(waiting_time).toBe(0);
});

test("a speed factor counts in hundredths, and steps show whole seconds", () => {
  const { steps, duration } = routeOf({ speed_factor: 1.5, steps: [job(1)] });
  expect(steps.map(({ arrival }) => arrival)).toEqual([0, 67, 134]);
  expect(duration).toBe(134);
});

test.each([
  [
    "a task at a time that cannot be met",
    [job(1, { service_at: 60 })],
    "vehicles[0].steps[0].service_at is too early: what comes before leaves no time to begin by 60",
  ],
  [
    "an order of forced times that runs backwards",
    [{ type: "start", service_after: 900 }, job(1, { service_before: 950 })],
    "vehicles[0].steps[1].service_before is too early",
  ],
])("%s is refused by its path", (_, steps, message) => {
  const refusal = () => routeOf({ steps });
  expect(refusal).toThrow(Failure);
  expect(refusal).toThrow(message);
});

test("a task that no steps name is unassigned, and a vehicle without steps has no route", () => {
  const answer = check({
    vehicles: [
      { id: 1, start_index: 0 },
      { id: 2, end_index: 0, steps: [job(2)] },
    ],
    jobs: [
      { id: 1, location_index: 1, description: "left" },
      { id: 2, location_index: 2 },
    ],
    matrix: line,
  });
  expect(answer.unassigned).toEqual([
    { id: 1, type: "job", location_index: 1, description: "left", reason: "No vehicle's steps name it." },
  ]);
  expect(answer.routes.map(({ vehicle, steps }) => [vehicle, steps.map(({ arrival }) => arrival)])).toEqual([
    [2, [0, 0, 200]],
  ]);
});
