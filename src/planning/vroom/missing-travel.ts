import type { KnownTravel } from "../../domain/travel.ts";
import { completeTravel } from "../travel.ts";
import { refusePath } from "./fields.ts";
import type { VroomJob } from "./jobs.ts";
import { type GivenMatrices, smallestSize, type VroomMatrices, type VroomMatrix } from "./matrices.ts";
import { isOnEarth, type LonLat } from "./places.ts";
import type { VroomVehicle } from "./vehicles.ts";

/** A document that has matrices, though perhaps not all that its vehicles need. */
type Measured = { jobs: readonly VroomJob[]; vehicles: readonly VroomVehicle[]; matrices: GivenMatrices };

/** Where each row of the matrices is. */
type PlaceOfRow = Map<number, LonLat>;

/**
 * The rows of the matrices with their places, where a vehicle needs travel that no matrix has: then it comes from the
 * places, as in VROOM (API.md, Task locations and Matrices). Empty where nothing is missing; refuses what is missing
 * where not every place has coordinates.
 */
export function findUnmeasured(document: Measured): PlaceOfRow {
  const { jobs, vehicles, matrices } = document;
  const faults = vehicles.flatMap((vehicle, index) => findFault(vehicle, index, matrices) ?? []);
  const [fault] = faults;
  if (!fault) return new Map();
  const ends = vehicles.flatMap(({ start, end }) => [start, end].filter((place) => place !== undefined));
  const places: PlaceOfRow = new Map();
  for (const { coordinates, matrixIndex = -1 } of [...ends, ...jobs.map(({ place }) => place)]) {
    if (!coordinates || !isOnEarth(coordinates)) return refusePath(fault.path, fault.fault);
    if (!places.has(matrixIndex)) places.set(matrixIndex, coordinates);
  }
  return places;
}

type Fault = { path: string; fault: string };

function findFault(vehicle: VroomVehicle, index: number, matrices: GivenMatrices): Fault | undefined {
  const { profile, maxDistanceMeters, costs } = vehicle;
  const matrix = matrices.get(profile);
  if (!matrix) {
    const names = [...matrices.keys()].join(", ");
    return {
      path: `vehicles[${index}].profile`,
      fault: `is ${JSON.stringify(profile)}, but matrices holds only ${names}, and not every place has coordinates`,
    };
  }
  if (!matrix.durations)
    return { path: `${matrix.path}.durations`, fault: "is missing, and not every place has coordinates" };
  const limited = maxDistanceMeters === undefined ? undefined : "max_distance";
  const user = costs.perKm > 0 && !matrix.costs ? "costs.per_km" : limited;
  if (!user || matrix.distances) return undefined;
  const fault = `is needed for vehicles[${index}].${user}, but it is missing, and not every place has coordinates`;
  return { path: `${matrix.path}.distances`, fault };
}

/** The matrices with what is missing taken from travel between the places, in their order. */
export function completeMatrices(document: Measured, known: KnownTravel | undefined): VroomMatrices {
  const places = findUnmeasured(document);
  const positions = [...places.values()].map(([lng, lat]) => ({ lat, lng }));
  const travel = positions.length > 0 ? completeTravel(positions, known) : undefined;
  const profiles = new Set(document.vehicles.map(({ profile }) => profile));
  const complete = [...profiles].flatMap((profile): [string, VroomMatrix][] => {
    const given = document.matrices.get(profile);
    const size = given?.size ?? sizeOf(document);
    const spread = (values: Int32Array) => spreadOver([...places.keys()], size, values);
    const durations = given?.durations ?? (travel && spread(travel.durationSeconds));
    const distances = given?.distances ?? (travel && spread(travel.distanceMeters));
    return durations ? [[profile, { size, durations, distances, costs: given?.costs }]] : [];
  });
  return new Map(complete);
}

/** The rows that the matrices of all vehicles have: a task may be driven to by any of them. */
export function sizeOf({ vehicles, matrices }: Pick<Measured, "vehicles" | "matrices">): number {
  const sizes = vehicles.flatMap(({ profile }) => matrices.get(profile)?.size ?? []);
  return sizes.length > 0 ? Math.min(...sizes) : smallestSize(matrices);
}

/** Travel between places as a matrix over the rows that they stand for. */
function spreadOver(rows: number[], size: number, values: Int32Array): Int32Array {
  const matrix = new Int32Array(size * size);
  for (const [from, row] of rows.entries()) {
    for (const [to, column] of rows.entries()) {
      matrix[row * size + column] = values[from * rows.length + to]!;
    }
  }
  return matrix;
}
