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

/** What jobs and the steps of shipments have in common (API.md, Jobs and Shipments), defaults filled in. */
export type VroomTask = {
  id: number;
  description: string | undefined;
  place: VroomPlace;
  setupSeconds: number;
  serviceSeconds: number;
  /** What vehicles of a type take instead of the above. */
  setupByType: TimesByType;
  serviceByType: TimesByType;
  /** Ascending; none = any time. */
  windows: readonly VroomWindow[];
};

/** Who may serve a job or a shipment, and how important it is. */
export type VroomClaim = { skills: readonly number[]; priority: number };

/** A place to visit: a job, or the pickup or the delivery of a shipment. */
export type VroomJob = VroomTask &
  VroomClaim & {
    type: TaskType;
    /** One number for each dimension of the vehicles' capacity. */
    delivery: readonly number[];
    pickup: readonly number[];
  };

/** What the jobs must fit: the matrices' size, if there are any, and the length of the capacities. */
export type JobFrame = { matrixSize: number | undefined; dimensions: number };

const largestPriority = 100;

/** Reads `jobs`; no identifier may be there twice. */
export function readJobs(root: ObjectField, frame: JobFrame): VroomJob[] {
  const fields = elements(member(root, "jobs"), "an array of jobs");
  const jobs = fields.map((field) => readJob(asObject(field), frame));
  refuseTwice(member(root, "jobs"), jobs);
  return jobs;
}

function readJob(job: ObjectField, frame: JobFrame): VroomJob {
  return { type: "job", ...readTask(job, frame), ...readAmounts(job, frame.dimensions), ...readClaim(job) };
}

/** Reads what a job and a step of a shipment have in common. */
export function readTask(task: ObjectField, { matrixSize }: JobFrame): VroomTask {
  const names = { coordinates: "location", index: "location_index" };
  const id = identifier(member(task, "id"));
  return {
    id,
    description: optional(member(task, "description"), text, undefined),
    place: readPlace(task, names, matrixSize) ?? missingPlace(task, matrixSize),
    setupSeconds: optional(member(task, "setup"), (field) => wholeNumber(field), 0),
    serviceSeconds: optional(member(task, "service"), (field) => wholeNumber(field), 0),
    setupByType: optional(member(task, "setup_per_type"), readTimesByType, new Map()),
    serviceByType: optional(member(task, "service_per_type"), readTimesByType, new Map()),
    windows: optional(member(task, "time_windows"), readWindows, []),
  };
}

/** Reads what a job and a shipment have in common. */
export function readClaim(own: ObjectField): VroomClaim {
  return {
    skills: optional(member(own, "skills"), wholeNumbers, []),
    priority: optional(member(own, "priority"), (field) => wholeNumber(field, largestPriority), 0),
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

/** Reads an amount; none of anything where it is left out. */
export function readAmount(field: Field, dimensions: number): number[] {
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
