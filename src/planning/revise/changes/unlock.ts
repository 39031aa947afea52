import type { UnlockChange } from "../../../domain/plan-change.ts";
import { keyOf } from "../../prepare/request.ts";
import { type Draft, routeOf, standsOf, touch } from "../draft.ts";
import { type At, freeShipmentAt, refuse, refuseFrozen, vehicleAt } from "../refuse.ts";

/** Ends all locks of the named shipments, or of all that is on a route or locked to its vehicle. */
export function unlock(draft: Draft, { shipmentIds, licensePlate }: UnlockChange, at: At): void {
  if (licensePlate !== undefined) {
    vehicleAt(draft, licensePlate, at);
    refuseFrozen(draft, licensePlate, at);
  }
  const keys = new Set<string>();
  for (const [index, asked] of (shipmentIds ?? []).entries()) {
    const field = `shipment_ids[${index}]`;
    const id = freeShipmentAt(draft, asked, { ...at, field });
    keys.add(keyOf(id));
  }
  if (!shipmentIds) {
    if (licensePlate === undefined) {
      refuse(at, "Neither shipment_ids nor license_plate is given.", {
        code: "invalid_input",
        hint: "Name shipments, or a vehicle for all on its route.",
      });
    }
    const riding = routeOf(draft, licensePlate)?.stops.flatMap(({ parts }) => parts) ?? [];
    for (const { shipmentId } of riding) keys.add(keyOf(shipmentId));
    for (const { shipmentId, licensePlate: plate } of draft.options.locks) {
      if (plate === licensePlate) keys.add(keyOf(shipmentId));
    }
  }
  endLocks(draft, keys, at);
}

function endLocks(draft: Draft, keys: ReadonlySet<string>, at: At): void {
  const isEnded = ({ shipmentId }: { shipmentId: string | number }) => keys.has(keyOf(shipmentId));
  const ended = draft.options.locks.filter(isEnded);
  draft.options = { ...draft.options, locks: draft.options.locks.filter((one) => !isEnded(one)) };
  for (const { shipmentId, notBefore, notAfter } of ended) {
    const isTimed = notBefore !== undefined || notAfter !== undefined;
    for (const { route } of standsOf(draft, shipmentId)) {
      if (isTimed) touch(draft, route.licensePlate, at.index);
      else draft.concerned.set(route.licensePlate, at.index);
    }
  }
  const parts = [...draft.routes.flatMap(({ stops }) => stops.flatMap((stop) => stop.parts)), ...draft.loose];
  for (const part of parts) if (isEnded(part)) delete part.lockedTo;
}
