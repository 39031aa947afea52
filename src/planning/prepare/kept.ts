import type { Conditions } from "./conditions.ts";
import { type Kept, keyOf, type PlanRequest } from "./request.ts";

/** What stays where it is in one search, by `keyOf` the shipment. */
export type KeptTable = ReadonlyMap<string, readonly Kept[]>;

/** Gathers what a search leaves where it is. */
export function readKept({ kept = [] }: PlanRequest): KeptTable {
  return Map.groupBy(kept, ({ shipmentId }) => keyOf(shipmentId));
}

/** The conditions of a shipment, or of a part of it, with what the search leaves as it is; what was agreed comes first. */
export function keepWhere(
  conditions: Conditions,
  kept: Kept | undefined,
  licensePlates: readonly string[],
): Conditions {
  if (!kept) return conditions;
  const vehicle = licensePlates.indexOf(kept.licensePlate);
  return {
    ...conditions,
    ...(conditions.vehicle < 0 && { vehicle }),
    ...(conditions.position === 0 && kept.position !== undefined && { position: kept.position }),
  };
}
