import type { Coordinates } from "../../domain/place.ts";
import type { Shipment } from "../../domain/shipment.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import { longestLegs } from "../legs.ts";
import { isMeasured, type Travel, type TravelMatrix, type TravelPoints } from "../problem.ts";

/** Where the plan goes: one place for each customer at each address, the depot first. */
export type PlaceTable = {
  /** Index of the position in `planPositions`, -1 when nothing tells it, [place]. */
  position: number[];
  /** [shipment] */
  ofShipment: number[];
  /** Where vehicles start and end beside the depot, by `positionKey`. */
  ofVehicles: ReadonlyMap<string, number>;
};

/** The place that every route starts from. */
const depotPlace = 0;

/**
 * The depot and the distinct positions of the shipments and of the vehicles' own starts and ends, in order of
 * appearance: what travel is wanted between.
 */
export function planPositions(
  depot: Coordinates,
  shipments: readonly Shipment[],
  vehicles: readonly Vehicle[] = [],
): Coordinates[] {
  const positions = new Map<string, Coordinates>([["depot", { lat: depot.lat, lng: depot.lng }]]);
  const others = [...shipments.map(({ geoCoordinates }) => geoCoordinates), ...vehiclePositions(vehicles)];
  for (const position of others) {
    if (position && !positions.has(positionKey(position))) positions.set(positionKey(position), position);
  }
  return [...positions.values()];
}

function vehiclePositions(vehicles: readonly Vehicle[]): Coordinates[] {
  return vehicles.flatMap(({ start, end }) => [start, end]).filter((position) => position !== undefined);
}

/**
 * Finds out which shipments go to one place: the same customer (by number, else by name), the same address and the
 * same position. Without a customer, or with neither address nor position, nothing says so and each stands alone.
 */
export function findPlaces(
  positions: readonly Coordinates[],
  shipments: readonly Shipment[],
  vehicles: readonly Vehicle[] = [],
): PlaceTable {
  const positionIndex = new Map(positions.map((position, index) => [positionKey(position), index]));
  const placeIndex = new Map<string, number>();
  const position = [0];
  const ofShipment = shipments.map((shipment, index) => {
    const key = placeKey(shipment) ?? `alone ${index}`;
    const known = placeIndex.get(key);
    if (known !== undefined) return known;
    const { geoCoordinates } = shipment;
    const place = position.push(geoCoordinates ? positionIndex.get(positionKey(geoCoordinates))! : -1) - 1;
    placeIndex.set(key, place);
    return place;
  });
  const ofVehicles = new Map<string, number>();
  for (const own of vehiclePositions(vehicles)) {
    const key = positionKey(own);
    if (!ofVehicles.has(key)) ofVehicles.set(key, position.push(positionIndex.get(key)!) - 1);
  }
  return { position, ofShipment, ofVehicles };
}

/** Where a vehicle starts or ends: the depot where it has no place of its own. */
export function placeOfVehicle({ ofVehicles }: PlaceTable, own: Coordinates | undefined): number {
  return own === undefined ? depotPlace : ofVehicles.get(positionKey(own))!;
}

function placeKey({ customer, customerName, address, geoCoordinates }: Shipment): string | undefined {
  const whose = customer == null ? customerName?.trim() : `no. ${customer}`;
  const street = address?.trim();
  if (!whose || (!street && !geoCoordinates)) return undefined;
  return JSON.stringify([whose, street, geoCoordinates && positionKey(geoCoordinates)]);
}

/** A hundred-thousandth of a degree is about a meter. */
function positionKey({ lat, lng }: Coordinates): string {
  return `${lat.toFixed(5)} ${lng.toFixed(5)}`;
}

/** More seconds than any plan has: 15 years. No route may end later where a place has no position. */
export const latestEndSeconds = 5e8;
const impossibleSeconds = 1e9;

/**
 * Travel between places. A place without a position comes after all others, because from it the way to them takes
 * longer than any plan; until it is known it counts as lying on the way home (or, on an open route, nowhere).
 */
export function travelBetweenPlaces(base: Travel, places: PlaceTable, isClosed: boolean): Travel {
  const { position } = places;
  // A large matrix is not copied where places and positions are the same.
  if (position.length === base.size && position.every((own, place) => own === place)) return base;
  return isMeasured(base) ? spreadPoints(base, places, isClosed) : spreadMatrix(base, places, isClosed);
}

/** Points of places; what their legs are is measured as `spreadMatrix` writes it down. */
function spreadPoints(
  base: TravelPoints,
  { position, ofVehicles }: PlaceTable,
  isClosed: boolean,
): TravelPoints {
  const { measure } = base;
  const spread = (values: Float64Array) => Float64Array.from(position, (own) => values[own] ?? Number.NaN);
  const points = {
    size: position.length,
    x: spread(base.x),
    y: spread(base.y),
    z: spread(base.z),
    measure,
  };
  if (!position.includes(-1)) return points;
  const kind = Uint8Array.from(position, (own) => (own < 0 ? 1 : 0));
  for (const home of [depotPlace, ...ofVehicles.values()]) kind[home] = 2;
  const awayMeters = longestLegs(base).meters;
  const standIn = isClosed ? depotPlace : -1;
  return { ...points, unplaced: { kind, standIn, awayMeters, awaySeconds: impossibleSeconds } };
}

function spreadMatrix(
  base: TravelMatrix,
  { position, ofVehicles }: PlaceTable,
  isClosed: boolean,
): TravelMatrix {
  const size = position.length;
  const distanceMeters = new Int32Array(size * size);
  const durationSeconds = new Int32Array(size * size);
  const homes = new Set([depotPlace, ...ofVehicles.values()]);
  const farthestMeters = base.distanceMeters.reduce((farthest, meters) => Math.max(farthest, meters), 0);
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) {
      const cell = from * size + to;
      if (position[from]! >= 0) {
        const end = position[to]! >= 0 ? position[to]! : isClosed ? position[depotPlace]! : position[from]!;
        distanceMeters[cell] = base.distanceMeters[position[from]! * base.size + end]!;
        durationSeconds[cell] = base.durationSeconds[position[from]! * base.size + end]!;
      } else if (position[to]! >= 0 && !homes.has(to)) {
        distanceMeters[cell] = farthestMeters;
        durationSeconds[cell] = impossibleSeconds;
      }
    }
  }
  return { size, distanceMeters, durationSeconds };
}
