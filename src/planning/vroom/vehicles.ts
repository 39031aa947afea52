import { readBreaks, type VroomBreak } from "./breaks.ts";
import {
  asObject,
  elements,
  type Field,
  identifier,
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
import { defaultProfile, type GivenMatrices, type GivenMatrix, smallestSize } from "./matrices.ts";
import { readPlace, type VroomPlace } from "./places.ts";
import { readSteps, type VroomStepRequest } from "./steps.ts";
import { readWindow, type VroomWindow } from "./windows.ts";

/** What a vehicle costs, in VROOM's units (API.md, Vehicles); a cost of each task is ours. */
export type VroomCosts = {
  fixed: number;
  perHour: number;
  perTaskHour: number;
  perTask: number;
  perKm: number;
};

/** Who can visit (API.md, Vehicles), defaults filled in; an undefined limit is none. */
export type VroomVehicle = {
  id: number;
  description: string | undefined;
  profile: string;
  /** What the jobs' times by type go by; empty for none. */
  type: string;
  start: VroomPlace | undefined;
  end: VroomPlace | undefined;
  capacity: readonly number[];
  costs: VroomCosts;
  skills: readonly number[];
  window: VroomWindow | undefined;
  /** In the order in which they are taken. */
  breaks: readonly VroomBreak[];
  /** The route that the document gives it, with start and end; empty for none. */
  steps: readonly VroomStepRequest[];
  /** Above 0, at most 5; travel times are divided by it. */
  speedFactor: number;
  maxTasks: number | undefined;
  maxTravelSeconds: number | undefined;
  maxDistanceMeters: number | undefined;
};

/** Per hour of travel when a vehicle has no costs: a cost of 1 a second. */
const defaultCostPerHour = 3600;
const fastest = 5;

/** Reads `vehicles`; there must be one at least, no identifier twice, and all with capacities of one length. */
export function readVehicles(root: ObjectField, matrices: GivenMatrices | undefined): VroomVehicle[] {
  const fields = elements(member(root, "vehicles"), "an array of vehicles");
  if (fields.length === 0) refuse(member(root, "vehicles"), "one vehicle at least");
  const vehicles = fields.map((field) => readVehicle(asObject(field), matrices));
  refuseTwice(member(root, "vehicles"), vehicles);
  const dimensions = vehicles[0]?.capacity.length ?? 0;
  vehicles.forEach(({ capacity }, index) => {
    if (capacity.length === dimensions) return;
    const path = `vehicles[${index}].capacity`;
    refusePath(path, `takes ${dimensions} numbers like vehicles[0].capacity, not ${capacity.length}`);
  });
  return vehicles;
}

function readVehicle(vehicle: ObjectField, matrices: GivenMatrices | undefined): VroomVehicle {
  const id = identifier(member(vehicle, "id"));
  const profile = optional(member(vehicle, "profile"), text, "") || defaultProfile;
  const costs = optional(member(vehicle, "costs"), (field) => readCosts(asObject(field)), readCosts(noCosts));
  const limits = readLimits(vehicle);
  const capacity = optional(member(vehicle, "capacity"), wholeNumbers, []);
  const breaks = optional(member(vehicle, "breaks"), (field) => readBreaks(field, capacity.length), []);
  refuseRivals(vehicle, costs, matrices?.get(profile));
  return {
    id,
    description: optional(member(vehicle, "description"), text, undefined),
    profile,
    ...readEnds(vehicle, matrices && (matrices.get(profile)?.size ?? smallestSize(matrices))),
    type: optional(member(vehicle, "type"), text, ""),
    capacity,
    costs,
    skills: optional(member(vehicle, "skills"), wholeNumbers, []),
    window: optional(member(vehicle, "time_window"), readWindow, undefined),
    breaks,
    steps: optional(member(vehicle, "steps"), (field) => readSteps(field, breaks), []),
    speedFactor: optional(member(vehicle, "speed_factor"), readSpeedFactor, 1),
    ...limits,
  };
}

const noCosts: ObjectField = { value: {}, path: "costs" };

function readCosts(costs: ObjectField): VroomCosts {
  const cost = (name: string, fallback: number) =>
    optional(member(costs, name), (field) => wholeNumber(field), fallback);
  return {
    fixed: cost("fixed", 0),
    perHour: cost("per_hour", defaultCostPerHour),
    perTaskHour: cost("per_task_hour", 0),
    perTask: cost("per_task", 0),
    perKm: cost("per_km", 0),
  };
}

function readLimits(vehicle: ObjectField) {
  const limit = (name: string) => optional(member(vehicle, name), (field) => wholeNumber(field), undefined);
  return {
    maxTasks: limit("max_tasks"),
    maxTravelSeconds: limit("max_travel_time"),
    maxDistanceMeters: limit("max_distance"),
  };
}

function readEnds(vehicle: ObjectField, matrixSize: number | undefined) {
  const start = readPlace(vehicle, { coordinates: "start", index: "start_index" }, matrixSize);
  const end = readPlace(vehicle, { coordinates: "end", index: "end_index" }, matrixSize);
  if (start || end) return { start, end };
  const names = matrixSize === undefined ? "start or end" : "start_index or end_index";
  return refusePath(vehicle.path, `takes ${names}, or both; it has neither`);
}

function readSpeedFactor(field: Field): number {
  const { value } = field;
  const isFactor = typeof value === "number" && value > 0 && value <= fastest;
  return isFactor ? value : refuse(field, `a number above 0 and up to ${fastest}`);
}

/** A custom cost matrix is all that travel costs: a cost by the hour is refused beside it, as in VROOM. */
function refuseRivals(vehicle: ObjectField, costs: VroomCosts, matrix: GivenMatrix | undefined): void {
  if (!matrix?.costs || costs.perHour === defaultCostPerHour) return;
  refusePath(`${vehicle.path}.costs.per_hour`, `cannot be combined with ${matrix.path}.costs`);
}
