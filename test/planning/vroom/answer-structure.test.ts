import { expect, test } from "vitest";
import * as z from "zod";
import { search } from "../../../src/planning/search/search.ts";
import { checkPlan } from "../../../src/planning/vroom/check/check-plan.ts";
import { readVroom } from "../../../src/planning/vroom/read-vroom.ts";
import { createReasons } from "../../../src/planning/vroom/reason.ts";
import { writeVroom } from "../../../src/planning/vroom/write-vroom.ts";

/** VROOM's output as its document has it (API.md, Output), key by key; `reason` alone is ours. */
const whole = z.int().nonnegative();
const amount = z.array(z.int());
const position = z.tuple([z.number(), z.number()]);
const timed = z.strictObject({ cause: z.enum(["delay", "lead_time"]), duration: z.int().positive() });
const untimed = z.strictObject({
  cause: z.enum([
    "load",
    "max_tasks",
    "skills",
    "precedence",
    "missing_break",
    "max_travel_time",
    "max_load",
    "max_distance",
  ]),
});
const violations = z.array(z.union([timed, untimed]));
const sums = {
  cost: whole,
  setup: whole,
  service: whole,
  duration: whole,
  waiting_time: whole,
  priority: whole,
  violations,
};

/** With capacities there are amounts, with distances there are these. */
type Kind = { hasCapacity: boolean; hasDistances: boolean; isPlan?: boolean };

function answerOf({ hasCapacity, hasDistances, isPlan = false }: Kind) {
  const amounts = hasCapacity ? { delivery: amount, pickup: amount, amount } : {};
  const distance = hasDistances ? { distance: whole } : {};
  const load = hasCapacity ? { load: amount } : {};
  const broken = isPlan ? {} : { violations: z.tuple([]) };
  const place = { location: position.optional(), location_index: whole.optional() };
  const still = { setup: whole, service: whole, waiting_time: whole, arrival: whole, duration: whole };
  const common = { ...still, ...load, ...distance, violations, ...broken };
  const named = { id: whole, description: z.string().optional() };
  const step = z.discriminatedUnion("type", [
    z.strictObject({ type: z.enum(["start", "end"]), ...place, ...common }),
    z.strictObject({
      type: z.enum(["job", "pickup", "delivery"]),
      ...named,
      job: whole,
      ...place,
      ...common,
    }),
    z.strictObject({ type: z.literal("break"), ...named, ...common }),
  ]);
  return z.strictObject({
    code: z.literal(0),
    summary: z.strictObject({
      ...sums,
      ...amounts,
      ...distance,
      ...broken,
      routes: whole,
      unassigned: whole,
      computing_times: z.strictObject({ loading: whole, solving: whole, routing: whole }),
    }),
    unassigned: z.array(
      z.strictObject({ type: z.enum(["job", "pickup", "delivery"]), ...named, ...place, reason: z.string() }),
    ),
    routes: z.array(
      z.strictObject({
        vehicle: whole,
        description: z.string().optional(),
        ...sums,
        ...amounts,
        ...distance,
        ...broken,
        steps: z.array(step).min(2),
      }),
    ),
  });
}

const computingTimes = { loading: 1, solving: 2, routing: 0 };

function solve(document: object) {
  const { problem, context } = readVroom(document);
  const solution = search(problem, { seed: 1, iterations: 300, now: () => 0 });
  const reasonOf = createReasons({ problem, context }, solution);
  return writeVroom({ problem, context, solution, computingTimes, reasonOf });
}

const depot: [number, number] = [113.26, 23.13];
const shift = [1_763_600_000, 1_763_630_000];

/** As clients of a routing engine write it: places alone, skills, windows, breaks and shipments. */
const town = {
  vehicles: [
    {
      id: 1,
      profile: "driving-car",
      description: "van 1",
      start: depot,
      end: depot,
      capacity: [6],
      skills: [1, 14],
      time_window: shift,
      breaks: [{ id: 9, description: "tea", service: 600, time_windows: [[1_763_610_000, 1_763_614_000]] }],
    },
    { id: 2, start: depot, capacity: [3], skills: [14], time_window: shift },
  ],
  jobs: [
    { id: 1, location: [113.3, 23.1], service: 300, delivery: [2], skills: [1], description: "school" },
    { id: 2, location: [113.22, 23.16], service: 300, pickup: [1], priority: 40 },
    {
      id: 3,
      location: [113.25, 23.2],
      service: 300,
      amount: [2],
      time_windows: [[1_763_605_000, 1_763_609_000]],
    },
    { id: 4, location: [113.4, 23.3], delivery: [9], description: "too much" },
  ],
  shipments: [
    {
      amount: [1],
      skills: [14],
      pickup: { id: 7, service: 120, location: [113.31, 23.14] },
      delivery: { id: 7, service: 120, location: [113.27, 23.18], description: "to the clinic" },
    },
  ],
  options: { g: false },
};

/** As clients with matrices of their own write it, without capacities. */
const grid = {
  vehicles: [
    { id: 0, start_index: 0, end_index: 3 },
    { id: 1, start_index: 3, description: "spare", costs: { fixed: 9000 } },
  ],
  jobs: [
    { id: 21, location_index: 1, location: [5, 50] },
    { id: 22, location_index: 2, setup: 30, service: 60 },
  ],
  matrices: {
    car: {
      durations: [
        [0, 700, 90, 410],
        [710, 0, 640, 980],
        [90, 650, 0, 330],
        [400, 990, 320, 0],
      ],
    },
  },
};

test("an answer by places has the keys of VROOM's, and no other", () => {
  const answer = solve(town);
  expect(() => answerOf({ hasCapacity: true, hasDistances: true }).parse(answer)).not.toThrow();
  const types = new Set(answer.routes.flatMap(({ steps }) => steps.map(({ type }) => type)));
  expect(types).toEqual(new Set(["start", "job", "pickup", "delivery", "break", "end"]));
  expect(answer.unassigned).toMatchObject([
    { id: 4, type: "job", description: "too much", location: [113.4, 23.3] },
  ]);
  expect(answer.summary).toMatchObject({ unassigned: 1, priority: 40, delivery: [5], pickup: [2] });
});

test("an answer by matrices has them too, but for what the document does not ask for", () => {
  const answer = solve(grid);
  expect(() => answerOf({ hasCapacity: false, hasDistances: false }).parse(answer)).not.toThrow();
  expect(answer.routes[0]?.steps[0]).toMatchObject({ type: "start", location_index: 0 });
  const job = answer.routes[0]?.steps.find(({ id }) => id === 21);
  expect(job).toMatchObject({ job: 21, location: [5, 50], location_index: 1 });
});

test("a checked plan has them too, with what it violates", () => {
  const [first, second] = town.vehicles;
  const steps = [
    { type: "start", service_at: 1_763_599_000 },
    { type: "pickup", id: 7 },
    { type: "job", id: 4 },
    { type: "job", id: 3, service_after: 1_763_620_000 },
    { type: "break", id: 9 },
    { type: "end" },
  ];
  const plan = { ...town, vehicles: [{ ...first, steps, max_tasks: 1, max_travel_time: 60 }, second] };
  const answer = checkPlan(readVroom(plan), computingTimes);
  expect(() => answerOf({ hasCapacity: true, hasDistances: true, isPlan: true }).parse(answer)).not.toThrow();
  expect(answer.summary.violations.map(({ cause }) => cause)).toEqual([
    ...["lead_time", "delay", "load", "max_tasks", "precedence", "max_travel_time"],
  ]);
});

test("the check of keys finds one too many and one too few", () => {
  const { summary, ...rest } = solve(grid);
  const schema = answerOf({ hasCapacity: false, hasDistances: false });
  expect(schema.safeParse({ ...rest, summary: { ...summary, distance: 3 } }).success).toBe(false);
  const { waiting_time: _, ...short } = summary;
  expect(schema.safeParse({ ...rest, summary: short }).success).toBe(false);
});
