import type { UnassignedShipment } from "../../domain/plan.ts";
import type { Conditions } from "./conditions.ts";
import type { Consignment } from "./consignment.ts";

/** What may go on a route, and what can't, with the reason; `refused`: of the latter what has something to carry. */
export type Sorted = {
  consignments: Consignment[];
  unassigned: UnassignedShipment[];
  refused: Consignment[];
};

type ConditionsOf = (id: UnassignedShipment["shipmentId"]) => Conditions;

/**
 * A shipment that rides with another one or not at all stays with it. What carries nothing holds nobody back. A group
 * of which two must not ride together either can't ride at all.
 */
export function keepGroupsWhole(sorted: Sorted, conditionsOf: ConditionsOf): Sorted {
  return holdBack(refuseTorn(sorted), conditionsOf);
}

/** Two shipments that `same_vehicle` puts on one vehicle and `different_vehicles` on two. */
function refuseTorn({ consignments, unassigned, refused }: Sorted): Sorted {
  const seen = new Map<string, Consignment>();
  const torn = new Map<Consignment, Consignment>();
  for (const one of consignments) {
    const { together, apart } = one.conditions;
    if (together === undefined || apart === undefined) continue;
    const key = `${together} ${apart}`;
    const other = seen.get(key);
    if (other) torn.set(one, other).set(other, torn.get(other) ?? one);
    seen.set(key, other ?? one);
  }
  if (torn.size === 0) return { consignments, unassigned, refused };
  const told = [...torn].map(([{ shipment }, other]): UnassignedShipment => {
    const message = `Shipment ${shipment.id} must ride with ${other.shipment.id} (same_vehicle) and must not (different_vehicles): take one of the two rules back.`;
    return { shipmentId: shipment.id, reason: "rules_conflict", message };
  });
  return {
    consignments: consignments.filter((one) => !torn.has(one)),
    unassigned: [...unassigned, ...told],
    refused: [...refused, ...torn.keys()],
  };
}

function holdBack({ consignments, unassigned, refused }: Sorted, conditionsOf: ConditionsOf): Sorted {
  const missing = new Map<number, UnassignedShipment>();
  for (const left of unassigned) {
    const group = conditionsOf(left.shipmentId).together;
    if (group !== undefined && left.reason !== "no_quantity") missing.set(group, left);
  }
  if (missing.size === 0) return { consignments, unassigned, refused };
  const isHeldBack = ({ conditions }: Consignment) => missing.has(conditions.together ?? -1);
  const heldBack = consignments.filter(isHeldBack);
  const told = heldBack.map(({ shipment, conditions }): UnassignedShipment => {
    const { shipmentId } = missing.get(conditions.together!)!;
    const message = `Shipment ${shipment.id} rides with ${shipmentId} or not at all (same_vehicle), and that one can't be planned.`;
    return { shipmentId: shipment.id, reason: "rules_conflict", message };
  });
  return {
    consignments: consignments.filter((one) => !isHeldBack(one)),
    unassigned: [...unassigned, ...told],
    refused: [...refused, ...heldBack],
  };
}
