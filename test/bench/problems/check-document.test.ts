import { describe, expect, test } from "vitest";
import { checkDocument } from "../../../bench/checker/check-document.ts";
import type { AnswerStep, VroomAnswer, VroomDocument } from "../../../bench/checker/vroom-document.ts";

/** Places at 0, 100 and 200 seconds on a line; a van with a break does everything, a bike stays idle. */
const line = [0, 100, 200].map((from) => [0, 100, 200].map((to) => Math.abs(from - to)));
const document: VroomDocument = {
  vehicles: [
    {
      id: 1,
      type: "van",
      start_index: 0,
      end_index: 0,
      capacity: [5],
      skills: [7],
      time_window: [0, 2000],
      breaks: [{ id: 9, time_windows: [[200, 300]], service: 60, max_load: [4] }],
      max_tasks: 4,
      max_travel_time: 400,
      max_distance: 400,
      costs: { fixed: 50, per_hour: 3600, per_km: 10, per_task_hour: 360 },
    },
    { id: 2, start_index: 0, capacity: [1], max_tasks: 1 },
  ],
  jobs: [
    {
      id: 1,
      location_index: 1,
      setup: 10,
      service: 20,
      delivery: [2],
      skills: [7],
      time_windows: [[0, 100]],
    },
    { id: 2, location_index: 1, setup: 10, service: 20, service_per_type: { van: 30 }, pickup: [1] },
    { id: 3, location_index: 2, delivery: [9] },
  ],
  shipments: [
    { pickup: { id: 4, location_index: 1, service: 5 }, delivery: { id: 4, location_index: 2 }, amount: [3] },
  ],
  matrices: { car: { durations: line, distances: line } },
};

const rest = { waiting_time: 0, setup: 0, service: 0 };
const steps: AnswerStep[] = [
  { type: "start", arrival: 0, ...rest },
  { type: "job", id: 1, arrival: 100, ...rest, setup: 10, service: 20 },
  { type: "job", id: 2, arrival: 130, ...rest, service: 30 },
  { type: "pickup", id: 4, arrival: 160, ...rest, service: 5 },
  { type: "break", id: 9, arrival: 195, ...rest, waiting_time: 5, service: 60 },
  { type: "delivery", id: 4, arrival: 330, ...rest },
  { type: "end", arrival: 530, ...rest },
];
// 50 + 400 seconds + 0.4 km × 10 + 65 seconds at work × 0.1.
const cost = 50 + 400 + 4 + 6.5;

function answerOf(changed: AnswerStep[]): VroomAnswer {
  return {
    summary: { cost, unassigned: 1 },
    unassigned: [{ id: 3, type: "job" }],
    routes: [{ vehicle: 1, cost, distance: 400, steps: changed }],
  };
}

const good = answerOf(steps);

/** The good answer with one step changed. */
function withStep(index: number, change: Partial<AnswerStep>): VroomAnswer {
  return answerOf(steps.map((step, each) => (each === index ? { ...step, ...change } : step)));
}

/** The good document with its first vehicle, or a job, changed. */
function withVehicle(change: Partial<VroomDocument["vehicles"][number]>): VroomDocument {
  return {
    ...document,
    vehicles: document.vehicles.map((one) => (one.id === 1 ? { ...one, ...change } : one)),
  };
}
function withJob(id: number, change: object): VroomDocument {
  return {
    ...document,
    jobs: document.jobs?.map((job) => (job.id === id ? { ...job, ...change } : job)) ?? [],
  };
}

test("an answer that keeps every rule has no fault", () => {
  expect(checkDocument(document, good)).toEqual([]);
});

describe("a fault is found", () => {
  test.each<[string, VroomDocument, VroomAnswer, string]>([
    ["a window", withJob(1, { time_windows: [[0, 99]] }), good, "job 1 misses its windows at 100"],
    ["a skill", withVehicle({ skills: [] }), good, "job 1 needs other skills"],
    ["the load", withVehicle({ capacity: [3] }), good, "carries 4 after pickup 4"],
    ["the load at the start", withVehicle({ capacity: [1] }), good, "carries 2 at the start"],
    [
      "the load on a break",
      withVehicle({ breaks: [{ id: 9, service: 60, max_load: [3] }] }),
      good,
      "during break 9",
    ],
    [
      "a break's window",
      withVehicle({ breaks: [{ id: 9, service: 60, time_windows: [[0, 9]] }] }),
      good,
      "break 9 misses",
    ],
    ["a break that is not taken", withVehicle({ breaks: [{ id: 8 }] }), good, "takes break 8 0 times"],
    ["the shift", withVehicle({ time_window: [0, 529] }), good, "the end is 530, more than 529"],
    ["an early start", withVehicle({ time_window: [1, 2000] }), good, "before its hours"],
    ["the tasks", withVehicle({ max_tasks: 3 }), good, "has 4 tasks"],
    ["the travel time", withVehicle({ max_travel_time: 399 }), good, "travel time is 400"],
    ["the distance", withVehicle({ max_distance: 399 }), good, "distance is 400"],
    ["a speed factor", withVehicle({ speed_factor: 2 }), good, "drives 100 seconds to job 1, not 50"],
    ["a leg", document, withStep(6, { arrival: 520 }), "drives 190 seconds to end , not 200"],
    [
      "a set-up where it stands",
      document,
      withStep(2, { setup: 10 }),
      "job 2 takes 10 + 30 seconds, not 0 + 30",
    ],
    ["a service by type", withVehicle({ type: "bus" }), good, "job 2 takes 0 + 30 seconds, not 0 + 20"],
    ["the cost", withVehicle({ costs: {} }), good, "costs 400, not 460.5"],
    ["a job that is not told", document, { ...good, unassigned: [] }, "job 3 is told 0 times"],
    ["a job that is told twice", document, withStep(2, { id: 1 }), "job 1 is told 2 times"],
    ["a visit that nobody asked for", document, withStep(2, { id: 77 }), "job 77 is not in the problem"],
    ["a sum", document, { ...good, summary: { cost: 1, unassigned: 1 } }, "does not add up"],
    [
      "halves of a shipment in disorder",
      document,
      answerOf([5, 3].map((at) => steps[at]!)),
      "other half in order",
    ],
    [
      "a vehicle that is not there",
      document,
      { ...good, routes: [{ ...good.routes[0]!, vehicle: 5 }] },
      "5 drives 1 times",
    ],
    [
      "a vehicle that drives twice",
      document,
      { ...good, routes: [...good.routes, ...good.routes] },
      "drives 2 times",
    ],
    [
      "a job left out beside an idle vehicle",
      withJob(3, { delivery: [1] }),
      good,
      "job 3 is left out though vehicle 2",
    ],
  ])("in %s", (_, problem, answer, fault) => {
    expect(checkDocument(problem, answer).join("; ")).toContain(fault);
  });
});

test("a job is rightly left out where the idle vehicle would miss a rule", () => {
  for (const [change, job] of [
    [{ capacity: [0] }, {}],
    [{ max_tasks: 0 }, {}],
    [{ max_travel_time: 199 }, {}],
    [{ max_distance: 199 }, {}],
    [{ time_window: [0, 199] }, {}],
    [{}, { skills: [7] }],
    [{}, { time_windows: [[0, 199]] }],
  ] as const) {
    const light = withJob(3, { delivery: [1], ...job });
    const vehicles = light.vehicles.map((vehicle) =>
      vehicle.id === 2 ? { ...vehicle, ...change } : vehicle,
    );
    expect(checkDocument({ ...light, vehicles } as VroomDocument, good)).toEqual([]);
  }
});
