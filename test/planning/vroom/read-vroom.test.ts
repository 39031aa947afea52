import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/domain/failure.ts";
import { readVroom } from "../../../src/planning/vroom/read-vroom.ts";
import { matrixOf } from "../../support/matrix-of.ts";
import { bend, fullProblem } from "../../support/vroom-problem.ts";

function refusal(document: unknown): Failure {
  try {
    readVroom(document);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("the document was read");
}

const step = (id: number) => ({ type: "job", id });

function example(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/vroom", name), "utf8"));
}

describe("a problem with every field", () => {
  const { problem } = readVroom(fullProblem());
  const { stops, vehicles, travel } = problem;

  test("gives the stops their places, amounts and times, in hundredths of a second for the speed factor's sake", () => {
    expect(problem.dimensions).toBe(2);
    expect(Array.from(stops.location)).toEqual([1, 2]);
    expect(Array.from(stops.delivery)).toEqual([2, 1, 1, 0]);
    expect(Array.from(stops.pickup)).toEqual([0, 1, 0, 0]);
    expect(Array.from(stops.setupSeconds)).toEqual([6000, 0]);
    expect(Array.from(stops.serviceSeconds)).toEqual([30_000, 0]);
    expect(Array.from(stops.windowOffset)).toEqual([0, 2, 2]);
    expect(Array.from(stops.windowStart)).toEqual([0, 360_000]);
    expect(Array.from(stops.windowEnd)).toEqual([180_000, 540_000]);
    expect(Array.from(stops.priority)).toEqual([30, 0]);
  });

  test("lets a vehicle serve a job when it has all of the job's skills", () => {
    expect(Array.from(stops.isAllowed)).toEqual([1, 0, 1, 1]);
  });

  test("gives the vehicles their ends, working hours and limits", () => {
    expect(Array.from(vehicles.startLocation)).toEqual([0, 0]);
    expect(Array.from(vehicles.endLocation)).toEqual([0, -1]);
    expect(Array.from(vehicles.capacity)).toEqual([10, 4, 2, 1]);
    expect(Array.from(vehicles.shiftEnd)).toEqual([720_000, Number.POSITIVE_INFINITY]);
    expect(Array.from(vehicles.maxStops)).toEqual([9, 2 ** 31 - 1]);
    expect(Array.from(vehicles.maxTravelSeconds)).toEqual([500_000, Number.POSITIVE_INFINITY]);
    expect(Array.from(vehicles.maxDistanceMeters)).toEqual([90_000, Number.POSITIVE_INFINITY]);
  });

  test("gives each profile its matrix, slowed down by the speed factor", () => {
    expect(Array.from(vehicles.profile)).toEqual([0, 1]);
    expect([0, 1].map((profile) => matrixOf({ travel }, profile).durationSeconds[1])).toEqual([8000, 30_000]);
    expect(matrixOf({ travel }).distanceMeters[1]).toBe(1000);
  });
});

test("the vectors, matrix and skills of VROOM's second example are read as documented", () => {
  const { problem, context } = readVroom(example("example-2.json"));
  expect(problem.dimensions).toBe(0);
  expect(context.jobs.map(({ id }) => id)).toEqual([1414, 1515]);
  expect(Array.from(problem.vehicles.endLocation)).toEqual([3]);
  expect(matrixOf(problem).durationSeconds[1]).toBe(2104);
});

describe("what VROOM reads in its own way", () => {
  const base = { vehicles: [{ id: 1, start_index: 0, capacity: [5] }], jobs: [{ id: 1, location_index: 1 }] };
  const matrices = {
    car: {
      durations: [
        [0, 5],
        [5, 0],
      ],
    },
  };

  test("the old keys matrix and amount stand for the durations of car and for delivery", () => {
    const jobs = [{ id: 1, location_index: 1, amount: [3] }];
    const { problem } = readVroom({ ...base, jobs, matrix: matrices.car.durations });
    expect(Array.from(problem.stops.delivery)).toEqual([3]);
    expect(matrixOf(problem).durationSeconds[1]).toBe(5);
  });

  test("amount is passed over beside delivery or pickup", () => {
    const jobs = [{ id: 1, location_index: 1, amount: [3], pickup: [2] }];
    const { problem } = readVroom({ ...base, jobs, matrices });
    expect([...problem.stops.delivery, ...problem.stops.pickup]).toEqual([0, 2]);
  });

  test("windows may come in any order", () => {
    const jobs = [
      {
        id: 1,
        location_index: 1,
        time_windows: [
          [50, 60],
          [10, 20],
        ],
      },
    ];
    const { problem } = readVroom({ ...base, jobs, matrices });
    expect(Array.from(problem.stops.windowStart)).toEqual([10, 50]);
  });

  test("fields that VROOM does not know pass", () => {
    const annotated = { ...base, matrices, comment: "ours", jobs: [{ ...base.jobs[0], colour: "red" }] };
    expect(readVroom(annotated).problem).toEqual(readVroom({ ...base, matrices }).problem);
  });

  test("without matrices, equal coordinates are one place and distances are great circles times 1.3", () => {
    const { problem } = readVroom({
      vehicles: [{ id: 1, start: [113, 23], end: [113, 23] }],
      jobs: [
        { id: 1, location: [113, 24] },
        { id: 2, location: [113, 24] },
      ],
    });
    expect(Array.from(problem.stops.location)).toEqual([1, 1]);
    const meters = matrixOf(problem).distanceMeters[1] ?? 0;
    // One degree of latitude is 111.195 km on a sphere of the Earth's mean radius.
    expect(meters / 1.3).toBeCloseTo(111_195, -1);
    expect(matrixOf(problem).durationSeconds[1]).toBe(Math.round(meters / (40 / 3.6)));
  });
});

const wholeNumberPaths = [
  "vehicles[0].id",
  "vehicles[0].start_index",
  "vehicles[0].end_index",
  "vehicles[0].capacity[1]",
  "vehicles[0].skills[0]",
  "vehicles[0].time_window[1]",
  "vehicles[0].max_tasks",
  "vehicles[0].max_travel_time",
  "vehicles[0].max_distance",
  "vehicles[0].costs.fixed",
  "vehicles[0].costs.per_hour",
  "vehicles[0].costs.per_km",
  "vehicles[0].costs.per_task_hour",
  "jobs[0].id",
  "jobs[1].location_index",
  "jobs[0].setup",
  "jobs[0].service",
  "jobs[0].delivery[1]",
  "jobs[0].pickup[0]",
  "jobs[0].skills[0]",
  "jobs[0].priority",
  "jobs[0].time_windows[1][0]",
  "matrices.car.durations[2][1]",
  "matrices.car.distances[0][2]",
];
const arrayPaths = [
  "vehicles",
  "vehicles[0].start",
  "vehicles[0].capacity",
  "vehicles[0].skills",
  "vehicles[0].time_window",
  "jobs",
  "jobs[0].location",
  "jobs[0].delivery",
  "jobs[0].pickup",
  "jobs[0].skills",
  "jobs[0].time_windows",
  "jobs[0].time_windows[0]",
  "matrices.car.durations",
  "matrices.bike.durations[1]",
];
const objectPaths = ["vehicles[1]", "vehicles[0].costs", "jobs[1]", "matrices", "matrices.car"];
const textPaths = ["vehicles[0].description", "vehicles[0].profile", "jobs[0].description"];
const numberPaths = ["vehicles[0].speed_factor", "vehicles[0].start[0]", "jobs[0].location[1]"];

const notNumbers = fc.constantFrom<unknown>(null, "3", true, {}, [4], "line\nbreak");
const notWhole = fc.oneof(notNumbers, fc.constantFrom(-1, 1.5, 1e300, 2 ** 53));
const notArrays = fc.constantFrom<unknown>(null, "x", 5, {}, false);
const notObjects = fc.constantFrom<unknown>(null, "x", 5, [], true);
const notTexts = fc.constantFrom<unknown>(null, 5, {}, [], false);

test("a field that holds the wrong thing is refused in one line that begins with its path", () => {
  const bent = fc.oneof(
    fc.tuple(fc.constantFrom(...wholeNumberPaths), notWhole),
    fc.tuple(fc.constantFrom(...arrayPaths), notArrays),
    fc.tuple(fc.constantFrom(...objectPaths), notObjects),
    fc.tuple(fc.constantFrom(...textPaths), notTexts),
    fc.tuple(fc.constantFrom(...numberPaths), notNumbers),
  );
  fc.assert(
    fc.property(bent, ([path, value]) => {
      const failure = refusal(bend(fullProblem(), path, value));
      expect(failure.code).toBe("invalid_input");
      expect(failure.details.fields).toEqual([path]);
      expect(failure.message.startsWith(`${path} takes `), failure.message).toBe(true);
      expect(failure.message).not.toContain("\n");
    }),
    { numRuns: 1000 },
  );
});

test("every field that must be there is missed by its path", () => {
  for (const path of [
    "vehicles",
    "vehicles[1].id",
    "vehicles[0].start_index",
    "jobs",
    "jobs[0].id",
    "jobs[1].location_index",
    "matrices.car.durations",
  ]) {
    const { message } = refusal(bend(fullProblem(), path, undefined));
    expect(message.startsWith(`${path} takes `), message).toBe(true);
    expect(message).toContain("it is missing");
  }
});

test.each<[string, string, unknown, string]>([
  [
    "an index beyond the matrix",
    "jobs[0].location_index",
    3,
    "jobs[0].location_index takes a whole number from 0 to 2",
  ],
  ["a priority above 100", "jobs[0].priority", 101, "jobs[0].priority takes a whole number from 0 to 100"],
  [
    "a speed factor above 5",
    "vehicles[0].speed_factor",
    5.1,
    "vehicles[0].speed_factor takes a number above 0",
  ],
  ["a speed factor of 0", "vehicles[0].speed_factor", 0, "vehicles[0].speed_factor takes a number above 0"],
  [
    "a window that ends before it starts",
    "jobs[0].time_windows[0]",
    [9, 8],
    "jobs[0].time_windows[0] takes a start",
  ],
  [
    "overlapping windows",
    "jobs[0].time_windows[1][0]",
    1800,
    "jobs[0].time_windows takes windows that do not",
  ],
  ["no window at all", "jobs[0].time_windows", [], "jobs[0].time_windows takes one [start, end] at least"],
  ["an amount of another length", "jobs[0].delivery", [1], "jobs[0].delivery takes 2 numbers like"],
  [
    "a capacity of another length",
    "vehicles[1].capacity",
    [1, 2, 3],
    "vehicles[1].capacity takes 2 numbers like",
  ],
  ["an identifier twice", "jobs[1].id", 11, "jobs[1].id is 11, which jobs[0] has already"],
  [
    "a matrix that is not square",
    "matrices.car.durations[1]",
    [1, 2],
    "matrices.car.durations[1] takes 3 numbers",
  ],
  ["matrices of two sizes", "matrices.car.distances", [[0]], "matrices.car.distances takes 3 rows like"],
  [
    "a profile without matrix",
    "vehicles[1].profile",
    "truck",
    'vehicles[1].profile is "truck", but matrices holds',
  ],
  ["no job", "jobs", [], "jobs takes one job at least"],
  ["no vehicle", "vehicles", [], "vehicles takes one vehicle at least"],
  ["no matrix", "matrices", {}, "vehicles[1].start takes [longitude, latitude]"],
  [
    "distances that are needed",
    "vehicles[1].max_distance",
    9,
    "matrices.bike.distances is needed for vehicles[1]",
  ],
  [
    "distances that cost",
    "vehicles[1].costs",
    { per_km: 1 },
    "matrices.bike.distances is needed for vehicles[1].costs",
  ],
  [
    "a step of no kind",
    "vehicles[1].steps",
    [{}],
    'vehicles[1].steps[0].type takes one of "start", "job", "pickup", "delivery", "break", "end", but it is missing',
  ],
  [
    "a start in the middle",
    "vehicles[1].steps",
    [step(11), { type: "start" }],
    "vehicles[1].steps[1] is a start",
  ],
  [
    "an end in the middle",
    "vehicles[1].steps",
    [{ type: "end" }, step(11)],
    "vehicles[1].steps[0] is an end",
  ],
  [
    "a step without a number",
    "vehicles[1].steps",
    [{ type: "job" }],
    "vehicles[1].steps[0].id takes a whole",
  ],
  [
    "a step of an unknown job",
    "vehicles[1].steps",
    [step(99)],
    "vehicles[1].steps[0].id is 99, but there is no such job",
  ],
  [
    "a step of an unknown pickup",
    "vehicles[1].steps",
    [{ type: "pickup", id: 11 }],
    "there is no such pickup",
  ],
  [
    "a job in two steps",
    "vehicles[1].steps",
    [step(11), step(12), step(11)],
    "vehicles[1].steps[2].id is 11, the job that vehicles[1].steps[0] has already",
  ],
  [
    "a break that the vehicle has not",
    "vehicles[1].steps",
    [{ type: "break", id: 3 }],
    "vehicles[1].steps[0].id is 3, but the vehicle has no such break",
  ],
  [
    "a time that is no number",
    "vehicles[1].steps",
    [{ ...step(11), service_after: "noon" }],
    "vehicles[1].steps[0].service_after takes a whole number",
  ],
  [
    "a service by type that is no time",
    "jobs[0].service_per_type",
    { van: 3, truck: -1 },
    "jobs[0].service_per_type.truck takes a whole number",
  ],
  [
    "a set-up for an empty type",
    "jobs[1].setup_per_type",
    { "": 3 },
    "jobs[1].setup_per_type takes vehicle types as its keys",
  ],
  ["times by type in a list", "jobs[1].setup_per_type", [3], "jobs[1].setup_per_type takes an object"],
  ["a type that is no text", "vehicles[1].type", 4, "vehicles[1].type takes a text"],
  ["a cost of a task below 0", "vehicles[0].costs.per_task", -1, "vehicles[0].costs.per_task takes a whole"],
  ["a vehicle twice", "vehicles[1].id", 7, "vehicles[1].id is 7, which vehicles[0] has already"],
  ["breaks that are no list", "vehicles[0].breaks", {}, "vehicles[0].breaks takes an array of breaks"],
  ["a break that is no object", "vehicles[0].breaks", [3], "vehicles[0].breaks[0] takes an object"],
  ["a break without id", "vehicles[0].breaks", [{}], "vehicles[0].breaks[0].id takes a whole number"],
  [
    "a break twice",
    "vehicles[0].breaks",
    [{ id: 1, time_windows: [[50, 60]] }, { id: 2 }, { id: 1, time_windows: [[0, 9]] }],
    "vehicles[0].breaks[2].id is 1, which vehicles[0].breaks[0] has already",
  ],
  [
    "a break without any window",
    "vehicles[0].breaks",
    [{ id: 1, time_windows: [] }],
    "vehicles[0].breaks[0].time_windows takes one [start, end] at least",
  ],
  [
    "windows of a break that overlap",
    "vehicles[1].breaks",
    [
      { id: 1 },
      {
        id: 2,
        time_windows: [
          [0, 50],
          [50, 60],
        ],
      },
    ],
    "vehicles[1].breaks[1].time_windows takes windows that do not overlap",
  ],
  [
    "a break of negative length",
    "vehicles[0].breaks",
    [{ id: 1, service: -5 }],
    "vehicles[0].breaks[0].service takes a whole number",
  ],
  [
    "a load on a break of another length",
    "vehicles[0].breaks",
    [{ id: 1, max_load: [1] }],
    "vehicles[0].breaks[0].max_load takes 2 numbers like the vehicle's capacity, not 1",
  ],
])("%s is refused by its path", (_, path, value, message) => {
  expect(refusal(bend(fullProblem(), path, value)).message).toContain(message);
});

test("empty lists of what is not supported pass", () => {
  const document = bend(bend(fullProblem(), "vehicles[0].breaks", []), "shipments", []);
  expect(readVroom(document).problem).toEqual(readVroom(fullProblem()).problem);
});

test("custom costs stand alone: a cost by the hour beside them is refused, one by the kilometer counts for nothing", () => {
  const costs = fullProblem().matrices.car.durations;
  const custom = bend(fullProblem(), "matrices.bike.costs", costs);
  const perKm = readVroom(bend(custom, "vehicles[1].costs", { per_km: 1 })).problem.vehicles;
  expect(perKm.costPerMeter).toEqual(readVroom(custom).problem.vehicles.costPerMeter);
  const perHour = bend(custom, "vehicles[1].costs", { per_hour: 1 });
  expect(refusal(perHour).message).toContain("costs.per_hour cannot be combined with matrices.bike.costs");
});

test("coordinates must be on Earth when distances come from them", () => {
  const problem = (location: unknown) => ({
    vehicles: [{ id: 1, start: [0, 0] }],
    jobs: [{ id: 1, location }],
  });
  expect(refusal(problem([113, 95])).message).toContain(
    "jobs[0].location takes [longitude, latitude] in degrees",
  );
  expect(refusal(problem(undefined)).message).toBe(
    "jobs[0].location takes [longitude, latitude], but it is missing.",
  );
  expect(refusal(problem([113])).message).toContain("jobs[0].location takes [longitude, latitude]");
});

test("a vehicle without start and end is refused", () => {
  const vehicles = [{ id: 1 }];
  expect(refusal({ vehicles, jobs: [{ id: 1, location: [0, 0] }] }).message).toBe(
    "vehicles[0] takes start or end, or both; it has neither.",
  );
});

test.each([[[]], ["text"], [null], [5]])("a document that is %j is refused", (document) => {
  expect(refusal(document).message).toContain("the problem takes an object");
});

test("the break of VROOM's first example is read, to be taken between two moments of its only window", () => {
  const { problem } = readVroom(example("example-1.json"));
  expect(problem.vehicles.breaks).toEqual([
    [],
    [{ windows: [[1_600_423_200, 1_600_425_000]], durationSeconds: 300 }],
  ]);
});

test("breaks come in the order of their first windows, in hundredths of a second for the speed factor's sake", () => {
  const breaks = [
    { id: 1, service: 9 },
    {
      id: 2,
      time_windows: [
        [70, 80],
        [20, 40],
      ],
      max_load: [3, 0],
    },
    { id: 3, time_windows: [[20, 30]] },
    { id: 4, time_windows: [[0, 100]] },
  ];
  const { problem, context } = readVroom(bend(fullProblem(), "vehicles[0].breaks", breaks));
  expect(context.vehicles[0]?.breaks.map(({ id }) => id)).toEqual([4, 1, 3, 2]);
  expect(problem.vehicles.breaks?.[0]).toEqual([
    { windows: [[0, 10_000]], durationSeconds: 0 },
    { windows: [[0, Number.POSITIVE_INFINITY]], durationSeconds: 900 },
    { windows: [[2000, 3000]], durationSeconds: 0 },
    {
      windows: [
        [2000, 4000],
        [7000, 8000],
      ],
      durationSeconds: 0,
      maximumLoad: [3, 0],
    },
  ]);
});

test("vehicles whose type a job names go by its times, all others by the times of every job", () => {
  const document = bend(fullProblem(), "vehicles[1].type", "bike");
  const timed = bend(
    bend(document, "jobs[0].service_per_type", { bike: 7, van: 1 }),
    "vehicles[0].type",
    "bus",
  );
  const { problem } = readVroom(bend(timed, "jobs[0].setup_per_type", { van: 1 }));
  expect(Array.from(problem.vehicles.serviceType ?? [])).toEqual([-1, 0]);
  expect(problem.serviceTables?.map((table) => Array.from(table.serviceSeconds))).toEqual([[700, 0]]);
  expect(problem.serviceTables?.map((table) => Array.from(table.setupSeconds))).toEqual([[6000, 0]]);
});

test("a profile's odd name is quoted, so that the message stays one line", () => {
  const matrices = { "my\ncar": { durations: [[-1]] } };
  expect(refusal({ ...fullProblem(), matrices }).message).toContain(
    'matrices["my\\ncar"].durations[0][0] takes a whole number',
  );
});
