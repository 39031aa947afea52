import type { KnownTravel } from "../../domain/travel.ts";
import type { Problem, ServiceTable, StopTable, VehicleBreak, VehicleTable } from "../problem.ts";
import type { VroomBreak } from "./breaks.ts";
import type { GivenRoute } from "./given-routes.ts";
import type { VroomJob } from "./jobs.ts";
import type { GivenMatrices } from "./matrices.ts";
import { buildTravel, type VroomTravel } from "./travel.ts";
import type { VroomVehicle } from "./vehicles.ts";

/** What a solution of the problem is written with. */
export type VroomContext = {
  jobs: VroomJob[];
  vehicles: VroomVehicle[];
  travel: VroomTravel;
  /** Length of all amounts. */
  dimensions: number;
  /** Planner's cost units in one of VROOM's. */
  costScale: number;
};

/** What a document is made of. */
export type VroomDocument = {
  jobs: VroomJob[];
  vehicles: VroomVehicle[];
  matrices: GivenMatrices | undefined;
  dimensions: number;
  /** The routes that it gives its vehicles. */
  given: GivenRoute[];
};

/** Costs are counted in 360,000ths, as VROOM counts them, so that all of them are whole numbers. */
const costScale = 360_000;
/** A cost of 1 an hour, by the second, and of 1 a kilometer, by the meter, in those units. */
const unitsPerSecond = costScale / 3600;
const unitsPerMeter = costScale / 1000;

const unlimited = Number.POSITIVE_INFINITY;
const unlimitedStops = 2 ** 31 - 1;

/** The planner's problem for a document, and what its solution is written with. */
export function buildVroomProblem(
  document: VroomDocument,
  known?: KnownTravel,
): { problem: Problem; context: VroomContext } {
  const { jobs, vehicles, dimensions } = document;
  const travel = buildTravel(document, known);
  const problem: Problem = {
    dimensions,
    stops: buildStops(document, travel),
    vehicles: buildVehicles(document, travel),
    travel: travel.travel,
    objective: "cost",
    serviceTables: buildServiceTables(document, travel),
  };
  return { problem, context: { jobs, vehicles, travel, dimensions, costScale } };
}

function buildStops({ jobs, vehicles }: VroomDocument, { indexOf, timeScale }: VroomTravel): StopTable {
  const windows = jobs.flatMap((job) => job.windows);
  const windowOffset = new Int32Array(jobs.length + 1);
  jobs.forEach((job, stop) => {
    windowOffset[stop + 1] = (windowOffset[stop] ?? 0) + job.windows.length;
  });
  return {
    count: jobs.length,
    location: Int32Array.from(jobs, ({ place }) => indexOf(place)),
    delivery: Float64Array.from(jobs.flatMap(({ delivery }) => delivery)),
    pickup: Float64Array.from(jobs.flatMap(({ pickup }) => pickup)),
    serviceSeconds: Float64Array.from(jobs, ({ serviceSeconds }) => serviceSeconds * timeScale),
    setupSeconds: Float64Array.from(jobs, ({ setupSeconds }) => setupSeconds * timeScale),
    windowOffset,
    windowStart: Float64Array.from(windows, ([start]) => start * timeScale),
    windowEnd: Float64Array.from(windows, ([, end]) => end * timeScale),
    priority: Float64Array.from(jobs, priorityOf),
    lockedPosition: new Int32Array(jobs.length),
    isAllowed: allowBySkills(jobs, vehicles),
    ...(jobs.some(({ type }) => type === "delivery") && { pickupOf: Int32Array.from(jobs, pickupOf) }),
  };
}

/** VROOM sums priorities over tasks, so that of a shipment counts for its pickup and for its delivery. */
function priorityOf({ type, priority }: VroomJob): number {
  if (type === "job") return priority;
  return type === "pickup" ? 2 * priority : 0;
}

/** The delivery of a shipment stands right behind its pickup. */
function pickupOf({ type }: VroomJob, stop: number): number {
  return type === "delivery" ? stop - 1 : -1;
}

/** The vehicle types that a job has times for, each once; the service tables stand in their order. */
function typesOf({ jobs, vehicles }: VroomDocument): string[] {
  const named = new Set(jobs.flatMap((job) => [...job.setupByType.keys(), ...job.serviceByType.keys()]));
  return [...new Set(vehicles.map(({ type }) => type))].filter((type) => named.has(type));
}

/** What the jobs take on vehicles of each type (API.md, Task times per vehicle type). */
function buildServiceTables(document: VroomDocument, { timeScale }: VroomTravel): ServiceTable[] {
  const { jobs } = document;
  return typesOf(document).map((type) => ({
    serviceSeconds: Float64Array.from(
      jobs,
      ({ serviceByType, serviceSeconds }) => (serviceByType.get(type) ?? serviceSeconds) * timeScale,
    ),
    setupSeconds: Float64Array.from(
      jobs,
      ({ setupByType, setupSeconds }) => (setupByType.get(type) ?? setupSeconds) * timeScale,
    ),
  }));
}

/** A vehicle may serve a job when it has all of the job's skills (API.md, Skills). */
function allowBySkills(jobs: VroomJob[], vehicles: VroomVehicle[]): Uint8Array {
  const isAllowed = new Uint8Array(jobs.length * vehicles.length);
  const skillSets = vehicles.map(({ skills }) => new Set(skills));
  jobs.forEach(({ skills }, stop) => {
    const row = skillSets.map((held) => (skills.every((skill) => held.has(skill)) ? 1 : 0));
    isAllowed.set(row, stop * vehicles.length);
  });
  return isAllowed;
}

function buildVehicles(document: VroomDocument, travel: VroomTravel): VehicleTable {
  const { vehicles } = document;
  const { indexOf, timeScale } = travel;
  const types = typesOf(document);
  return {
    count: vehicles.length,
    capacity: Float64Array.from(vehicles.flatMap(({ capacity }) => capacity)),
    startLocation: Int32Array.from(vehicles, ({ start }) => (start ? indexOf(start) : -1)),
    endLocation: Int32Array.from(vehicles, ({ end }) => (end ? indexOf(end) : -1)),
    shiftStart: Float64Array.from(vehicles, ({ window }) => (window ? window[0] * timeScale : 0)),
    shiftEnd: Float64Array.from(vehicles, ({ window }) => (window ? window[1] * timeScale : unlimited)),
    ...buildCosts(vehicles, travel),
    ...buildLimits(vehicles, travel),
    profile: Int32Array.from(travel.profileOf),
    serviceType: Int32Array.from(vehicles, ({ type }) => types.indexOf(type)),
    breaks: vehicles.map(({ breaks }) => breaks.map((own) => buildBreak(own, timeScale))),
  };
}

function buildBreak({ windows, serviceSeconds, maxLoad }: VroomBreak, timeScale: number): VehicleBreak {
  const scaled = windows.map(([start, end]): [number, number] => [start * timeScale, end * timeScale]);
  return {
    windows: scaled.length > 0 ? scaled : [[0, unlimited]],
    durationSeconds: serviceSeconds * timeScale,
    ...(maxLoad ? { maximumLoad: [...maxLoad] } : {}),
  };
}

/**
 * VROOM rounds the cost of a second in the matrix, not of a second on the road, so the speed factor is applied to
 * the cost on its own. A custom cost matrix stands where the distances would, and is all that travelling costs.
 */
function buildCosts(vehicles: VroomVehicle[], { legsOf, timeScale, timeFactorOf }: VroomTravel) {
  const isCustom = (vehicle: number) => legsOf[vehicle]?.costs !== undefined;
  const perTravelSecond = ({ costs, speedFactor }: VroomVehicle, vehicle: number) =>
    Math.round((unitsPerSecond * costs.perHour) / speedFactor) / (timeFactorOf[vehicle] ?? 1);
  return {
    fixedCost: Float64Array.from(vehicles, ({ costs }) => costs.fixed * costScale),
    costPerStop: Float64Array.from(vehicles, ({ costs }) => costs.perTask * costScale),
    costPerMeter: Float64Array.from(vehicles, ({ costs }, vehicle) =>
      isCustom(vehicle) ? costScale : costs.perKm * unitsPerMeter,
    ),
    costPerTravelSecond: Float64Array.from(vehicles, (vehicle, index) =>
      isCustom(index) ? 0 : perTravelSecond(vehicle, index),
    ),
    costPerServiceSecond: Float64Array.from(
      vehicles,
      ({ costs }) => (costs.perTaskHour * unitsPerSecond) / timeScale,
    ),
  };
}

/** Where custom costs stand in the place of the distances, nothing knows a distance limit; no search goes on then. */
function buildLimits(vehicles: VroomVehicle[], { legsOf, timeScale }: VroomTravel) {
  return {
    maxStops: Int32Array.from(vehicles, ({ maxTasks }) =>
      Math.min(maxTasks ?? unlimitedStops, unlimitedStops),
    ),
    maxTravelSeconds: Float64Array.from(
      vehicles,
      ({ maxTravelSeconds }) => (maxTravelSeconds ?? unlimited) * timeScale,
    ),
    maxDistanceMeters: Float64Array.from(vehicles, ({ maxDistanceMeters = unlimited }, vehicle) =>
      legsOf[vehicle]?.costs ? unlimited : maxDistanceMeters,
    ),
    maxDurationSeconds: new Float64Array(vehicles.length).fill(unlimited),
  };
}
