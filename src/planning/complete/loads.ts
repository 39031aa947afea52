import { formatDecimal } from "../../domain/decimal.ts";
import type { PlanLoad } from "../../domain/plan.ts";
import { addLoads } from "../prepare/cargo.ts";
import { quantityText } from "../prepare/quantities.ts";
import { sumOfFills } from "../prepare/room.ts";
import type { StopPart } from "../prepare/stops.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { tripsOf } from "./trips.ts";
import type { Stay, Tour } from "./visits.ts";

/** The parts of shipments that are unloaded at the stays. */
export function partsOf(stays: readonly Stay[]): StopPart[] {
  return stays.flatMap(({ parts }) => parts);
}

/** What is unloaded at the stays altogether, [material]. */
export function loadOf({ cargo }: PreparedPlan, stays: readonly Stay[]): number[] {
  const loads = partsOf(stays).map(({ load }) => load);
  return addLoads(loads, cargo.materials.length);
}

/** What each trip unloads, [trip][material]; one of nothing for an idle vehicle. */
export function tripLoads(prepared: PreparedPlan, stays: readonly Stay[]): number[][] {
  const loads = tripsOf(stays).map((trip) => loadOf(prepared, trip));
  return loads.length > 0 ? loads : [addLoads([], prepared.cargo.materials.length)];
}

/** What a vehicle carries on each of its trips, and on the one with the most room: nothing while it is idle. */
export type Carried = { stays: readonly Stay[]; loads: number[][]; load: number[] };

/** What each vehicle carries, [vehicle]. */
export function carriedBy(prepared: PreparedPlan, tours: readonly Tour[]): Carried[] {
  const staysOf = new Map(tours.map(({ vehicle, stays }) => [vehicle, stays]));
  return prepared.fleet.map((_, vehicle) => {
    const stays = staysOf.get(vehicle) ?? [];
    const loads = tripLoads(prepared, stays);
    const fillOf = (load: number[]) => sumOfFills(load, prepared.room.capacity[vehicle]!);
    return {
      stays,
      loads,
      load: loads.reduce((least, next) => (fillOf(next) < fillOf(least) ? next : least)),
    };
  });
}

/** The vehicle's load by each material that it takes, in the order of its capacities. */
export function writeLoads(
  { fleet, cargo }: PreparedPlan,
  vehicle: number,
  load: readonly number[],
): PlanLoad[] {
  return [...fleet[vehicle]!.capacityOf].map(([material, amount]) => {
    const index = cargo.materials.indexOf(material);
    const quantity = quantityText(index < 0 ? 0 : load[index]!, cargo.scale);
    const capacity = Number(formatDecimal(amount));
    return { material, quantity, capacity, fill: Number(quantity) / capacity };
  });
}
