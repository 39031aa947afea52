import type { EventSubject, KeptEvent } from "../../../domain/event.ts";
import { isStopOf } from "../../../domain/stop-id.ts";
import { isTerminal, type ShipmentStatus, statusOfParts } from "../../../domain/tracking.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { RouteImportRecord } from "../../../state/route-imports.ts";
import type { Asking, Found, Question } from "./ask-source.ts";
import { statusOfText } from "./takeout-words.ts";

/** What each event says of what it is about (yunji.txt, 消息推送; routemate.txt, Webhook; takeout.txt, 12.2). */
const statusByKind: ReadonlyMap<string, ShipmentStatus> = new Map([
  ["task-exception", "failed"],
  ["dispensed", "dispatched"],
  ["arrived", "arriving"],
  ["completed", "delivered"],
  ["job.assigned", "dispatched"],
  ["job.started", "in_transit"],
  ["job.completed", "delivered"],
  ["stop.completed", "delivered"],
  ["stop.failed", "failed"],
  ["order.new", "planned"],
  ["payment.success", "planned"],
]);

/** Enough for the whole story of one delivery; of a route with many stops the latest. */
const mostEvents = 200;

/** What the inbox has of a robot's or a takeout order: the latest word on each of its tasks. */
export function eventsOfOrder(asking: Asking, subject: EventSubject): Question {
  return question(async () => {
    const events = await read(asking, subject);
    return found(events, statusOfParts(latestBy(events, ({ subject: { taskId = "" } }) => taskId)));
  });
}

/** What the inbox has of a job: over when the job is, under way when one of its stops has been seen to. */
export function eventsOfJob(asking: Asking, externalJobId: string): Question {
  return question(async () => {
    const events = await read(asking, { externalJobId });
    return found(events, statusOfEvents(new Set(events.map(({ kind }) => kind))));
  });
}

function statusOfEvents(kinds: ReadonlySet<string>): ShipmentStatus {
  if (kinds.has("job.ended")) return "failed";
  if (kinds.has("job.completed")) return kinds.has("stop.failed") ? "failed" : "delivered";
  if (kinds.has("job.missing")) return "unknown";
  const isUnderWay = ["job.started", "stop.completed", "stop.failed"].some((kind) => kinds.has(kind));
  return isUnderWay ? "in_transit" : "dispatched";
}

/** What the inbox has of a shipment's stops in the jobs that it was sent out with. */
export function eventsOfShipment(
  asking: Asking,
  { shipmentId, imports }: { shipmentId: string; imports: readonly RouteImportRecord[] },
): Question {
  return question(async () => {
    const told = await Promise.all(imports.map(({ externalJobId }) => read(asking, { externalJobId })));
    const perJob = told.map((events) =>
      events.filter(({ subject: { stopId } }) => stopId === undefined || isStopOf(stopId, shipmentId)),
    );
    // A job that nothing was told of leaves the whole open.
    return found(perJob.flat(), statusOfParts(perJob.map(lastWordOfJob)));
  });
}

/** What was told of the shipment's own stop counts before what was told of its job. */
function lastWordOfJob(events: readonly KeptEvent[]): ShipmentStatus {
  const ofStop = events.filter(({ subject: { stopId } }) => stopId !== undefined);
  return latestBy(ofStop.length > 0 ? ofStop : events, () => "")[0] ?? "unknown";
}

function question(ask: () => Promise<Found | undefined>): Question {
  return { source: "events", basis: "event", ask };
}

async function read({ app }: Asking, subject: EventSubject): Promise<KeptEvent[]> {
  const { events } = await app.store();
  return (await events.list({ subject, limit: mostEvents })).items;
}

function found(events: readonly KeptEvent[], status: ShipmentStatus): Found | undefined {
  if (events.length === 0) return undefined;
  const kinds = [...new Set(events.map(({ vendor, kind }) => `${vendor} ${kind}`))];
  return { status, told: `${events.length} events: ${kinds.join(", ")}.`, timeline: events.map(toEntry) };
}

/** The status of the latest event of each group; of two at one moment the one that ends it. */
function latestBy(events: readonly KeptEvent[], groupOf: (event: KeptEvent) => string): ShipmentStatus[] {
  const order = (event: KeptEvent) => `${event.occurredAt} ${Number(isTerminal(statusOfEvent(event)))}`;
  const telling = events.filter((event) => statusOfEvent(event) !== "unknown");
  const groups = Map.groupBy(telling, groupOf);
  return [...groups.values()].flatMap((group) => {
    const latest = group.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)).at(-1);
    return latest ? [statusOfEvent(latest)] : [];
  });
}

function statusOfEvent({ kind, data }: KeptEvent): ShipmentStatus {
  const { statusText } = data;
  if (kind === "order.status") return statusOfText(typeof statusText === "string" ? statusText : null);
  return statusByKind.get(kind) ?? "unknown";
}

function toEntry(event: KeptEvent): Found["timeline"][number] {
  const { vendor, kind, occurredAt, subject, data } = event;
  const status = statusOfEvent(event);
  const about = subject.stopId ?? subject.taskId ?? subject.deliveryTaskId;
  const words = data["statusText"] ?? data["errorMsg"];
  const details = [
    ...(about === undefined ? [] : [quote(about)]),
    ...(typeof words === "string" ? [quote(words)] : []),
  ];
  return {
    at: occurredAt,
    ...(status !== "unknown" && { status }),
    what: [`${vendor} ${kind}`, ...details].join(" "),
  };
}
