import type { ReorderChange } from "../../../domain/plan-change.ts";
import { keyOf } from "../../prepare/request.ts";
import { type Draft, type DraftStop, routeOf, touch } from "../draft.ts";
import { type At, freeVehicleAt, refuse, shipmentAt } from "../refuse.ts";

/** Puts the stops of a route in another order; each trip keeps its number of stops. */
export function reorder(draft: Draft, { licensePlate, shipmentIds }: ReorderChange, at: At): void {
  freeVehicleAt(draft, licensePlate, at);
  const route = routeOf(draft, licensePlate);
  const left = new Set(route?.stops);
  const order: DraftStop[] = [];
  for (const [index, asked] of shipmentIds.entries()) {
    const field = `shipment_ids[${index}]`;
    const id = shipmentAt(draft, asked, { ...at, field });
    const has = ({ parts }: DraftStop) => parts.some(({ shipmentId }) => keyOf(shipmentId) === keyOf(id));
    const stop = [...left].find(has);
    if (stop) {
      left.delete(stop);
      order.push(stop);
    } else if (!order.some(has)) {
      refuse(at, `Shipment ${id} is not on ${licensePlate}.`, {
        field,
        hint: "Bring it there with move first.",
      });
    }
  }
  const [missing] = left;
  if (!route || missing) {
    const lacking = missing ? `: shipment ${missing.parts[0]!.shipmentId} is missing` : "";
    refuse(at, `shipment_ids are not all stops of ${licensePlate}${lacking}.`, {
      code: "invalid_input",
      field: "shipment_ids",
      hint: "Name every stop of the route by one of its shipments, in the new order; get_plan tells them.",
    });
  }
  const trips = route.stops.map(({ trip }) => trip);
  for (const [index, stop] of order.entries()) {
    stop.trip = trips[index]!;
    for (const part of stop.parts) draft.pinned.set(part, { hasPosition: true });
  }
  route.stops = order;
  touch(draft, licensePlate, at.index);
}
