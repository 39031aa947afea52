import type { Identifier } from "./identifier.ts";
import type { PlanOptions } from "./plan.ts";
import type { MaterialQuantity, PlanChange } from "./plan-change.ts";

/** What is changed so that shipments which a plan left out come in. */
export type WouldTakeChange =
  | "later_window"
  | "later_shift"
  | "more_minutes"
  | "more_kilometers"
  | "more_stops"
  | "more_trips"
  | "larger_vehicle"
  | "another_vehicle"
  | "split"
  | "unlock"
  | "drop_rule";

/** A rule that would be taken back; what `unlock` and `drop_rule` speak of. */
export type DroppedRule =
  | "vehicle_lock"
  | "position_lock"
  | "time_lock"
  | "only_vehicles"
  | "same_vehicle"
  | "different_vehicles"
  | "separate_materials";

/**
 * One change that was tried on the plan's routes, with everything else as it is. The fields say by how much; with one
 * unit less (a minute, 100 m, a stop, the smallest quantity) it would not do.
 */
export type WouldTake = {
  change: WouldTakeChange;
  /** The vehicle that is changed or takes the shipment; with `another_vehicle` the one that it would be like. */
  licensePlate?: string;
  /** A vehicle that the plan was not offered: instead of the one named (`larger_vehicle`) or beside it. */
  spareLicensePlate?: string;
  /** Of route, shift or window, more than now. */
  minutes?: number;
  /** When the shift or window would end, ISO 8601 with offset. */
  until?: string;
  /** Whose window that is, where it is not its own alone. */
  windowOf?: Identifier[];
  kilometers?: number;
  stops?: number;
  trips?: number;
  /** Room that the vehicle lacks; a percentage of all of it where materials share it. */
  room?: MaterialQuantity[];
  roomPercent?: number;
  /** What a vehicle must carry at least, [material]. */
  materialCapacities?: MaterialQuantity[];
  /** What each vehicle takes of a shipment that rides in parts. */
  parts?: { licensePlate: string; items: MaterialQuantity[] }[];
  rule?: DroppedRule;
  /** What the routes would cost more, an exact decimal, where anything has a price. */
  costYuan?: string;
  /** The same as a part of a sentence: "with 1 trip more of 粤A12345". */
  text: string;
  /** What brings it about in the plan as it is, where changes of a plan can. */
  changes?: PlanChange[];
  /** What brings it about when the plan is made again, where only what holds for the whole plan does. */
  planLoadArguments?: Partial<Pick<PlanOptions, "maxRouteMinutes" | "maxStopsPerRoute" | "allowSplit">>;
};

/** One change that would bring several shipments in. */
export type PlanHelp = WouldTake & { shipmentIds: Identifier[] };
