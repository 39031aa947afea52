import type { Identifier } from "../../../domain/identifier.ts";
import type { SwapChange } from "../../../domain/plan-change.ts";
import { refuseKeptOff } from "../agreements.ts";
import { type Draft, type DraftPart, type Stand, touch } from "../draft.ts";
import { type At, freeVehicleAt, refuse, ridingAt } from "../refuse.ts";

/** Each shipment takes the other's place; one that shares a stop leaves it, and the other stands behind that stop. */
export function swap(draft: Draft, { shipmentId, withShipmentId }: SwapChange, at: At): void {
  const one = onlyStand(draft, { id: shipmentId, field: "shipment_id" }, at);
  const other = onlyStand(draft, { id: withShipmentId, field: "with_shipment_id" }, at);
  if (one.stop === other.stop) {
    refuse(at, `Shipments ${one.part.shipmentId} and ${other.part.shipmentId} are unloaded at one stop.`, {
      code: "invalid_input",
      hint: "Swap shipments of two stops.",
    });
  }
  for (const [{ part }, { route }] of [[one, other] as const, [other, one] as const]) {
    freeVehicleAt(draft, route.licensePlate, at);
    refuseKeptOff(draft, part, { licensePlate: route.licensePlate, at });
  }
  replace(one, other.part);
  replace(other, one.part);
  for (const { route, part } of [one, other]) {
    draft.pinned.set(part, { hasPosition: true });
    touch(draft, route.licensePlate, at.index);
  }
}

function onlyStand(draft: Draft, { id, field }: { id: Identifier; field: string }, at: At): Stand {
  const [stand, second] = ridingAt(draft, id, { ...at, field });
  if (!second) return stand!;
  return refuse(at, `Shipment ${id} is split over several stops: it has no one place to swap.`, {
    field,
    hint: "Bring it together with move, or move its parts with split.",
  });
}

function replace({ route, stop, part }: Stand, newcomer: DraftPart): void {
  if (stop.parts.length === 1) {
    stop.parts = [newcomer];
    return;
  }
  stop.parts = stop.parts.filter((own) => own !== part);
  route.stops.splice(route.stops.indexOf(stop) + 1, 0, { trip: stop.trip, parts: [newcomer] });
}
