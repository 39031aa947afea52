import type { DispatchedRoute } from "./dispatch.ts";
import type { Identifier } from "./identifier.ts";
import type { MaterialRule } from "./material-rule.ts";
import type { Coordinates, Place } from "./place.ts";
import type { Shipment } from "./shipment.ts";
import type { Vehicle } from "./vehicle.ts";
import type { PlanHelp, WouldTake } from "./would-take.ts";

/** What a plan makes as small as it can, after serving as much as fits. */
export type Objective =
  | "fewest_vehicles"
  | "shortest_distance"
  | "balanced"
  | "earliest_finish"
  | "lowest_cost";

/** Whether each material has its own room in a vehicle, or all share one. */
export type CapacityModel = "independent" | "shared";

/** A delivery time that one shipment must meet; ISO 8601 with offset, either end may be open. */
export type ShipmentWindow = { shipmentId: Identifier; startAt?: string; endAt?: string };

/** What was agreed for one shipment and no optimisation may change. `position` counts stops from 1. */
export type ShipmentLock = {
  shipmentId: Identifier;
  licensePlate?: string;
  position?: number;
  notBefore?: string;
  notAfter?: string;
};

/** What holds for some shipments beside windows, locks and priorities. Money is an exact decimal as text. */
export type ShipmentRule = {
  shipmentIds: Identifier[];
  /** License plates; any vehicle when left out. */
  onlyVehicles?: string[];
  notVehicles?: string[];
  /** When the goods are ready where vehicles start, ISO 8601 with offset. */
  readyAt?: string;
  /** Of unloading, in place of the plan's minutes a stop. */
  serviceMinutes?: number;
  /** What it costs to leave the shipment out: from then on it is optional. */
  penaltyYuan?: string;
  /** What an hour after the end of its time window costs: from then on the end is no limit. */
  lateYuanPerHour?: string;
};

/** How much of one material a part of a shipment is; `quantity` is an exact decimal as text. */
export type SplitPart = {
  items: { material: string; quantity: string }[];
  /** The vehicle that this part is locked to. */
  licensePlate?: string;
};

/**
 * A shipment that is delivered in just these parts, each a stop of its own; together they are the shipment. Locks and
 * windows of the shipment hold for each part, and in groups each part counts like a shipment.
 */
export type ShipmentSplit = { shipmentId: Identifier; parts: SplitPart[] };

/** Everything that shapes a plan, defaults filled in. What came later is optional: older plans do not have it. */
export type PlanOptions = {
  depot: Place;
  capacityModel: CapacityModel;
  objective: Objective;
  returnToDepot: boolean;
  /** When vehicles leave, ISO 8601 with offset. */
  startAt: string;
  serviceMinutes: number;
  timeWindows: ShipmentWindow[];
  locks: ShipmentLock[];
  priorities: { shipmentId: Identifier; priority: number }[];
  allowSplit: boolean;
  defaultMaterial?: string;
  maxStopsPerRoute?: number;
  maxRouteMinutes?: number;
  shipmentRules?: ShipmentRule[];
  /** Shipments of a group ride on one vehicle, or all stay. */
  sameVehicle?: Identifier[][];
  /** No two shipments of a group ride on one vehicle. */
  differentVehicles?: Identifier[][];
  /** No two materials of a group ride on one vehicle. */
  separateMaterials?: string[][];
  /** Shipments that are split by hand, or were split by an earlier revision. */
  splits?: ShipmentSplit[];
  /** License plates of vehicles that are out of service: they stay among the plan's vehicles, but none drives. */
  withdrawn?: string[];
  /** The plan whose routes the search began with. */
  startFrom?: { planId: string; revision: number };
  timeLimitSeconds: number;
  seed: number;
};

/** An item whose material nothing tells. */
export type UnmappedItem = { shipmentId: Identifier; itemName: string };

/**
 * One material on one vehicle. `quantity` is an exact decimal as text; `fill` is quantity / capacity, 0 to 1.
 * `trip` (from 1) stands on routes of several trips alone, and quantity and fill are those of that trip.
 */
export type PlanLoad = {
  material: string;
  quantity: string;
  capacity: number;
  fill: number;
  trip?: number;
};

/** What is unloaded at a stop, by shipment and material. */
export type StopItem = { shipmentId: Identifier; material: string; quantity: string };

/** One visit: all shipments of one customer at one address. The depot is no stop. */
export type PlanStop = {
  /** From 1, in driving order. */
  sequence: number;
  /** On a route as it is driven alone: where the plan had the stop, if elsewhere. */
  plannedSequence?: number;
  /** From 1, in the order in which its trip is loaded: the last stop is loaded first. */
  loadPosition: number;
  /** From 1, on routes of several trips alone: before each but the first the vehicle loads again at the depot. */
  trip?: number;
  shipmentIds: Identifier[];
  customerName: string | null;
  address: string | null;
  /** Null when the shipment has no position: then the stop is the last of its trip. */
  lat: number | null;
  lng: number | null;
  /** When unloading begins: the arrival, or later where a time window is still closed. */
  arriveAt: string;
  /** How long the vehicle stands before that until a window opens, where it does. */
  waitingSeconds?: number;
  /** By how much unloading begins after the end of a window that may be passed, where it does. */
  lateSeconds?: number;
  /** From the stop (or depot) before. */
  distanceMeters: number;
  items: StopItem[];
};

/** What one vehicle does. */
export type PlanRoute = {
  licensePlate: string;
  loads: PlanLoad[];
  stops: PlanStop[];
  distanceMeters: number;
  durationSeconds: number;
  /** Where anything has a price, an exact decimal. */
  costYuan?: string;
  departAt: string;
  finishAt: string;
  /** Where it leaves, if that is not the plan's depot. */
  start?: Coordinates;
  /** Where it ends, if that is not what `returnToDepot` says of all; null: at its last stop. */
  end?: Coordinates | null;
  /** Breaks in the order in which they are taken, where there are any. */
  breaks?: PlanBreak[];
  /** Of a route that is out, or may be, as plans are shown; no plan is kept with it. */
  dispatch?: RouteDispatch;
};

/** How a route is out. */
export type RouteDispatch = Pick<
  DispatchedRoute,
  "state" | "jobId" | "externalJobId" | "driverEmail" | "releasedShipmentIds"
>;

/** A break as it is taken; ISO 8601 with offset. */
export type PlanBreak = { startAt: string; minutes: number };

/** Why a shipment is on no route. */
export type UnassignedReason =
  | "unmapped_item"
  | "no_quantity"
  | "no_vehicle_for_material"
  | "larger_than_any_vehicle"
  | "lock_impossible"
  | "rules_conflict"
  | "time_window"
  | "route_time"
  | "stop_limit"
  | "not_worth_it"
  | "fleet_full"
  | "search_ended"
  /** Taken out by hand: only by hand is it put in again. */
  | "removed"
  | "vehicle_withdrawn";

/** A shipment on no route, with a sentence that holds the numbers. */
export type UnassignedShipment = {
  shipmentId: Identifier;
  reason: UnassignedReason;
  message: string;
  /** The cheapest single change that would bring it in, where one was found. */
  wouldTake?: WouldTake;
};

/** How good the plan is and how it came about. */
export type PlanQuality = {
  /**
   * "optimal": proven that no plan which serves these shipments is better. "gap": by at most `gapPercent` above what
   * any such plan has at least of `gapTo`. "heuristic": nothing is known of how good a plan could be.
   */
  status: "optimal" | "gap" | "heuristic";
  /** What the search did and why it stopped, and what is proven. */
  reason: string;
  gapPercent?: number;
  gapTo?: "vehicles" | "fixed_costs";
  /** No plan that serves these shipments uses fewer vehicles. */
  leastVehicles?: number;
  /** What the routes cost, an exact decimal, where anything has a price. */
  costYuan?: string;
  vehiclesUsed: number;
  shipmentsAssigned: number;
  distanceMeters: number;
  durationSeconds: number;
  iterations: number;
  seed: number;
  /** False when the time limit ended the search, so that another run may differ. */
  repeatable: boolean;
};

/** What planning makes of shipments and vehicles. */
export type PlanContent = {
  routes: PlanRoute[];
  unassigned: UnassignedShipment[];
  /** Single changes that would each bring in several of what is left out, the best first. */
  whatWouldHelp?: PlanHelp[];
  unmappedItems: UnmappedItem[];
  quality: PlanQuality;
  warnings: string[];
};

/** One revision of a plan as it is kept, with what it was made from. */
export type Plan = PlanContent & {
  planId: string;
  revision: number;
  createdAt: string;
  area: string | null;
  merchantId: Identifier | null;
  options: PlanOptions;
  vehicles: Vehicle[];
  shipments: Shipment[];
  /** The rules that told materials when it was made, and materials known beside those of its vehicles. */
  materialRules?: MaterialRule[];
  materials?: string[];
  /** Of the changes that made this revision of the one before, so that a repeat of the call is known as one. */
  changesFingerprint?: string;
};
