import { elements, type Field, isPresent, member, type ObjectField, refuse, wholeNumber } from "./fields.ts";

/** Longitude and latitude, in VROOM's order. */
export type LonLat = readonly [lon: number, lat: number];

/** Where a job is or a vehicle starts, as the document says it; one of the two is always set. */
export type VroomPlace = {
  coordinates: LonLat | undefined;
  /** Row and column in the matrices; set exactly when the document has matrices. */
  matrixIndex: number | undefined;
};

/** The two names a place can have: `location` and `location_index`, `start` and `start_index`. */
type PlaceNames = { coordinates: string; index: string };

/**
 * Reads a place. With matrices (`matrixSize` set) the index counts and coordinates are only handed through;
 * without, the coordinates count (API.md, Task locations). Undefined when the place has neither.
 */
export function readPlace(
  parent: ObjectField,
  names: PlaceNames,
  matrixSize: number | undefined,
): VroomPlace | undefined {
  const coordinates = member(parent, names.coordinates);
  const index = member(parent, names.index);
  if (!isPresent(coordinates) && !isPresent(index)) return undefined;
  if (matrixSize === undefined) return { coordinates: readPosition(coordinates), matrixIndex: undefined };
  return {
    coordinates: isPresent(coordinates) ? readPair(coordinates) : undefined,
    matrixIndex: wholeNumber(index, matrixSize - 1),
  };
}

/** Coordinates that distances can be measured between. */
function readPosition(field: Field): LonLat {
  const [lon, lat] = readPair(field);
  return isOnEarth([lon, lat])
    ? [lon, lat]
    : refuse({ ...field, value: `${lon}, ${lat}` }, "[longitude, latitude] in degrees");
}

/** Whether a pair of numbers is a longitude and a latitude. */
export function isOnEarth([lon, lat]: LonLat): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

function readPair(field: Field): LonLat {
  const [lon, lat] = elements(field, "[longitude, latitude]");
  if (!lon || !lat) return refuse(field, "[longitude, latitude]");
  return [readNumber(lon), readNumber(lat)];
}

function readNumber(field: Field): number {
  return typeof field.value === "number" && Number.isFinite(field.value)
    ? field.value
    : refuse(field, "a number");
}
