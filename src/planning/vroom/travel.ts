import type { KnownTravel } from "../../domain/travel.ts";
import { type Legs, legsInMatrix, legsOf, longestLegs } from "../legs.ts";
import { isMeasured, type Travel, type TravelPoints } from "../problem.ts";
import { travelBetween } from "../travel.ts";
import { refusePath } from "./fields.ts";
import type { VroomJob } from "./jobs.ts";
import type { GivenMatrices, VroomMatrices, VroomMatrix } from "./matrices.ts";
import { completeMatrices } from "./missing-travel.ts";
import type { LonLat, VroomPlace } from "./places.ts";
import type { VroomVehicle } from "./vehicles.ts";

/** Where everything is, and how long each vehicle takes from place to place. */
export type VroomTravel = {
  /** Matrix index of a place. */
  indexOf: (place: VroomPlace) => number;
  /** The legs of each vehicle, as the document has them or as they are estimated. */
  legsOf: VroomLegs[];
  /** What the planner drives by, and which of them each vehicle takes. */
  travel: Travel[];
  profileOf: number[];
  /** Planner's time units in a second, and in a second of each vehicle's matrix. */
  timeScale: number;
  timeFactorOf: number[];
};

/** What a document tells, or what is estimated, of the legs of a vehicle. */
type VroomLegs = { durations: Legs; distances: Legs | undefined; costs: Legs | undefined };

/** VROOM's own precision: a speed factor is rounded so that travel times are hundredths of a second. */
const hundredths = 100;

/** The largest travel time that the planner holds. */
const largestSeconds = 2 ** 31 - 1;

/** What travel is made for. */
type Places = { jobs: VroomJob[]; vehicles: VroomVehicle[]; matrices: GivenMatrices | undefined };

/**
 * Makes the planner's matrices: one for each pair of profile and speed factor in use. What is known of travel between
 * the positions (`positionsOf`) counts where the document has no matrices.
 */
export function buildTravel({ jobs, vehicles, matrices }: Places, known?: KnownTravel): VroomTravel {
  const map = matrices
    ? mapOfMatrices(completeMatrices({ jobs, vehicles, matrices }, known))
    : mapOfCoordinates(findPositions(jobs, vehicles), known);
  const ownLegs = new Map<string, VroomLegs>();
  for (const { profile } of vehicles) ownLegs.set(profile, toLegs(map.travelOf(profile)));
  const slowness = vehicles.map(({ speedFactor }) => Math.round(hundredths / speedFactor));
  const timeScale = slowness.every((value) => value % hundredths === 0) ? 1 : hundredths;
  const timeFactorOf = slowness.map((value) => (value * timeScale) / hundredths);
  const travel: Travel[] = [];
  const made = new Map<string, number>();
  const profileOf = vehicles.map(({ profile }, vehicle) => {
    const factor = timeFactorOf[vehicle] ?? 1;
    const key = `${factor} ${matrices ? profile : ""}`;
    const index = made.get(key) ?? travel.push(toTravel(map.travelOf(profile), factor, vehicle)) - 1;
    made.set(key, index);
    return index;
  });
  const legs = vehicles.map(({ profile }) => ownLegs.get(profile)!);
  return { indexOf: map.indexOf, legsOf: legs, travel, profileOf, timeScale, timeFactorOf };
}

type PlaceMap = {
  indexOf: (place: VroomPlace) => number;
  travelOf: (profile: string) => VroomMatrix | TravelPoints;
};

function mapOfMatrices(matrices: VroomMatrices): PlaceMap {
  const empty = new Int32Array();
  const none: VroomMatrix = { size: 0, durations: empty, distances: undefined, costs: undefined };
  return {
    indexOf: ({ matrixIndex }) => matrixIndex ?? -1,
    travelOf: (profile) => matrices.get(profile) ?? none,
  };
}

/** Where vehicles start and end and jobs are: equal coordinates are one place, where set-up is done once, as in VROOM. */
export function findPositions(jobs: VroomJob[], vehicles: VroomVehicle[]): LonLat[] {
  const positions = new Map<string, LonLat>();
  const ends = vehicles.flatMap(({ start, end }) => [start, end]);
  for (const place of [...ends, ...jobs.map((job) => job.place)]) {
    if (place?.coordinates && !positions.has(keyOf(place))) positions.set(keyOf(place), place.coordinates);
  }
  return [...positions.values()];
}

function mapOfCoordinates(positions: LonLat[], known: KnownTravel | undefined): PlaceMap {
  const indexByKey = new Map(positions.map((coordinates, index) => [String(coordinates), index]));
  const travel = travelOver(positions, known);
  return { indexOf: (place) => indexByKey.get(keyOf(place)) ?? -1, travelOf: () => travel };
}

function keyOf({ coordinates }: VroomPlace): string {
  return String(coordinates);
}

function travelOver(positions: LonLat[], known: KnownTravel | undefined): VroomMatrix | TravelPoints {
  const coordinates = positions.map(([lng, lat]) => ({ lat, lng }));
  const travel = travelBetween(coordinates, known);
  if (isMeasured(travel)) return travel;
  const { size, durationSeconds, distanceMeters } = travel;
  return { size, durations: durationSeconds, distances: distanceMeters, costs: undefined };
}

function toLegs(travel: VroomMatrix | TravelPoints): VroomLegs {
  if (isMeasured(travel)) {
    const { meters, seconds } = legsOf(travel);
    return { durations: seconds, distances: meters, costs: undefined };
  }
  const { size, durations, distances, costs } = travel;
  return {
    durations: legsInMatrix(durations, size),
    distances: distances && legsInMatrix(distances, size),
    costs: costs && legsInMatrix(costs, size),
  };
}

/**
 * Custom costs replace travel time and distance in the objective (API.md, Matrices). They travel in the place of
 * the distances, which nothing else uses then: `refuseUnsearchable` keeps a distance limit from beside them.
 */
function toTravel(own: VroomMatrix | TravelPoints, factor: number, vehicle: number): Travel {
  if (isMeasured(own)) return slowDown(own, factor, vehicle);
  const { size, durations } = own;
  const distanceMeters = own.costs ?? own.distances ?? durations;
  if (factor === 1) return { size, distanceMeters, durationSeconds: durations };
  const durationSeconds = durations.map((seconds) => seconds * factor);
  const isExact = durations.every((seconds, index) => durationSeconds[index] === seconds * factor);
  if (isExact) return { size, distanceMeters, durationSeconds };
  return refuseFactor(vehicle);
}

function slowDown(points: TravelPoints, factor: number, vehicle: number): TravelPoints {
  if (points.measure.kind === "planar" || factor === 1) return points;
  if (longestLegs(points).seconds * factor > largestSeconds) refuseFactor(vehicle);
  return { ...points, measure: { ...points.measure, timeFactor: factor } };
}

function refuseFactor(vehicle: number): never {
  return refusePath(`vehicles[${vehicle}].speed_factor`, "makes a travel time larger than the planner holds");
}
