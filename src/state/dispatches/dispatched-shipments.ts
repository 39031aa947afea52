import type { Kysely } from "kysely";
import type { DispatchedRoute, DispatchedShipment } from "../../domain/dispatch.ts";
import type { Identifier } from "../../domain/identifier.ts";
import { inParts } from "../in-parts.ts";
import type { Database } from "../schema.ts";
import { type ClaimsPlace, selectRoutes, toRoute } from "./dispatched-routes.ts";

/** A shipment of a claim, void claims included. */
type ShipmentRow = { shipmentId: string; claimId: number };

/** Those of these shipments (of all, without) that are out or may be and were not released, oldest claims first. */
export async function findShipmentsOut(
  { db, owners }: ClaimsPlace,
  shipmentIds?: readonly Identifier[],
): Promise<DispatchedShipment[]> {
  const rows = await unreleased(db, shipmentIds);
  const routes = await routesByClaim({ db, owners }, [...new Set(rows.map(({ claimId }) => claimId))]);
  return rows.flatMap(({ shipmentId, claimId }) => {
    const route = routes.get(claimId);
    return route ? (toShipment(shipmentId, route) ?? []) : [];
  });
}

/** The text of each identifier, once: a number and its text are the same identifier. */
export function shipmentKeys(shipmentIds: readonly Identifier[]): string[] {
  return [...new Set(shipmentIds.map(String))];
}

async function unreleased(
  db: Kysely<Database>,
  shipmentIds: readonly Identifier[] | undefined,
): Promise<ShipmentRow[]> {
  const all = db
    .selectFrom("dispatchedShipments")
    .select(["shipmentId", "claimId"])
    .where("releasedAt", "is", null)
    .orderBy("claimId")
    .orderBy("shipmentId");
  if (shipmentIds === undefined) return all.execute();
  const rows: ShipmentRow[] = [];
  for (const part of inParts(shipmentKeys(shipmentIds))) {
    rows.push(...(await all.where("shipmentId", "in", part).execute()));
  }
  return rows;
}

async function routesByClaim(
  { db, owners }: ClaimsPlace,
  claimIds: readonly number[],
): Promise<Map<number, DispatchedRoute>> {
  const routes = new Map<number, DispatchedRoute>();
  for (const part of inParts(claimIds)) {
    for (const row of await selectRoutes(db).where("claimId", "in", part).execute()) {
      const route = toRoute(row, owners);
      if (route) routes.set(row.claimId, route);
    }
  }
  return routes;
}

function toShipment(shipmentId: string, route: DispatchedRoute): DispatchedShipment | undefined {
  const { planId, revision, licensePlate, externalJobId, driverEmail, jobId, state } = route;
  if (state === "refused") return undefined;
  return { shipmentId, planId, revision, licensePlate, externalJobId, driverEmail, jobId, state };
}
