import type { ShipmentSplit } from "../../domain/plan.ts";
import { keyOf } from "../prepare/request.ts";
import type { Draft, DraftPart } from "./draft.ts";

/** All parts on routes and loose ones, by `keyOf` their shipment. */
export function partsByShipment({
  routes,
  loose,
}: Pick<Draft, "routes" | "loose">): Map<string, DraftPart[]> {
  const parts = [...routes.flatMap(({ stops }) => stops.flatMap((stop) => stop.parts)), ...loose];
  return Map.groupBy(parts, ({ shipmentId }) => keyOf(shipmentId));
}

/** How shipments are split as the draft stands; a split of one that is on no route is kept for when it is. */
export function splitsOf(draft: Draft): ShipmentSplit[] {
  const parts = partsByShipment(draft);
  const idle = (draft.options.splits ?? []).filter(({ shipmentId }) => !parts.has(keyOf(shipmentId)));
  const riding = [...parts.values()].filter(({ length }) => length > 1);
  return [...idle, ...riding.map((own) => ({ shipmentId: own[0]!.shipmentId, parts: own.map(toSplitPart) }))];
}

/** A part as options have it. */
export function toSplitPart({ items, lockedTo }: DraftPart): ShipmentSplit["parts"][number] {
  return { items, ...(lockedTo !== undefined && { licensePlate: lockedTo }) };
}
