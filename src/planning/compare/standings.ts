import type { Identifier } from "../../domain/identifier.ts";
import type { Plan, UnassignedShipment } from "../../domain/plan.ts";
import { keyOf } from "../prepare/request.ts";
import type { StandingPlace } from "./difference.ts";

/** Where a plan has one shipment. `freight` tells what is unloaded where, so that another split is seen. */
export type Standing = {
  shipmentId: Identifier;
  customerName: string | null;
  places: StandingPlace[];
  freight: string[];
  leftOut?: UnassignedShipment;
};

/** Every shipment that a plan knows of, by the key of its identifier. */
export function standingsOf(plan: Plan): Map<string, Standing> {
  const standings = new Map<string, Standing>();
  const standingOf = (shipmentId: Identifier, customerName: string | null): Standing => {
    const key = keyOf(shipmentId);
    const known = standings.get(key);
    if (known) return known;
    const made = { shipmentId, customerName, places: [], freight: [] };
    standings.set(key, made);
    return made;
  };
  for (const { id, customerName = null } of plan.shipments) standingOf(id, customerName);
  for (const { licensePlate, stops } of plan.routes) {
    for (const { sequence, trip, shipmentIds, customerName, items } of stops) {
      for (const id of shipmentIds) {
        const place = { licensePlate, stop: sequence, ...(trip !== undefined && { trip }) };
        standingOf(id, customerName).places.push(place);
      }
      for (const { shipmentId, material, quantity } of items) {
        standingOf(shipmentId, customerName).freight.push(
          `${licensePlate}\n${trip ?? 1}\n${material}\n${quantity}`,
        );
      }
    }
  }
  for (const leftOut of plan.unassigned) standingOf(leftOut.shipmentId, null).leftOut = leftOut;
  return standings;
}
