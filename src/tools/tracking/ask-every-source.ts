import type { Delivery } from "./delivery/delivery-fields.ts";
import { lookInLedger } from "./records-of-shipment.ts";
import { type AskedReport, type Asking, askSource, notAsked } from "./sources/ask-source.ts";
import { eventsOfJob, eventsOfOrder, eventsOfShipment } from "./sources/events.ts";
import { freightOf } from "./sources/freight.ts";
import { foundInLedger, importsOfJob } from "./sources/imports.ts";
import { robotOrderOf } from "./sources/robot-order.ts";
import { jobOf, stopsOf } from "./sources/route-job.ts";
import { takeoutDeliveryOf, takeoutOrderOf, withoutHasty } from "./sources/takeout-order.ts";

/** What a delivery is known by, and to whom. */
export type ShipmentName = {
  kind: "shipment_id" | "external_job_id" | "order_sn" | "tracking_id" | "takeout_order_id";
  value: string;
};

/** Asks all sources that can know an identifier, side by side. */
export async function askEverySource(
  asking: Asking,
  { kind, value }: ShipmentName,
  delivery: Delivery | undefined,
): Promise<AskedReport[]> {
  switch (kind) {
    case "shipment_id":
      return askAboutShipment(asking, value, delivery);
    case "external_job_id":
      return askAll(asking, [
        jobOf(asking, value),
        eventsOfJob(asking, value),
        {
          source: "writes",
          basis: "record",
          ask: async () => foundInLedger(await importsOfJob(asking, value)),
        },
      ]);
    case "order_sn":
      return askAll(asking, [robotOrderOf(asking, value), eventsOfOrder(asking, { orderSn: value })]);
    case "tracking_id":
      return askAll(asking, [freightOf(asking, value)]);
    case "takeout_order_id":
      return withoutHasty(
        await askAll(asking, [
          takeoutOrderOf(asking, value),
          takeoutDeliveryOf(asking, value),
          eventsOfOrder(asking, { takeoutOrderId: value }),
        ]),
      );
  }
}

async function askAboutShipment(
  asking: Asking,
  shipmentId: string,
  delivery: Delivery | undefined,
): Promise<AskedReport[]> {
  const { imports, ledger, plan } = await lookInLedger(asking, shipmentId, delivery);
  if (imports.length === 0)
    return [notAsked("routemate", "live", whyNotAsked(ledger, delivery)), ledger, plan];
  const sent = { shipmentId, imports };
  const asked = await askAll(asking, [stopsOf(asking, sent), eventsOfShipment(asking, sent)]);
  return [...asked, ledger, plan];
}

function whyNotAsked(ledger: AskedReport, delivery: Delivery | undefined): string {
  if (ledger.state === "failed") return "Which route the shipment went out with could not be looked up.";
  if (delivery?.released_from) {
    return "It was released: the job that it was out with does not count for it any more, and no other was sent.";
  }
  return "No route with this shipment was sent from here, and RouteMate finds no shipments, only routes.";
}

function askAll(asking: Asking, questions: Parameters<typeof askSource>[1][]): Promise<AskedReport[]> {
  return Promise.all(questions.map((question) => askSource(asking, question)));
}
