import type { Shipment } from "../../domain/shipment.ts";
import type { Load } from "./cargo.ts";
import type { Conditions } from "./conditions.ts";

/** A shipment that may go on a route: what it carries, where to, and what was agreed. */
export type Consignment = {
  shipment: Shipment;
  load: Load;
  /** Index in the `PlaceTable`. */
  place: number;
  conditions: Conditions;
  /** Delivered in parts, because no vehicle takes it whole. */
  isSplit: boolean;
};
