import type { App } from "../../app.ts";
import { decideStatus, mergeTimelines } from "../../domain/tracking.ts";
import { deliveryOfShipment } from "./delivery/delivery-of-shipment.ts";
import { recordsOfShipment } from "./records-of-shipment.ts";

/** What the state answers at once needs no patience; a state that hangs shall not hang a client. */
const sourceMilliseconds = 4_000;
const mostEntries = 100;

/** Where a shipment is known to be, from the state alone; undefined where nothing here knows it. */
export async function readShipment(app: App, shipmentId: string) {
  const delivery = await deliveryOfShipment(app, shipmentId);
  const asking = { app, signal: new AbortController().signal, sourceMilliseconds };
  const reports = await recordsOfShipment(asking, shipmentId, delivery);
  if (!delivery && reports.every(({ state }) => state !== "answered")) return undefined;
  return {
    shipment_id: shipmentId,
    status: decideStatus(reports),
    ...(delivery && { delivery }),
    timeline: mergeTimelines(reports.map(({ timeline }) => timeline)).slice(-mostEntries),
  };
}
