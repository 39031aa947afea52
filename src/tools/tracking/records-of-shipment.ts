import type { RouteImportRecord } from "../../state/route-imports.ts";
import type { Delivery } from "./delivery/delivery-fields.ts";
import { type AskedReport, type Asking, askSource } from "./sources/ask-source.ts";
import { eventsOfShipment } from "./sources/events.ts";
import { foundInLedger, importsWithShipment } from "./sources/imports.ts";
import { planOf } from "./sources/plan.ts";

/** What plans and the ledger have of a shipment, and the routes that it was sent out with. */
export type SentShipment = { imports: RouteImportRecord[]; ledger: AskedReport; plan: AskedReport };

/** RouteMate knows jobs and no shipments: which jobs a shipment went out with is in the ledger of writes. */
export async function lookInLedger(
  asking: Asking,
  shipmentId: string,
  delivery: Delivery | undefined,
): Promise<SentShipment> {
  let imports: RouteImportRecord[] = [];
  const findImports = async () => {
    const all = await importsWithShipment(asking, shipmentId);
    imports = all.filter((sent) => !isReleased(sent, delivery));
    return foundInLedger(imports);
  };
  const [plan, ledger] = await Promise.all([
    askSource(
      asking,
      planOf(async () => delivery),
    ),
    askSource(asking, { source: "writes", basis: "record", ask: findImports }),
  ]);
  return { imports, ledger, plan };
}

/** All that the state has of a shipment; no vendor is asked. */
export async function recordsOfShipment(
  asking: Asking,
  shipmentId: string,
  delivery: Delivery | undefined,
): Promise<AskedReport[]> {
  const { imports, ledger, plan } = await lookInLedger(asking, shipmentId, delivery);
  if (imports.length === 0) return [ledger, plan];
  return [await askSource(asking, eventsOfShipment(asking, { shipmentId, imports })), ledger, plan];
}

/** What it was released from tells nothing of it any more, once another plan has it. */
function isReleased({ externalJobId }: RouteImportRecord, delivery: Delivery | undefined): boolean {
  const { released_from: released = [], external_job_id: shown } = delivery ?? {};
  return released.includes(externalJobId) && shown !== externalJobId;
}
