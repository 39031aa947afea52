import fc from "fast-check";
import { expect, test } from "vitest";
import { search } from "../../../src/planning/search/search.ts";
import { checkPlan } from "../../../src/planning/vroom/check/check-plan.ts";
import { initialRoutes } from "../../../src/planning/vroom/given-routes.ts";
import { readVroom } from "../../../src/planning/vroom/read-vroom.ts";
import { createReasons, writeReason } from "../../../src/planning/vroom/reason.ts";
import { writeVroom } from "../../../src/planning/vroom/write-vroom.ts";
import { checkVroomAnswer, type PlainProblem } from "../../support/check-vroom-answer.ts";

function solve(document: unknown, iterations = 300) {
  const { problem, context, given } = readVroom(document);
  const initial = initialRoutes(problem, given);
  const start = initial.length > 0 ? { initial } : {};
  const solution = search(problem, { seed: 1, iterations, now: () => 0, ...start });
  const computingTimes = { loading: 0, solving: 0, routing: 0 };
  const reasonOf = createReasons({ problem, context }, solution);
  return writeVroom({ problem, context, solution, computingTimes, reasonOf });
}

const places = 5;
const square = (largest: number) =>
  fc.array(fc.array(fc.nat(largest), { minLength: places, maxLength: places }), {
    minLength: places,
    maxLength: places,
  });
const amount = (largest: number) => fc.tuple(fc.nat(largest), fc.nat(largest));
const window = (length: number) =>
  fc.tuple(fc.nat(5000), fc.nat(length)).map(([from, span]): [number, number] => [from, from + span]);

const plainProblem: fc.Arbitrary<PlainProblem> = fc
  .record({
    jobs: fc.array(
      fc.record({
        location_index: fc.nat(places - 1),
        setup: fc.nat(50),
        service: fc.nat(400),
        delivery: amount(4),
        pickup: amount(4),
        skills: fc.subarray([1, 2]),
        priority: fc.constantFrom(0, 0, 50, 100),
        time_windows: window(4000).map((single) => [single]),
      }),
      { minLength: 1, maxLength: 10 },
    ),
    vehicles: fc.array(
      fc.record({
        start_index: fc.nat(places - 1),
        end_index: fc.nat(places - 1),
        capacity: amount(12),
        skills: fc.subarray([1, 2, 3]),
        time_window: window(9000),
        speed_factor: fc.constantFrom(1, 1, 2, 0.8, 1.5),
        max_tasks: fc.integer({ min: 1, max: 6 }),
        max_travel_time: fc.integer({ min: 500, max: 5000 }),
        max_distance: fc.integer({ min: 500, max: 9000 }),
        costs: fc.record({
          fixed: fc.nat(500),
          per_hour: fc.nat(7200),
          per_km: fc.nat(100),
          per_task_hour: fc.nat(100),
        }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    durations: square(900),
    distances: square(2000),
  })
  .map(({ jobs, vehicles, durations, distances }) => ({
    jobs: jobs.map((job, id) => ({ id, ...job })),
    vehicles: vehicles.map((vehicle, id) => ({ id, ...vehicle })),
    matrices: { car: { durations, distances } },
  }));

test("every answer keeps every rule of its document, and tells why for each job left out", () => {
  fc.assert(
    fc.property(plainProblem, (document) => {
      const answer = solve(document);
      expect(checkVroomAnswer(document, answer)).toEqual([]);
      for (const { reason } of answer.unassigned) expect(reason).toMatch(/^No vehicle takes it: .+\.$/);
    }),
    { numRuns: 150 },
  );
});

/** The document with the routes of an answer in its vehicles' steps. */
function withSteps(document: PlainProblem, { routes }: ReturnType<typeof solve>): PlainProblem {
  const stepsOf = (id: number) => routes.find(({ vehicle }) => vehicle === id)?.steps ?? [];
  const vehicles = document.vehicles.map((vehicle) => ({
    ...vehicle,
    steps: stepsOf(vehicle.id).map(({ type, id }) => ({ type, ...(id === undefined ? {} : { id }) })),
  }));
  return { ...document, vehicles };
}

test("an answer that a search begins with is kept or bettered, and violates nothing when it is checked", () => {
  fc.assert(
    fc.property(plainProblem, (document) => {
      const first = solve(document, 5);
      const planned = withSteps(document, first);
      const again = solve(planned, 1).summary;
      const { priority, unassigned, cost } = first.summary;
      const more = again.priority - priority || unassigned - again.unassigned;
      expect(more).toBeGreaterThanOrEqual(0);
      // Each route's cost is rounded by itself.
      if (more === 0) expect(again.cost).toBeLessThanOrEqual(cost + document.vehicles.length);
      const checked = checkPlan(readVroom(planned), first.summary.computing_times);
      expect(checked.summary.violations).toEqual([]);
      expect(checked.summary.unassigned).toBe(unassigned);
      expect(Math.abs(checked.summary.cost - cost)).toBeLessThanOrEqual(document.vehicles.length);
    }),
    { numRuns: 100 },
  );
});

test("what the time was too short to look at is told, not guessed", () => {
  const { problem, context } = readVroom({
    vehicles: [
      { ...depot, max_travel_time: 20 },
      { ...depot, id: 2, skills: [1] },
    ],
    jobs: [
      { id: 1, location_index: 1 },
      { id: 2, location_index: 2, skills: [1], time_windows: [[0, 5]] },
      { id: 3, location_index: 1, skills: [1], time_windows: [[0, 10]] },
    ],
    matrix,
  });
  const routes = [{ vehicle: 1, stops: [2] }];
  const reasonOf = createReasons({ problem, context }, { routes }, () => false);
  expect(reasonOf(1)).toMatch(/^No vehicle takes it: skills of vehicle 1/);
  expect(writeReason(context, { obstacles: [], unexamined: [0, 1] })).toBe(
    "The time was too short to find out why: 2 of 2 vehicles were not examined.",
  );
});

const depot = { id: 1, start_index: 0, end_index: 0 };
const matrix = [
  [0, 10, 500],
  [10, 0, 500],
  [500, 500, 0],
];

test("more priority served comes before more jobs, and more jobs before lower cost", () => {
  const job = (id: number, location_index: number, delivery: number, priority = 0) => ({
    id,
    location_index,
    delivery: [delivery],
    priority,
  });
  const served = (jobs: object[]) =>
    solve({ vehicles: [{ ...depot, capacity: [2] }], jobs, matrix }).routes.flatMap(({ steps }) =>
      steps.flatMap(({ id }) => id ?? []),
    );
  expect(served([job(1, 1, 1), job(2, 1, 1), job(3, 2, 2, 5)])).toEqual([3]);
  expect(served([job(1, 1, 2), job(2, 2, 1), job(3, 2, 1)]).sort()).toEqual([2, 3]);
  expect(served([job(1, 1, 2), job(2, 2, 2)])).toEqual([1]);
});

test.each([
  ["a skill", { skills: [9] }, "No vehicle takes it: skills of vehicle 1 (a skill is missing)."],
  [
    "room in the vehicle",
    { delivery: [7] },
    "No vehicle takes it: capacity of vehicle 1 (the job needs 7 of capacity[0], the vehicle takes 2).",
  ],
  [
    "time",
    { time_windows: [[0, 5]] },
    "No vehicle takes it: time_windows of vehicle 1 (5 seconds too late).",
  ],
])("a job that misses %s is left out with that reason", (_, change, reason) => {
  const document = {
    vehicles: [{ ...depot, capacity: [2] }],
    jobs: [{ id: 1, location_index: 1, ...change }],
    matrix,
  };
  expect(solve(document).unassigned).toEqual([{ id: 1, type: "job", location_index: 1, reason }]);
});

test("a job that a vehicle could still take is not said to be impossible", () => {
  const { context } = readVroom({ vehicles: [depot], jobs: [{ id: 1, location_index: 1 }], matrix });
  expect(writeReason(context, { obstacles: [], unexamined: [] })).toBe(
    "A vehicle has room for it, but the search ended before it found that; search longer.",
  );
});
