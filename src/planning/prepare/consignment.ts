import type { Shipment } from "../../domain/shipment.ts";
import type { Load } from "./cargo.ts";
import type { Conditions } from "./conditions.ts";
import type { GivenPart } from "./parts.ts";

/** A shipment that may go on a route: what it carries, where to, and what was agreed. */
export type Consignment = {
  shipment: Shipment;
  load: Load;
  /** Index in the `PlaceTable`. */
  place: number;
  conditions: Conditions;
  /** Delivered in parts, because no vehicle takes it whole or a dispatcher said so. */
  isSplit: boolean;
  /** The parts that a dispatcher cut it into: each is a stop of its own, and no search cuts it otherwise. */
  parts?: GivenPart[];
};
