import {
  asObject,
  elements,
  type Field,
  identifier,
  isPresent,
  member,
  type ObjectField,
  optional,
  refuse,
  refusePath,
  refuseTwice,
  text,
  wholeNumber,
  wholeNumbers,
} from "./fields.ts";
import { readPlace, type VroomPlace } from "./places.ts";
import { readWindows, type VroomWindow } from "./windows.ts";

/** What a vehicle is sent for: "a task is either a job, a pickup or a delivery" (API.md). */
export type TaskType = "job" | "pickup" | "delivery";

/** Seconds by vehicle type. */
export type TimesByType = ReadonlyMap<string, number>;

/** A place to visit (API.md, Jobs), defaults filled in. */
export type VroomJob = {
  type: TaskType;
  id: number;
  description: string | undefined;
  place: VroomPlace;
  setupSeconds: number;
  serviceSeconds: number;
  /** What vehicles of a type take instead of the above. */
  setupByType: TimesByType;
  serviceByType: TimesByType;
  /** One number for each dimension of the vehicles' capacity. */
  delivery: readonly number[];
  pickup: readonly number[];
  skills: readonly number[];
  priority: number;
  /** Ascending; none = any time. */
  windows: readonly VroomWindow[];
};

/** What the jobs must fit: the matrices' size, if there are any, and the length of the capacities. */
export type JobFrame = { matrixSize: number | undefined; dimensions: number };

const largestPriority = 100;

/** Reads `jobs`; there must be one at least, and no identifier twice. */
export function readJobs(root: ObjectField, frame: JobFrame): VroomJob[] {
  const fields = elements(member(root, "jobs"), "an array of jobs");
  if (fields.length === 0) refuse(member(root, "jobs"), "one job at least");
  const jobs = fields.map((field) => readJob(asObject(field), frame));
  refuseTwice(member(root, "jobs"), jobs);
  return jobs;
}

function readJob(job: ObjectField, { matrixSize, dimensions }: JobFrame): VroomJob {
  const names = { coordinates: "location", index: "location_index" };
  const id = identifier(member(job, "id"));
  return {
    type: "job",
    id,
    description: optional(member(job, "description"), text, undefined),
    place: readPlace(job, names, matrixSize) ?? missingPlace(job, matrixSize),
    setupSeconds: optional(member(job, "setup"), (field) => wholeNumber(field), 0),
    serviceSeconds: optional(member(job, "service"), (field) => wholeNumber(field), 0),
    setupByType: optional(member(job, "setup_per_type"), readTimesByType, new Map()),
    serviceByType: optional(member(job, "service_per_type"), readTimesByType, new Map()),
    ...readAmounts(job, dimensions),
    skills: optional(member(job, "skills"), wholeNumbers, []),
    priority: optional(member(job, "priority"), (field) => wholeNumber(field, largestPriority), 0),
    windows: optional(member(job, "time_windows"), readWindows, []),
  };
}

function missingPlace(job: ObjectField, matrixSize: number | undefined): never {
  return matrixSize === undefined
    ? refuse(member(job, "location"), "[longitude, latitude]")
    : refuse(member(job, "location_index"), `a whole number from 0 to ${matrixSize - 1}`);
}

/** The old `amount` counts as delivery where a job has neither delivery nor pickup, as VROOM reads it. */
function readAmounts(job: ObjectField, dimensions: number) {
  const delivery = member(job, "delivery");
  const pickup = member(job, "pickup");
  const isOldStyle = !isPresent(delivery) && !isPresent(pickup);
  return {
    delivery: readAmount(isOldStyle ? member(job, "amount") : delivery, dimensions),
    pickup: readAmount(pickup, dimensions),
  };
}

function readAmount(field: Field, dimensions: number): number[] {
  const amount = optional(field, wholeNumbers, Array<number>(dimensions).fill(0));
  if (amount.length === dimensions) return amount;
  return refusePath(
    field.path,
    `takes ${dimensions} numbers like vehicles[0].capacity, not ${amount.length}`,
  );
}

function readTimesByType(field: Field): TimesByType {
  const times = asObject(field);
  const types = Object.keys(times.value);
  if (types.includes("")) refusePath(field.path, "takes vehicle types as its keys, but one of them is empty");
  return new Map(types.map((type) => [type, wholeNumber(member(times, type))]));
}
