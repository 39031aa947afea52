import type { KnownTravel } from "../../domain/travel.ts";
import type { TravelMatrix } from "../problem.ts";
import { completeTravel } from "../travel.ts";
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
  /** The matrices of each vehicle, as the document has them or as they are estimated. */
  matrixOf: VroomMatrix[];
  /** What the planner drives by, and which of them each vehicle takes. */
  travel: TravelMatrix[];
  profileOf: number[];
  /** Planner's time units in a second, and in a second of each vehicle's matrix. */
  timeScale: number;
  timeFactorOf: number[];
};

/** VROOM's own precision: a speed factor is rounded so that travel times are hundredths of a second. */
const hundredths = 100;

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
  const matrixOf = vehicles.map(({ profile }) => map.matrixOf(profile));
  const slowness = vehicles.map(({ speedFactor }) => Math.round(hundredths / speedFactor));
  const timeScale = slowness.every((value) => value % hundredths === 0) ? 1 : hundredths;
  const timeFactorOf = slowness.map((value) => (value * timeScale) / hundredths);
  const travel: TravelMatrix[] = [];
  const made = new Map<string, number>();
  const profileOf = vehicles.map(({ profile }, vehicle) => {
    const factor = timeFactorOf[vehicle] ?? 1;
    const key = `${factor} ${matrices ? profile : ""}`;
    const index = made.get(key) ?? travel.push(toTravelMatrix(map.matrixOf(profile), factor, vehicle)) - 1;
    made.set(key, index);
    return index;
  });
  return { indexOf: map.indexOf, matrixOf, travel, profileOf, timeScale, timeFactorOf };
}

type PlaceMap = {
  indexOf: (place: VroomPlace) => number;
  matrixOf: (profile: string) => VroomMatrix;
};

function mapOfMatrices(matrices: VroomMatrices): PlaceMap {
  const empty = new Int32Array();
  const none: VroomMatrix = { size: 0, durations: empty, distances: undefined, costs: undefined };
  return {
    indexOf: ({ matrixIndex }) => matrixIndex ?? -1,
    matrixOf: (profile) => matrices.get(profile) ?? none,
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
  const matrix = completeMatrix(positions, known);
  return { indexOf: (place) => indexByKey.get(keyOf(place)) ?? -1, matrixOf: () => matrix };
}

function keyOf({ coordinates }: VroomPlace): string {
  return String(coordinates);
}

function completeMatrix(positions: LonLat[], known: KnownTravel | undefined): VroomMatrix {
  const coordinates = positions.map(([lng, lat]) => ({ lat, lng }));
  const { size, durationSeconds, distanceMeters } = completeTravel(coordinates, known);
  return { size, durations: durationSeconds, distances: distanceMeters, costs: undefined };
}

/**
 * Custom costs replace travel time and distance in the objective (API.md, Matrices). They travel in the place of
 * the distances, which nothing else uses then: `refuseUnsearchable` keeps a distance limit from beside them.
 */
function toTravelMatrix(matrix: VroomMatrix, factor: number, vehicle: number): TravelMatrix {
  const { size, durations } = matrix;
  const distanceMeters = matrix.costs ?? matrix.distances ?? durations;
  if (factor === 1) return { size, distanceMeters, durationSeconds: durations };
  const durationSeconds = durations.map((seconds) => seconds * factor);
  const isExact = durations.every((seconds, index) => durationSeconds[index] === seconds * factor);
  if (isExact) return { size, distanceMeters, durationSeconds };
  return refusePath(`vehicles[${vehicle}].speed_factor`, "makes a travel time larger than the planner holds");
}
