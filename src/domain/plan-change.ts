import type { Identifier } from "./identifier.ts";
import type { Shipment } from "./shipment.ts";
import type { MaterialCapacity, Vehicle, VehicleRules } from "./vehicle.ts";

/** How much of one material; `quantity` is an exact decimal as text. */
export type MaterialQuantity = { material: string; quantity: string };

/** Brings shipments to a vehicle, or to another place on theirs; a split one comes together again there. */
export type MoveChange = {
  op: "move";
  shipmentIds: Identifier[];
  licensePlate: string;
} & StopPlace;

/** Where a stop is put; the cheapest feasible place where it is left out. */
export type StopPlace = {
  /** The sequence number that the stop has afterwards. */
  position?: number;
  /** From 1; one more than there are begins a new trip. */
  trip?: number;
};

/** Each takes the other's place. */
export type SwapChange = { op: "swap"; shipmentId: Identifier; withShipmentId: Identifier };

/** Takes shipments out of the plan: no optimisation brings them back, `add` does. */
export type RemoveChange = { op: "remove"; shipmentIds: Identifier[] };

/** Puts in what is unassigned or removed, or shipments that the plan does not know; on the cheapest vehicle where none is named. */
export type AddChange = {
  op: "add";
  shipmentIds?: Identifier[];
  shipments?: Shipment[];
  licensePlate?: string;
} & StopPlace;

/**
 * What later optimisations keep. Of the named shipments or, with a plate alone, of all on that route; where nothing
 * else is given, each keeps the vehicle that it is on.
 */
export type LockChange = {
  op: "lock";
  shipmentIds?: Identifier[];
  licensePlate?: string;
  position?: number;
  /** ISO 8601 with offset. */
  notBefore?: string;
  notAfter?: string;
};

/** Ends all locks of the named shipments or, with a plate alone, of all on that route or locked to it. */
export type UnlockChange = { op: "unlock"; shipmentIds?: Identifier[]; licensePlate?: string };

/** The order of a whole route by its shipments: a stop comes where its first shipment is named. */
export type ReorderChange = { op: "reorder"; licensePlate: string; shipmentIds: Identifier[] };

/** Gives a part of a shipment to a vehicle; what is left stays where it is. */
export type SplitChange = {
  op: "split";
  shipmentId: Identifier;
  licensePlate: string;
  items: MaterialQuantity[];
} & StopPlace;

/** Changes a vehicle of the plan, or adds one that is given in full. */
export type SetVehicleChange = {
  op: "set_vehicle";
  licensePlate: string;
  /** True: it drives no more and what it carried is unassigned; false: it is back, idle. */
  outOfService?: boolean;
  newLicensePlate?: string;
  /** In place of all that the plan knew of it; its plate is the new one. */
  vehicle?: Vehicle;
  /** Of the named materials; those not named stay. */
  materialCapacities?: MaterialCapacity[];
  /** The given ones; the others stay. */
  rules?: VehicleRules;
};

/** In place of all windows of the shipment; neither end: any time. ISO 8601 with offset. */
export type SetWindowChange = { op: "set_window"; shipmentId: Identifier; startAt?: string; endAt?: string };

/** 0 to 100. */
export type SetPriorityChange = { op: "set_priority"; shipmentId: Identifier; priority: number };

/** One change of a plan by a dispatcher. Changes are made in their order, each on what the one before left. */
export type PlanChange =
  | MoveChange
  | SwapChange
  | RemoveChange
  | AddChange
  | LockChange
  | UnlockChange
  | ReorderChange
  | SplitChange
  | SetVehicleChange
  | SetWindowChange
  | SetPriorityChange;

/** What is searched after changes: nothing, the order within vehicles, or everything that is not frozen. */
export type Reoptimize = "none" | "routes" | "all";
