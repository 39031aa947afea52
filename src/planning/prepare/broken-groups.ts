import type { UnassignedShipment } from "../../domain/plan.ts";
import type { Conditions } from "./conditions.ts";
import type { Consignment } from "./consignment.ts";

/** What may go on a route, and what can't, with the reason. */
export type Sorted = { consignments: Consignment[]; unassigned: UnassignedShipment[] };

/** A shipment that rides with another one or not at all stays with it. What carries nothing holds nobody back. */
export function keepGroupsWhole(
  { consignments, unassigned }: Sorted,
  conditionsOf: (id: UnassignedShipment["shipmentId"]) => Conditions,
): Sorted {
  const missing = new Map<number, UnassignedShipment>();
  for (const left of unassigned) {
    const group = conditionsOf(left.shipmentId).together;
    if (group !== undefined && left.reason !== "no_quantity") missing.set(group, left);
  }
  if (missing.size === 0) return { consignments, unassigned };
  const isHeldBack = ({ conditions }: Consignment) => missing.has(conditions.together ?? -1);
  const heldBack = consignments.filter(isHeldBack).map(({ shipment, conditions }): UnassignedShipment => {
    const { shipmentId } = missing.get(conditions.together!)!;
    const message = `Shipment ${shipment.id} rides with ${shipmentId} or not at all (same_vehicle), and that one can't be planned.`;
    return { shipmentId: shipment.id, reason: "rules_conflict", message };
  });
  return {
    consignments: consignments.filter((one) => !isHeldBack(one)),
    unassigned: [...unassigned, ...heldBack],
  };
}
