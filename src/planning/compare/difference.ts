import type { Identifier } from "../../domain/identifier.ts";

/** A figure of the plan before and of the plan after. */
export type Change<Value> = { before: Value; after: Value };

/** Where a shipment is unloaded: the vehicle, the stop's number on its route, the trip where there are several. */
export type StandingPlace = { licensePlate: string; stop: number; trip?: number };

/**
 * What became of a shipment, in the order in which a dispatcher asks: left out now, taken out by hand, not in the plan
 * any more, new in it, on a route again, on another vehicle or trip, on another number of stops, or in another order.
 */
export const moveKinds = [
  "left_out",
  "removed",
  "gone",
  "added",
  "served",
  "moved",
  "split",
  "reordered",
] as const;

export type MoveKind = (typeof moveKinds)[number];

/** A shipment that stands elsewhere now. No place: on no route; then `reason` and `message` say why. */
export type ShipmentMove = {
  shipmentId: Identifier;
  customerName: string | null;
  kind: MoveKind;
  from: StandingPlace[];
  to: StandingPlace[];
  reason?: string;
  message?: string;
};

/** What is worth a look at a load that changed: beyond the room, above 95 %, below 30 %, or nothing left of it. */
export type LoadNotice = "over" | "nearly_full" | "nearly_empty" | "empty";

/** One material (of one trip) on one vehicle, where it changed. Fill is 0 to 1, null where there is no such room. */
export type LoadDifference = {
  material: string;
  trip?: number;
  quantity: Change<string>;
  capacity: Change<number | null>;
  fill: Change<number | null>;
  notice?: LoadNotice;
};

/** What changed of one vehicle's route; zeros and null stand for a vehicle that stays. */
export type VehicleDifference = {
  licensePlate: string;
  stops: Change<number>;
  distanceMeters: Change<number>;
  durationSeconds: Change<number>;
  finishAt: Change<string | null>;
  waitingSeconds: Change<number>;
  lateSeconds: Change<number>;
  costYuan?: Change<string | null>;
  loads: LoadDifference[];
};

/** A window that became tight: how long before its end unloading begins (negative: after it). */
export type WindowSlack = {
  shipmentId: Identifier;
  customerName: string | null;
  licensePlate: string;
  endAt: string;
  slackSeconds: Change<number>;
};

/** The figures of a whole plan. */
export type PlanFigures = {
  vehiclesUsed: number;
  shipmentsAssigned: number;
  shipmentsUnassigned: number;
  distanceMeters: number;
  durationSeconds: number;
  /** When the last vehicle is done; null where none leaves. */
  finishAt: string | null;
  waitingSeconds: number;
  lateSeconds: number;
  /** Null where nothing has a price. */
  costYuan: string | null;
  /** What the vehicles that leave carry of each material, of what they could. */
  loads: { material: string; quantity: string; capacity: number; fill: number }[];
};

/** What was agreed anew or given up, each as one short sentence: locks, windows, priorities, vehicles. */
export type AgreementChange = { about: "lock" | "window" | "priority" | "vehicle"; words: string };

/** What is different in the second of two plans. */
export type PlanDifference = {
  figures: Change<PlanFigures>;
  /** In the order of their kinds. */
  moves: ShipmentMove[];
  /** Only those whose route or load changed, in the order of the plan after. */
  vehicles: VehicleDifference[];
  windows: WindowSlack[];
  agreements: AgreementChange[];
};
