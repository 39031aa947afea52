import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import type { Plan, PlanRoute, StopItem } from "../../domain/plan.ts";
import type { KnownTravel } from "../../domain/travel.ts";

/** A stop of somebody else's order: whose goods are unloaded there, and what where a shipment stands on several stops. */
export type GivenStop = { shipmentIds: readonly Identifier[]; items?: readonly StopItem[]; trip?: number };

/** A route of a plan in another order. */
export type GivenRoute = {
  licensePlate: string;
  order: readonly GivenStop[];
  /** Between `positionsOf` `toGivenRequest`; great-circle estimates when left out. */
  travel?: KnownTravel;
};

/** A limit that a route breaks, as data and as a sentence. */
export type BrokenLimit = {
  limit:
    | "capacity"
    | "time_window"
    | "shift"
    | "max_duration"
    | "max_distance"
    | "max_stops"
    | "max_trips"
    | "break"
    | "lock"
    | "not_allowed"
    | "separate_materials"
    | "same_vehicle"
    | "different_vehicles"
    | "no_position"
    /** Shipments of the route that the order lacks, or that it has and the route does not. */
    | "missing"
    | "unknown";
  licensePlate: string;
  /** The stop's number on the route as it is told. */
  sequence?: number;
  shipmentId?: Identifier;
  material?: string;
  /** By how much: quantity as exact decimal, else whole seconds, meters, stops, trips, places or shipments. */
  over: string | number;
  message: string;
};

/**
 * One route of a plan in the given order: times, distances and loading positions are those of that order. Nothing is
 * refused but a plate that has no route (`not_found`); what the order breaks is told.
 */
export function timeGivenRoute(_plan: Plan, _given: GivenRoute): { route: PlanRoute; broken: BrokenLimit[] } {
  throw new Failure("internal", "Routes can't be timed yet.");
}
