import type { Load } from "./cargo.ts";
import { fillsAtMostWhole, type Room, sumOfFills } from "./room.ts";

/** What one vehicle takes of a load. */
export type VehiclePart = { vehicle: number; load: Load };

/** A large piece is this part of the largest vehicle, so that what other shipments leave free can be used. */
const piecesPerVehicle = 4;

/**
 * Cuts a load into what each vehicle can take: the fewest stops. Rolls stay whole where the quantity is whole. What a
 * greedy filling leaves over (possible where materials share the room) comes in pieces.
 */
export function splitByVehicle(load: Load, room: Room, unit: number): Load[] {
  const { parts, rest } = fillVehicles(load, room, unit);
  const loads = parts.map((part) => part.load);
  return isEmpty(rest) ? loads : [...loads, ...splitIntoPieces(rest, room, unit)];
}

/** What each vehicle takes of a load on each of its trips, the one that takes most first, and what no vehicle has room for. */
export function fillVehicles(load: Load, room: Room, unit: number): { parts: VehiclePart[]; rest: Load } {
  const parts: VehiclePart[] = [];
  const left = room.capacity.map((_, vehicle) => room.trips?.[vehicle] ?? 1);
  const vehicles = new Set(room.capacity.keys().filter((vehicle) => left[vehicle]! > 0));
  let rest = load;
  while (vehicles.size > 0 && !isEmpty(rest)) {
    const filled = [...vehicles].map((vehicle) => ({ vehicle, load: fill(rest, { room, vehicle, unit }) }));
    const best = filled.reduce((most, next) =>
      sumOfFills(next.load, load) > sumOfFills(most.load, load) ? next : most,
    );
    if (isEmpty(best.load)) break;
    if (--left[best.vehicle]! === 0) vehicles.delete(best.vehicle);
    parts.push(best);
    rest = rest.map((quantity, material) => quantity - best.load[material]!);
  }
  return { parts, rest };
}

/** Cuts a load into pieces of one material that halve at the end, so that they fill gaps of any size. */
export function splitIntoPieces(load: Load, room: Room, unit: number): Load[] {
  return load.flatMap((quantity, material) => {
    const largest = Math.max(...room.capacity.map((row) => row[material]!));
    const step = unitFor(quantity, unit);
    const piece = Math.max(step, roundDown(largest / piecesPerVehicle, step));
    return cut(quantity, piece, step).map((part) => load.map((_, index) => (index === material ? part : 0)));
  });
}

function cut(quantity: number, piece: number, step: number): number[] {
  const parts: number[] = [];
  let rest = quantity;
  while (rest > 0) {
    const half = Math.max(step, roundDown(rest / 2, step));
    const part = Math.min(rest, rest > 2 * piece ? piece : half);
    parts.push(part);
    rest -= part;
  }
  return parts;
}

/** As much of the load as the vehicle takes, material by material. */
function fill(load: Load, { room, vehicle, unit }: { room: Room; vehicle: number; unit: number }): Load {
  const capacity = room.capacity[vehicle]!;
  const part = load.map(() => 0);
  for (const [material, quantity] of load.entries()) {
    if (quantity === 0 || capacity[material] === 0) continue;
    const step = unitFor(quantity, unit);
    const used = room.model === "shared" ? Math.min(1, sumOfFills(part, capacity)) : 0;
    part[material] = roundDown(Math.min(quantity, capacity[material]! * (1 - used)), step);
    // The fraction above is rounded to a double: a step too much is taken back.
    while (part[material] > 0 && room.model === "shared" && !fillsAtMostWhole(part, capacity))
      part[material] -= step;
  }
  return part;
}

/** A whole roll where the quantity is whole rolls, else the plan's smallest unit. */
function unitFor(quantity: number, unit: number): number {
  return quantity % unit === 0 ? unit : 1;
}

function roundDown(value: number, step: number): number {
  return Math.floor(value / step) * step;
}

/** Whether nothing is in the load. */
export function isEmpty(load: Load): boolean {
  return load.every((quantity) => quantity === 0);
}
