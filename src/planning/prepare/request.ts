import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import type { MaterialRule } from "../../domain/material-rule.ts";
import type { PlanOptions } from "../../domain/plan.ts";
import type { Shipment } from "../../domain/shipment.ts";
import type { KnownTravel } from "../../domain/travel.ts";
import type { Vehicle } from "../../domain/vehicle.ts";

/** Everything a plan is made from. */
export type PlanRequest = {
  shipments: readonly Shipment[];
  vehicles: readonly Vehicle[];
  /** Vehicles of the company that this plan may not use: what leaves them out is told which of them would do. */
  spareVehicles?: readonly Vehicle[];
  /** In the order in which they are tried. */
  rules: readonly MaterialRule[];
  options: PlanOptions;
  /** Shipments that are in no route and no list of what was left out. */
  excludedShipmentIds?: readonly Identifier[];
  /** Names of materials beside those of the vehicles and rules, such as those of vehicles that stay at home. */
  materials?: readonly string[];
  /** Routes of an earlier plan, which the search begins with where they still fit. */
  earlierRoutes?: readonly EarlierRoute[];
  /** What this search alone leaves where it is. */
  kept?: readonly Kept[];
  /**
   * The stops as a dispatcher has them: nothing is screened, joined in another way or left out, and without `travel`
   * legs are measured when they are looked at, because few are.
   */
  given?: readonly EarlierStop[];
  /** Travel between `positionsOf`, of a road network; great-circle estimates stand for what it lacks. */
  travel?: KnownTravel;
};

/** What a vehicle did in an earlier plan: the shipments of each stop, in driving order. */
export type EarlierRoute = { licensePlate: string; stops: readonly EarlierStop[] };

/** `trip` from 1 where the route has several; `parts` (from 0) says which of a shipment that is split by hand. */
export type EarlierStop = {
  shipmentIds: readonly Identifier[];
  trip?: number;
  parts?: readonly { shipmentId: Identifier; part: number }[];
};

/** A shipment, or one part (from 0) of it, that stays on its vehicle, and may be at its position; unlike what is locked it comes before no other. */
export type Kept = { shipmentId: Identifier; part?: number; licensePlate: string; position?: number };

/** A shipment that takes part, with the name of its place in the request, for messages. */
export type Candidate = { shipment: Shipment; field: string };

/** Identifiers are equal when they read alike: a caller may write 17 as "17". */
export function keyOf(id: Identifier): string {
  return String(id);
}

/** Refuses a list that holds a shipment twice: it would be delivered twice. */
export function refuseSecondIdentifiers(shipments: readonly Shipment[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of shipments.entries()) {
    if (!seen.has(keyOf(id))) {
      seen.add(keyOf(id));
      continue;
    }
    throw new Failure("invalid_input", `shipments[${index}].id is ${id} a second time.`, {
      hint: "Give each shipment once.",
      fields: [`shipments[${index}].id`],
    });
  }
}
