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
  text,
  wholeNumber,
  wholeNumbers,
} from "./fields.ts";
import { readPlace, type VroomPlace } from "./places.ts";
import { readWindows, type VroomWindow } from "./windows.ts";

/** A place to visit (API.md, Jobs), defaults filled in. */
export type VroomJob = {
  id: number;
  description: string | undefined;
  place: VroomPlace;
  setupSeconds: number;
  serviceSeconds: number;
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
  const seen = new Map<number, number>();
  jobs.forEach(({ id }, index) => {
    const first = seen.get(id);
    if (first !== undefined) refusePath(`jobs[${index}].id`, `is ${id}, which jobs[${first}] has already`);
    seen.set(id, index);
  });
  return jobs;
}

function readJob(job: ObjectField, { matrixSize, dimensions }: JobFrame): VroomJob {
  const names = { coordinates: "location", index: "location_index" };
  const id = identifier(member(job, "id"));
  refuseTimesByType(job);
  return {
    id,
    description: optional(member(job, "description"), text, undefined),
    place: readPlace(job, names, matrixSize) ?? missingPlace(job, matrixSize),
    setupSeconds: optional(member(job, "setup"), (field) => wholeNumber(field), 0),
    serviceSeconds: optional(member(job, "service"), (field) => wholeNumber(field), 0),
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

function refuseTimesByType(job: ObjectField): void {
  for (const name of ["setup_per_type", "service_per_type"]) {
    const field = member(job, name);
    if (!isPresent(field) || Object.keys(asObject(field).value).length === 0) continue;
    refusePath(field.path, "is not supported yet: the times of a job are the same for every vehicle");
  }
}
