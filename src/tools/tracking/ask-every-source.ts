import type { RouteImportRecord } from "../../state/route-imports.ts";
import type { Delivery } from "./delivery/delivery-fields.ts";
import { type AskedReport, type Asking, askSource, notAsked } from "./sources/ask-source.ts";
import { eventsOfJob, eventsOfOrder, eventsOfShipment } from "./sources/events.ts";
import { freightOf } from "./sources/freight.ts";
import { foundInLedger, importsOfJob, importsWithShipment } from "./sources/imports.ts";
import { planOf } from "./sources/plan.ts";
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

/** RouteMate knows jobs and no shipments: which jobs a shipment went out with is in the ledger of writes. */
async function askAboutShipment(
  asking: Asking,
  shipmentId: string,
  delivery: Delivery | undefined,
): Promise<AskedReport[]> {
  let imports: RouteImportRecord[] = [];
  const [plan, ledger] = await askAll(asking, [
    planOf(async () => delivery),
    {
      source: "writes",
      basis: "record",
      ask: async () => {
        const all = await importsWithShipment(asking, shipmentId);
        imports = all.filter((sent) => !isReleased(sent, delivery));
        return foundInLedger(imports);
      },
    },
  ]);
  const records = [ledger, plan].filter((report) => report !== undefined);
  if (imports.length === 0) return [notAsked("routemate", "live", whyNotAsked(ledger)), ...records];
  const sent = { shipmentId, imports };
  return [...(await askAll(asking, [stopsOf(asking, sent), eventsOfShipment(asking, sent)])), ...records];
}

/** What it was released from tells nothing of it any more, once another plan has it. */
function isReleased({ externalJobId }: RouteImportRecord, delivery: Delivery | undefined): boolean {
  const { released_from: released = [], external_job_id: shown } = delivery ?? {};
  return released.includes(externalJobId) && shown !== externalJobId;
}

function whyNotAsked(ledger: AskedReport | undefined): string {
  if (ledger?.state === "failed") return "Which route the shipment went out with could not be looked up.";
  return "No route with this shipment was sent from here, and RouteMate finds no shipments, only routes.";
}

function askAll(asking: Asking, questions: Parameters<typeof askSource>[1][]): Promise<AskedReport[]> {
  return Promise.all(questions.map((question) => askSource(asking, question)));
}
