import type { Identifier } from "../../domain/identifier.ts";

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
    /** A stop without a position is not the last of its trip. */
    | "no_position"
    /** Shipments of the route that an order lacks, and those that it has and the route does not. */
    | "missing"
    | "unknown";
  licensePlate: string;
  /** The stop's number on the route as it is told. */
  sequence?: number;
  shipmentId?: Identifier;
  material?: string;
  /** By how much: a quantity as exact decimal, else whole seconds, meters, stops, trips, places or shipments. */
  over: string | number;
  /** What is broken and by how much, as a sentence without its full stop. */
  message: string;
};

/** Tells one broken limit from another, whatever it is broken by. */
export function limitKey({ limit, licensePlate, shipmentId = "", material = "" }: BrokenLimit): string {
  const isOfGroup = limit === "same_vehicle" || limit === "different_vehicles";
  return JSON.stringify([limit, isOfGroup ? "" : licensePlate, String(shipmentId), material]);
}
