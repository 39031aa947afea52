import type { Load } from "../prepare/cargo.ts";
import { type Room, sumOfFills } from "../prepare/room.ts";
import { fillVehicles, isEmpty } from "../prepare/split.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { mostTripsOf } from "../schedule/visits.ts";
import { partsOf, tripLoads } from "./loads.ts";
import { insertInto } from "./serve-left-out.ts";
import type { Tour } from "./visits.ts";

/**
 * Tours, one for each vehicle, that also carry the split shipments which all vehicles together still have room for.
 * Each is cut anew to just what is free, unless a dispatcher cut it, and served whole or not at all.
 */
export function serveSplit(prepared: PreparedPlan, tours: readonly Tour[]): Tour[] {
  const served = new Set(partsOf(tours.flatMap(({ stays }) => stays)).map(({ consignment }) => consignment));
  let widened = [...tours];
  for (const [consignment, { isSplit, parts }] of prepared.consignments.entries()) {
    if (!isSplit || served.has(consignment)) continue;
    if (parts) {
      widened = serveGivenParts(prepared, widened, consignment) ?? widened;
      continue;
    }
    const carrier = (vehicle: number) => carrierOf(prepared, consignment, vehicle);
    widened = serveInParts(prepared, widened, { consignment, carrier }) ?? widened;
  }
  return widened;
}

/** Each part that a dispatcher cut on the vehicle where it costs least; undefined when not all find a place. */
function serveGivenParts(
  prepared: PreparedPlan,
  tours: readonly Tour[],
  consignment: number,
): Tour[] | undefined {
  const widened = [...tours];
  for (const [stop, { parts }] of prepared.stops.entries()) {
    if (parts[0]!.consignment !== consignment) continue;
    const found = widened
      .map((tour) => insertInto(prepared, tour, { stop, parts: [...parts] }))
      .filter((insertion) => insertion !== undefined);
    if (found.length === 0) return undefined;
    const { tour } = found.reduce((best, next) => (next.addedCost < best.addedCost ? next : best));
    widened[tour.vehicle] = tour;
  }
  return widened;
}

/** A shipment to be delivered in parts, and the stop that lends its place and conditions to one on a vehicle. */
export type InParts = { consignment: number; carrier: (vehicle: number) => number | undefined };

/** Vehicles that have room but can't make the stop are passed over; undefined when not all finds a place. */
export function serveInParts(
  prepared: PreparedPlan,
  tours: readonly Tour[],
  { consignment, carrier }: InParts,
): Tour[] | undefined {
  const widened = [...tours];
  const { room: free, vehicleOf } = freeRoom(prepared, tours);
  let rest = prepared.consignments[consignment]!.load;
  while (!isEmpty(rest)) {
    const [next] = fillVehicles(rest, free, 10 ** prepared.cargo.scale).parts;
    if (!next) return undefined;
    const { vehicle: row, load } = next;
    const vehicle = vehicleOf[row]!;
    free.trips![row]!--;
    const stop = carrier(vehicle);
    if (stop === undefined) continue;
    const stay = { stop, parts: [{ consignment, load }] };
    const tour = insertInto(prepared, widened[vehicle]!, stay)?.tour;
    if (!tour) continue;
    widened[vehicle] = tour;
    rest = rest.map((quantity, material) => quantity - load[material]!);
  }
  return widened;
}

/** A stop of the search that lends its place and conditions to any part of the shipment on the vehicle. */
export function carrierOf(
  { stops, problem }: PreparedPlan,
  consignment: number,
  vehicle: number,
): number | undefined {
  const isAllowed = (stop: number) => problem.stops.isAllowed[stop * problem.vehicles.count + vehicle] === 1;
  const stop = stops.findIndex(
    ({ parts }, index) => parts[0]!.consignment === consignment && isAllowed(index),
  );
  return stop < 0 ? undefined : stop;
}

/** What vehicles could still take: a row for each of their trips, one more for those that are left, [row]. */
export type FreeRoom = { room: Room; vehicleOf: number[] };

/** What could still be taken of each material: of each alone, where they share the room. */
export function freeRoom(prepared: PreparedPlan, tours: readonly Tour[]): FreeRoom {
  const { model, capacity } = prepared.room;
  const rows = capacity.flatMap((most, vehicle) => {
    const stays = tours.find((tour) => tour.vehicle === vehicle)?.stays ?? [];
    const driven = tripLoads(prepared, stays).map((carried) => ({
      vehicle,
      capacity: freeOf(model, most, carried),
      trips: 1,
    }));
    const trips = mostTripsOf(prepared.problem, vehicle) - driven.length;
    return trips > 0 ? [...driven, { vehicle, capacity: [...most], trips }] : driven;
  });
  return {
    room: { model, capacity: rows.map((row) => row.capacity), trips: rows.map((row) => row.trips) },
    vehicleOf: rows.map(({ vehicle }) => vehicle),
  };
}

function freeOf(model: Room["model"], capacity: Load, carried: Load): number[] {
  if (model === "independent") return capacity.map((most, material) => most - carried[material]!);
  const left = Math.max(0, 1 - sumOfFills(carried, capacity));
  return capacity.map((most) => Math.floor(most * left));
}
