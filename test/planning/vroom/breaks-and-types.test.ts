import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../../bench/checker/check-document.ts";
import type { Vehicle, VroomDocument } from "../../../bench/checker/vroom-document.ts";
import { search } from "../../../src/planning/search/search.ts";
import type { SolutionRoute } from "../../../src/planning/solution.ts";
import type { VroomAnswer, VroomStep } from "../../../src/planning/vroom/answer.ts";
import { readVroom } from "../../../src/planning/vroom/read-vroom.ts";
import { createReasons } from "../../../src/planning/vroom/reason.ts";
import { writeVroom } from "../../../src/planning/vroom/write-vroom.ts";

const computingTimes = { loading: 0, solving: 0, routing: 0 };

function solve(document: unknown): VroomAnswer {
  const { problem, context } = readVroom(document);
  const solution = search(problem, { seed: 1, iterations: 200, now: () => 0 });
  const reasonOf = createReasons({ problem, context }, solution);
  return writeVroom({ problem, context, solution, computingTimes, reasonOf });
}

/** What is written of a route that somebody else chose; it serves all jobs. */
function routeOf(document: VroomDocument, route: SolutionRoute) {
  const { problem, context } = readVroom(document);
  const solution = {
    routes: [route],
    unassigned: [],
    cost: 0,
    iterations: 0,
    stoppedBy: "iterations" as const,
  };
  const answer = writeVroom({ problem, context, solution, computingTimes, reasonOf: () => "" });
  // The times are the writer's; whether they fit the document is worked out by the checker alone.
  expect(checkDocument(document, JSON.parse(JSON.stringify(answer)))).toEqual([]);
  return answer.routes[0]!;
}

function rows(steps: VroomStep[]) {
  return steps.map((step) => [
    step.type,
    step.id,
    step.arrival,
    step.waiting_time,
    step.service,
    step.duration,
    step.distance,
    step.load,
  ]);
}

/** Places at 0, 100 and 300 seconds on a line, 10 meters a second apart, and two jobs along it. */
const spots = [0, 100, 300];
const durations = spots.map((from) => spots.map((to) => Math.abs(from - to)));
const matrices = { car: { durations, distances: durations.map((row) => row.map((each) => 10 * each)) } };
const jobs = [
  { id: 1, location_index: 1, service: 20, delivery: [2] },
  { id: 2, location_index: 2, service: 30, pickup: [1] },
];

function onLine(vehicle: Partial<Vehicle>): VroomDocument {
  return { vehicles: [{ id: 5, start_index: 0, end_index: 0, capacity: [4], ...vehicle }], jobs, matrices };
}

const bothJobs = { vehicle: 0, stops: [0, 1] };

describe("a break is a step of its route", () => {
  test("on the road, with the time and the distance that are behind it", () => {
    const breaks = [
      { id: 9, description: "lunch", service: 60, time_windows: [[170, 200]] as [number, number][] },
    ];
    const { steps, ...route } = routeOf(onLine({ time_window: [0, 800], breaks }), bothJobs);
    const lunch = steps.find(({ type }) => type === "break");
    expect(lunch).toEqual({
      type: "break",
      id: 9,
      description: "lunch",
      setup: 0,
      service: 60,
      waiting_time: 0,
      load: [0],
      arrival: lunch?.arrival,
      duration: lunch?.duration,
      distance: 10 * lunch!.duration,
      violations: [],
    });
    expect(steps.map(({ type }) => type)).toEqual(["start", "job", "break", "job", "end"]);
    // VROOM counts what breaks take as service, but only tasks as task time.
    expect(route).toMatchObject({ service: 110, duration: 600, distance: 6000, waiting_time: 0, cost: 600 });
  });

  test("with waiting, where the road is at its end before the break may begin", () => {
    const breaks = [{ id: 9, service: 60, time_windows: [[500, 500]] as [number, number][] }];
    const windows: [number, number][][] = [[[100, 100]], [[0, 600]]];
    const timed = jobs.map((job, index) => ({ ...job, time_windows: windows[index]! }));
    const withBreaks = (own: typeof breaks) => ({
      ...onLine({ time_window: [0, 9000], breaks: own }),
      jobs: timed,
    });
    expect(rows(routeOf(withBreaks(breaks), bothJobs).steps)).toEqual([
      ["start", undefined, 0, 0, 0, 0, 0, [2]],
      ["job", 1, 100, 0, 20, 100, 1000, [0]],
      ["job", 2, 320, 0, 30, 300, 3000, [1]],
      ["break", 9, 500, 0, 60, 450, 4500, [1]],
      ["end", undefined, 710, 0, 0, 600, 6000, [1]],
    ]);
    const late = [{ id: 8, service: 60, time_windows: [[900, 950]] as [number, number][] }];
    expect(rows(routeOf(withBreaks(late), bothJobs).steps).slice(3)).toEqual([
      ["break", 8, 650, 250, 60, 600, 6000, [1]],
      ["end", undefined, 960, 0, 0, 600, 6000, [1]],
    ]);
  });

  test("where the load allows it", () => {
    const breaks = [{ id: 9, service: 60, max_load: [0] }];
    const { steps } = routeOf(onLine({ breaks }), bothJobs);
    expect(steps.map(({ type }) => type)).toEqual(["start", "job", "break", "job", "end"]);
  });

  test("in the order of the windows, and in hundredths with a speed factor", () => {
    const breaks = [
      { id: 8, service: 5, time_windows: [[150, 9999]] as [number, number][] },
      { id: 9, service: 7, time_windows: [[40, 60]] as [number, number][] },
    ];
    const { steps } = routeOf(onLine({ speed_factor: 1.5, breaks }), bothJobs);
    expect(steps.flatMap(({ type, id }) => (type === "break" ? [id] : []))).toEqual([9, 8]);
  });

  test("before the first job of a vehicle without start, which stands there already", () => {
    const breaks = [{ id: 9, service: 7, time_windows: [[0, 0]] as [number, number][] }];
    const document = { vehicles: [{ id: 5, end_index: 0, capacity: [4], breaks }], jobs, matrices };
    expect(rows(routeOf(document, bothJobs).steps)).toEqual([
      ["start", undefined, 0, 0, 0, 0, 0, [2]],
      ["break", 9, 0, 0, 7, 0, 0, [2]],
      ["job", 1, 7, 0, 20, 0, 0, [0]],
      ["job", 2, 227, 0, 30, 200, 2000, [1]],
      ["end", undefined, 557, 0, 0, 500, 5000, [1]],
    ]);
  });
});

test("nothing is driven to a stand-in for a missing start or end, whatever the matrix says of staying there", () => {
  const stay = durations.map((row, from) => row.map((seconds, to) => (from === to ? 77 : seconds)));
  const odd = { car: { durations: stay, distances: stay } };
  const bare = { id: 5, capacity: [4] };
  const fromJob = { vehicles: [{ ...bare, end_index: 0 }], jobs, matrices: odd };
  expect(routeOf(fromJob, bothJobs)).toMatchObject({ distance: 500, duration: 500 });
  const toJob = { vehicles: [{ ...bare, start_index: 0 }], jobs, matrices: odd };
  expect(routeOf(toJob, bothJobs)).toMatchObject({ distance: 300, duration: 300 });
});

test("a vehicle takes the time that a job has for its type, the usual time otherwise", () => {
  const timed = [
    { id: 1, location_index: 1, setup: 4, service: 20, service_per_type: { van: 200 } },
    { id: 2, location_index: 2, setup: 6, service: 30, setup_per_type: { van: 60, bus: 1 } },
  ];
  const times = (vehicle: Partial<Vehicle>) =>
    routeOf({ ...onLine(vehicle), jobs: timed }, bothJobs).steps.map(({ setup, service }) => [
      setup,
      service,
    ]);
  expect(times({ capacity: [], type: "van" }).slice(1, 3)).toEqual([
    [4, 200],
    [60, 30],
  ]);
  expect(times({ capacity: [], type: "bus" }).slice(1, 3)).toEqual([
    [4, 20],
    [1, 30],
  ]);
  expect(times({ capacity: [] }).slice(1, 3)).toEqual([
    [4, 20],
    [6, 30],
  ]);
});

test("a route costs by the task hour, set-up by type included and breaks not, and by the task", () => {
  const timed = jobs.map((job) => ({ ...job, service: 0, setup_per_type: { van: 450 } }));
  const document = onLine({
    type: "van",
    breaks: [{ id: 1, service: 900 }],
    costs: { per_hour: 0, per_task_hour: 40, per_task: 3 },
  });
  expect(routeOf({ ...document, jobs: timed }, bothJobs).cost).toBe((900 / 3600) * 40 + 2 * 3);
});

test("a job that leaves no time for a break is left out for it", () => {
  const breaks = [{ id: 9, service: 60, time_windows: [[200, 250]] as [number, number][] }];
  const unassigned = (service: number) => {
    const job = { id: 1, location_index: 1, service, time_windows: [[120, 120]] };
    return solve({ ...onLine({ time_window: [0, 1000], breaks }), jobs: [job] }).unassigned;
  };
  expect(unassigned(130)).toEqual([]);
  expect(unassigned(131)).toMatchObject([
    {
      id: 1,
      reason: "No vehicle takes it: breaks of vehicle 5 (a break finds no time or too much on board).",
    },
  ]);
});

const window = (length: number) =>
  fc.tuple(fc.nat(4000), fc.nat(length)).map(([from, span]): [number, number] => [from, from + span]);
const byType = fc.dictionary(fc.constantFrom("van", "bus"), fc.nat(500));
const places = 4;
const square = fc.array(fc.array(fc.nat(600), { minLength: places, maxLength: places }), {
  minLength: places,
  maxLength: places,
});

/** Problems in which every vehicle may have breaks and a type, and the distances within a place need not be 0. */
const mixed = fc
  .record({
    jobs: fc.array(
      fc.record(
        {
          location_index: fc.nat(places - 1),
          setup: fc.nat(50),
          service: fc.nat(200),
          delivery: fc.tuple(fc.nat(4)),
          pickup: fc.tuple(fc.nat(4)),
          setup_per_type: byType,
          service_per_type: byType,
          time_windows: fc.tuple(window(3000)),
        },
        { requiredKeys: ["location_index"] },
      ),
      { minLength: 1, maxLength: 7 },
    ),
    vehicles: fc.array(
      fc.record(
        {
          end_index: fc.nat(places - 1),
          capacity: fc.tuple(fc.integer({ min: 4, max: 14 })),
          start_index: fc.nat(places - 1),
          type: fc.constantFrom("van", "bus", "other"),
          time_window: window(9000),
          speed_factor: fc.constantFrom(0.7, 1.3, 2),
          breaks: fc.uniqueArray(
            fc.record(
              {
                id: fc.nat(9),
                service: fc.nat(300),
                time_windows: fc.tuple(window(3000)),
                max_load: fc.tuple(fc.nat(8)),
              },
              { requiredKeys: ["id"] },
            ),
            { selector: ({ id }) => id, minLength: 1, maxLength: 3 },
          ),
          costs: fc.record({ per_task_hour: fc.nat(900), per_task: fc.nat(50) }),
        },
        { requiredKeys: ["end_index", "capacity"] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    durations: square,
    distances: square,
  })
  .map(({ durations, distances, ...document }) => ({
    jobs: document.jobs.map((job, id) => ({ ...job, id })),
    vehicles: document.vehicles.map((vehicle, id) => ({ ...vehicle, id })),
    matrices: { car: { durations, distances } },
  }));

test("answers with breaks and types keep every rule of their document, and their steps add up", () => {
  let breaks = 0;
  fc.assert(
    fc.property(mixed, (document) => {
      const answer: VroomAnswer = JSON.parse(JSON.stringify(solve(document)));
      expect(checkDocument(document, answer)).toEqual([]);
      for (const route of answer.routes) {
        const { steps } = route;
        breaks += steps.filter(({ type }) => type === "break").length;
        steps.slice(1).forEach((step, index) => {
          const before = steps[index]!;
          const left = before.arrival + before.waiting_time + before.setup + before.service;
          expect(step.duration - before.duration).toBe(step.arrival - left);
          expect(step.distance).toBeGreaterThanOrEqual(before.distance!);
          if (step.type === "break") expect(step.load).toEqual(before.load);
        });
        expect(steps.at(-1)).toMatchObject({ duration: route.duration, distance: route.distance });
        expect(route.service).toBe(steps.reduce((sum, { service }) => sum + service, 0));
      }
    }),
    { numRuns: 200 },
  );
  // Without breaks in them the answers would say nothing.
  expect(breaks).toBeGreaterThan(20);
});
