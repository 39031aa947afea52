import { rescale } from "../../domain/decimal.ts";
import type { CapacityModel } from "../../domain/plan.ts";
import type { Cargo, Load } from "./cargo.ts";
import type { FleetVehicle } from "./fleet.ts";

/** What the vehicles hold. */
export type Room = {
  model: CapacityModel;
  /** Most of each material on an otherwise empty vehicle, integers at the plan's scale, [vehicle][material]. */
  capacity: number[][];
  /** How many trips each vehicle may drive, one when left out, [vehicle]. */
  trips?: number[];
};

/** Measures the fleet in the units of a cargo. A material that a vehicle does not take has capacity 0. */
export function measureRoom(fleet: readonly FleetVehicle[], cargo: Cargo, model: CapacityModel): Room {
  const capacity = fleet.map(({ capacityOf }) =>
    cargo.materials.map((material) => {
      const amount = capacityOf.get(material);
      return amount ? Number(rescale(amount, cargo.scale)) : 0;
    }),
  );
  const trips = fleet.map(({ mostTrips }) => mostTrips);
  return { model, capacity, ...(trips.some((most) => most > 1) && { trips }) };
}

/** Whether the vehicle, otherwise empty, can carry the load. Exact under both models. */
export function fits({ model, capacity }: Room, vehicle: number, load: Load): boolean {
  const most = capacity[vehicle]!;
  if (load.some((quantity, material) => quantity > most[material]!)) return false;
  return model === "independent" || fillsAtMostWhole(load, most);
}

/** Whether the fractions load / capacity add up to at most 1: cross-multiplied, because 1/3 has no exact number. */
export function fillsAtMostWhole(load: Load, capacity: readonly number[]): boolean {
  let parts = 0n;
  let whole = 1n;
  for (const [material, quantity] of load.entries()) {
    if (quantity === 0) continue;
    const most = BigInt(capacity[material]!);
    parts = parts * most + BigInt(quantity) * whole;
    whole *= most;
  }
  return parts <= whole;
}

/** The fractions load / capacity added up: 1 is a full vehicle, more is only possible where materials have their own room. */
export function sumOfFills(load: Load, capacity: readonly number[]): number {
  return load.reduce(
    (sum, quantity, material) => (quantity === 0 ? sum : sum + quantity / capacity[material]!),
    0,
  );
}
