import type { App } from "../../../app.ts";
import type { ShipmentName } from "../ask-every-source.ts";
import type { Delivery } from "./delivery-fields.ts";
import { deliveryOfJob } from "./delivery-of-job.ts";
import { deliveryOfShipment } from "./delivery-of-shipment.ts";

/** What the state knows behind an identifier; robots' orders are their vendor's to tell. */
export async function deliveryOf(app: App, { kind, value }: ShipmentName): Promise<Delivery | undefined> {
  if (kind === "shipment_id") return deliveryOfShipment(app, value);
  if (kind === "external_job_id") return deliveryOfJob(app, value);
  return undefined;
}
