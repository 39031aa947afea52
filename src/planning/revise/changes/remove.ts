import type { RemoveChange } from "../../../domain/plan-change.ts";
import { keyOf } from "../../prepare/request.ts";
import { forgetLeftOut } from "../agreements.ts";
import { type Draft, standsOf, takeOff } from "../draft.ts";
import { type At, freeShipmentAt } from "../refuse.ts";

/** Takes shipments out of the plan. */
export function remove(draft: Draft, { shipmentIds }: RemoveChange, at: At): void {
  for (const [index, asked] of shipmentIds.entries()) {
    const field = `shipment_ids[${index}]`;
    const shipmentId = freeShipmentAt(draft, asked, { ...at, field });
    takeOff(draft, standsOf(draft, shipmentId), at.index);
    draft.loose = draft.loose.filter((part) => keyOf(part.shipmentId) !== keyOf(shipmentId));
    forgetLeftOut(draft, shipmentId);
    const message = `Shipment ${shipmentId} was taken out of the plan by hand; add brings it back.`;
    draft.unassigned.push({ shipmentId, reason: "removed", message });
  }
}
