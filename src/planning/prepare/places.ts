import type { Coordinates } from "../../domain/place.ts";
import type { Shipment } from "../../domain/shipment.ts";
import type { TravelMatrix } from "../problem.ts";

/** Where the plan goes: one place for each customer at each address, the depot first. */
export type PlaceTable = {
  /** Index of the position in `planPositions`, -1 when nothing tells it, [place]. */
  position: number[];
  /** [shipment] */
  ofShipment: number[];
};

/** The place that every route starts from. */
export const depotPlace = 0;

/** The depot and the distinct positions of the shipments, in order of appearance: what travel is wanted between. */
export function planPositions(depot: Coordinates, shipments: readonly Shipment[]): Coordinates[] {
  const positions = new Map<string, Coordinates>([["depot", { lat: depot.lat, lng: depot.lng }]]);
  for (const { geoCoordinates } of shipments) {
    if (geoCoordinates && !positions.has(positionKey(geoCoordinates))) {
      positions.set(positionKey(geoCoordinates), geoCoordinates);
    }
  }
  return [...positions.values()];
}

/**
 * Finds out which shipments go to one place: the same customer (by number, else by name), the same address and the
 * same position. Without a customer, or with neither address nor position, nothing says so and each stands alone.
 */
export function findPlaces(positions: readonly Coordinates[], shipments: readonly Shipment[]): PlaceTable {
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
  return { position, ofShipment };
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
export function travelBetweenPlaces(
  base: TravelMatrix,
  { position }: PlaceTable,
  isClosed: boolean,
): TravelMatrix {
  const size = position.length;
  // A large matrix is not copied where places and positions are the same.
  if (size === base.size && position.every((own, place) => own === place)) return base;
  const distanceMeters = new Int32Array(size * size);
  const durationSeconds = new Int32Array(size * size);
  const farthestMeters = base.distanceMeters.reduce((farthest, meters) => Math.max(farthest, meters), 0);
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) {
      const cell = from * size + to;
      if (position[from]! >= 0) {
        const end = position[to]! >= 0 ? position[to]! : isClosed ? position[depotPlace]! : position[from]!;
        distanceMeters[cell] = base.distanceMeters[position[from]! * base.size + end]!;
        durationSeconds[cell] = base.durationSeconds[position[from]! * base.size + end]!;
      } else if (position[to]! >= 0 && to !== depotPlace) {
        distanceMeters[cell] = farthestMeters;
        durationSeconds[cell] = impossibleSeconds;
      }
    }
  }
  return { size, distanceMeters, durationSeconds };
}
