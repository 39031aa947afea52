import type { Identifier } from "../../domain/identifier.ts";
import type { MaterialRule } from "../../domain/material-rule.ts";
import type { Plan, PlanOptions, UnassignedShipment } from "../../domain/plan.ts";
import type { MaterialQuantity } from "../../domain/plan-change.ts";
import type { Shipment } from "../../domain/shipment.ts";
import type { Vehicle } from "../../domain/vehicle.ts";

/** What surrounds a revision. */
export type RevisionContext = {
  /** License plates of dispatched routes: no change may touch them, no search moves them. */
  frozen: readonly string[];
  /** Today's material rules, for what is added or unassigned; what is on a route keeps the materials it was mapped to. */
  rules: readonly MaterialRule[];
  /** Names of materials beside those of the plan's vehicles and of the rules. */
  materials?: readonly string[];
};

/** What is unloaded of one shipment at a stop: all of it, or one of its parts. */
export type DraftPart = {
  shipmentId: Identifier;
  /** Exact decimals, none of zero. */
  items: MaterialQuantity[];
  /** The vehicle that this part of a split shipment is locked to. */
  lockedTo?: string;
};

/** A stop by what is unloaded there, in the order of the shipments. */
export type DraftStop = { parts: DraftPart[]; trip: number };

/** A route by its stops in driving order; trips count from 1. */
export type DraftRoute = { licensePlate: string; stops: DraftStop[] };

/** A plan with changes made, before anything is timed or searched. */
export type Draft = {
  /** The plan as it was. */
  plan: Plan;
  context: RevisionContext;
  /** As the changes leave them. */
  options: PlanOptions;
  vehicles: Vehicle[];
  shipments: Shipment[];
  routes: DraftRoute[];
  unassigned: UnassignedShipment[];
  /** Parts of split shipments that are on no route while others are: the rest has to follow. */
  loose: DraftPart[];
  /** License plates whose routes have to be worked out anew, with the change that touched each last. */
  touched: Map<string, number>;
  /** The same, and those of shipments whose locks or priority changed: what "routes" searches. */
  concerned: Map<string, number>;
  /** Shipments that changes named, by `keyOf`, with the last change that did. */
  named: Map<string, number>;
  /** New plates by old ones, where vehicles got another. */
  renamed: Map<string, string>;
};
