import type { Plan } from "../domain/plan.ts";
import { planUri, shipmentUri } from "../domain/resource-uri.ts";
import { isStopOf, shipmentIdsOf } from "../domain/stop-id.ts";
import type { Change } from "../state/news.ts";
import type { Store } from "../state/open-store.ts";

/** What clients of resources are to be told. */
export type ChangedResources = { uris: Set<string>; isListChanged: boolean };

/** The resources that these changes make other than they were, each once. */
export async function changedResources(store: Store, changes: readonly Change[]): Promise<ChangedResources> {
  const uris = new Set<string>();
  for (const change of changes) for (const uri of await urisOf(store, change)) uris.add(uri);
  const isListChanged = changes.some((change) => change.kind === "revision" && change.revision === 1);
  return { uris, isListChanged };
}

async function urisOf(store: Store, change: Change): Promise<string[]> {
  switch (change.kind) {
    case "revision":
      return [planUri(change.planId), ...(await movedShipments(store, change)).map(shipmentUri)];
    case "dispatch":
      return [planUri(change.planId), ...change.shipmentIds.map(shipmentUri)];
    case "write":
      return ofJob(store, { externalJobId: change.externalJobId });
    case "event": {
      const { externalJobId, stopId } = change.subject;
      return externalJobId === undefined ? [] : ofJob(store, { externalJobId, stopId });
    }
  }
}

type PartOfJob = { externalJobId: string; stopId?: string | undefined };

/** The plan of a job and its shipments; of one stop those of that stop alone. */
async function ofJob(store: Store, { externalJobId, stopId }: PartOfJob): Promise<string[]> {
  const route = await store.dispatches.byJob(externalJobId);
  const shipmentIds = route?.shipmentIds.map(String) ?? (await shipmentsOfImport(store, externalJobId));
  const meant = shipmentIds.filter((id) => stopId === undefined || isStopOf(stopId, id));
  return [...(route ? [planUri(route.planId)] : []), ...meant.map(shipmentUri)];
}

/** Of a route that was sent without a plan. */
async function shipmentsOfImport({ routeImports }: Store, externalJobId: string): Promise<string[]> {
  const [sent] = await routeImports.find({ externalJobId, limit: 1 });
  return [...new Set((sent?.stopIds ?? []).flatMap(shipmentIdsOf))];
}

type Revision = { planId: string; revision: number };

/**
 * The shipments that a revision has elsewhere than the one before; but those that are out, which go by their dispatch,
 * and those that a newer plan has.
 */
async function movedShipments(store: Store, { planId, revision }: Revision): Promise<string[]> {
  const after = placesIn(await store.plans.get(planId, revision));
  const before = revision === 1 ? new Map() : placesIn(await store.plans.get(planId, revision - 1));
  const all = [...new Set([...before.keys(), ...after.keys()])];
  const moved = all.filter((id) => before.get(id) !== after.get(id));
  const out = new Set((await store.dispatches.withShipments(moved)).map(({ shipmentId }) => shipmentId));
  const told: string[] = [];
  for (const id of moved) {
    if (out.has(id)) continue;
    const isShownHere = !after.has(id) || (await store.plans.withShipment(id))?.planId === planId;
    if (isShownHere) told.push(id);
  }
  return told;
}

/** Where each shipment stands, as a text that is another one wherever that is told otherwise. */
function placesIn({ routes }: Plan): Map<string, string> {
  const places = new Map<string, string>();
  for (const { licensePlate, stops } of routes) {
    for (const { shipmentIds, items, sequence, loadPosition, trip, arriveAt } of stops) {
      const place = JSON.stringify([licensePlate, sequence, loadPosition, trip, arriveAt]);
      for (const id of shipmentIds.map(String)) {
        const own = items.filter(({ shipmentId }) => String(shipmentId) === id);
        places.set(id, `${places.get(id) ?? ""}${place}${JSON.stringify(own)}`);
      }
    }
  }
  return places;
}
