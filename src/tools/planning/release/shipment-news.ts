import type { App } from "../../../app.ts";
import type { KeptEvent } from "../../../domain/event.ts";
import { shipmentIdsOf } from "../../../domain/stop-id.ts";

/** What the inbox tells of a shipment that is out with a job. */
export type ShipmentNews = "delivered" | "failed";

const eventsPerPage = 200;

/** More than a route of 200 stops has. */
const mostPages = 5;

const newsByKind: ReadonlyMap<string, ShipmentNews> = new Map([
  ["stop.completed", "delivered"],
  ["stop.failed", "failed"],
]);

/**
 * The last word on each shipment of a job (by its identifier as text) as far as events tell. A job that is completed
 * is over for those of its shipments whose stops nothing was told of.
 */
export async function newsOfJob(
  app: App,
  { externalJobId, shipmentIds }: { externalJobId: string; shipmentIds: readonly string[] },
): Promise<Map<string, ShipmentNews>> {
  const events = await eventsOfJob(app, externalJobId);
  const isOver = events.some(({ kind }) => kind === "job.completed");
  const news = new Map<string, ShipmentNews>();
  if (isOver) for (const id of shipmentIds) news.set(id, "delivered");
  const wanted = new Set(shipmentIds);
  for (const { kind, subject } of events.toReversed()) {
    const told = newsByKind.get(kind);
    const { stopId } = subject;
    if (told === undefined || stopId === undefined) continue;
    for (const id of shipmentIdsOf(stopId)) if (wanted.has(id)) news.set(id, told);
  }
  return news;
}

/** What was told of a job, newest first. */
export async function eventsOfJob(app: App, externalJobId: string): Promise<KeptEvent[]> {
  const { events } = await app.store();
  const found: KeptEvent[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { items, nextCursor } = await events.list({
      subject: { externalJobId },
      limit: eventsPerPage,
      ...(cursor !== undefined && { cursor }),
    });
    found.push(...items);
    cursor = nextCursor;
    if (cursor === undefined) break;
  }
  return found;
}
