import type { App } from "../../../app.ts";
import type { DispatchedShipment } from "../../../domain/dispatch.ts";
import { quote } from "../../../domain/vendor-text.ts";
import { newsOfJob, type ShipmentNews } from "./shipment-news.ts";

/** A route that is out with some of the shipments that are asked about, and what was told of each of those. */
export type OutRoute = Omit<DispatchedShipment, "shipmentId"> & {
  shipmentIds: string[];
  news: ReadonlyMap<string, ShipmentNews>;
};

/** The shipments by the routes that they are out with, and the last word on each. */
export async function routesOutWith(app: App, shipments: readonly DispatchedShipment[]): Promise<OutRoute[]> {
  const byJob = Map.groupBy(shipments, ({ externalJobId }) => externalJobId);
  return Promise.all(
    [...byJob.values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { shipmentId: _, ...route } = first;
      const shipmentIds = group.map(({ shipmentId }) => shipmentId);
      const { externalJobId } = route;
      return newsOfJob(app, { externalJobId, shipmentIds }).then((news) => ({ ...route, shipmentIds, news }));
    }),
  );
}

/** The route in the tools' spelling. */
export function fromOutRoute(route: OutRoute) {
  const told = (news: ShipmentNews) => route.shipmentIds.filter((id) => route.news.get(id) === news);
  const [delivered, failed] = [told("delivered"), told("failed")];
  return {
    plan_id: route.planId,
    license_plate: route.licensePlate,
    state: route.state,
    external_job_id: route.externalJobId,
    job_id: route.jobId,
    driver_email: route.driverEmail,
    shipment_ids: route.shipmentIds,
    ...(delivered.length > 0 && { delivered_shipment_ids: delivered }),
    ...(failed.length > 0 && { failed_shipment_ids: failed }),
  };
}

/** "Out with 「粤A12345」 of plan plan-…, job 「…」, driver 「wang@…」: 1, 2." and what was told of them. */
export function describeOutRoute(route: OutRoute): string[] {
  const { delivered_shipment_ids: delivered = [], failed_shipment_ids: failed = [] } = fromOutRoute(route);
  const where =
    `${quote(route.licensePlate)} of plan ${route.planId}, job ${quote(route.externalJobId)}, ` +
    `driver ${quote(route.driverEmail, 60)}`;
  return [
    `${howOut[route.state]} with ${where}: ${someIds(route.shipmentIds)}.`,
    ...(delivered.length > 0
      ? [`DELIVERED already: ${someIds(delivered)}. Released, they could be brought a second time.`]
      : []),
    ...(failed.length > 0 ? [`The driver's stop failed: ${someIds(failed)}.`] : []),
  ];
}

const howOut: Readonly<Record<OutRoute["state"], string>> = {
  claimed: "Being sent right now",
  sending: "Being sent right now",
  unknown: "Perhaps out (no answer from RouteMate is known)",
  dispatched: "Out",
};

const mostNamed = 20;

/** The first identifiers, and how many more there are. */
export function someIds(ids: readonly string[], most = mostNamed): string {
  const shown = ids.slice(0, most).map((id) => quote(id));
  return ids.length > most ? `${shown.join(", ")} and ${ids.length - most} more` : shown.join(", ");
}
