import type { EventSubject, VendorEvent } from "../domain/event.ts";
import { momentOf } from "../domain/moment.ts";
import type { RouteJob, RouteStop } from "../domain/route-job.ts";

/** What is known of a job by its import and what was told since: what a later reading is held against. */
export type KnownJob = {
  /** Stops as they were sent, and as the vendor last put them in order. */
  sentStopIds: readonly string[];
  orderedStopIds: readonly string[];
  driverEmail: string;
  /** Null where the import's answer did not tell. */
  isDriverKnown: boolean | null;
  /** The events that told the order and the driver: what is told after them is another, also where it is as before. */
  orderEventId?: string | undefined;
  driverEventId?: string | undefined;
};

/** A job as it was read at a moment, milliseconds since the epoch; without `known` where it was imported elsewhere. */
export type JobReading = { job: RouteJob; readAt: number; known?: KnownJob | undefined };

/** The statuses of a stop that are events of their own (routemate.txt, Webhook), and after which it is over. */
const stopEvents = new Map([
  ["completed", "stop.completed"],
  ["failed", "stop.failed"],
]);

/**
 * What has happened to a job so far: under the names of the webhooks that RouteMate announces (routemate.txt, Webhook)
 * what those will tell, and under ours what a dispatcher must know beside that. Each happens once, so its moment is no
 * part of its identity: of the last change the job tells when it was, of those before only that they were not later.
 */
export function eventsOfJob({ job, readAt, known }: JobReading): VendorEvent[] {
  const occurredAt = momentOf(job.updatedAt, readAt);
  const about = aboutJob(job, occurredAt);
  return [
    ...(known ? [...assigned(job, known, about), ...reordered(job, known, about)] : []),
    ...(job.status === "in_progress" ? [about({ kind: "job.started", data: { status: job.status } })] : []),
    ...job.stops.flatMap((stop) => stopEvent(stop, about)),
    ...ended(job, about),
  ];
}

/** That the vendor has no such job any more; under which name it was imported, only the ledger can tell. */
export function missingJobEvent(job: { jobId: string; externalJobId?: string }, readAt: number): VendorEvent {
  const occurredAt = new Date(readAt).toISOString();
  return {
    vendor: "routemate",
    kind: "job.missing",
    occurredAt,
    subject: job,
    data: {},
    identity: { jobId: job.jobId },
  };
}

/** After these nothing more happens to a job, and nobody asks about it. */
export const finalKinds = ["job.completed", "job.ended", "job.missing"] as const;

type Told = Pick<VendorEvent, "kind" | "data"> & {
  subject?: EventSubject;
  /** What tells it from others of its kind and job. */
  identity?: Record<string, string>;
};

type About = (told: Told) => VendorEvent;

function aboutJob({ jobId, externalJobId }: RouteJob, occurredAt: string): About {
  return ({ kind, data, subject, identity }) => ({
    vendor: "routemate",
    kind,
    occurredAt,
    subject: { jobId, externalJobId, ...subject },
    data,
    identity: { jobId, ...identity },
  });
}

function stopEvent(
  { externalStopId: stopId, status, address, label }: RouteStop,
  about: About,
): VendorEvent[] {
  const kind = stopEvents.get(status);
  if (kind === undefined) return [];
  const data = { status, address, ...(label !== null && { label }) };
  return [about({ kind, data, subject: { stopId }, identity: { stopId } })];
}

/** The driver who was invited has come, or another one has it. */
function assigned(job: RouteJob, known: KnownJob, about: About): VendorEvent[] {
  const { driverEmail, driverResolved } = job;
  const isAnother = driverEmail.toLowerCase() !== known.driverEmail.toLowerCase();
  const hasCome = known.isDriverKnown === false && driverResolved;
  if (!isAnother && !hasCome) return [];
  const data = { driver_email: driverEmail, driver_resolved: driverResolved };
  const identity = { driverEmail: driverEmail.toLowerCase(), driverResolved: String(driverResolved) };
  return [about({ kind: "job.assigned", data, identity: { ...identity, ...after(known.driverEventId) } })];
}

/** The vendor changed its order after the import. A list in the order that was sent tells nothing of the drive. */
function reordered(job: RouteJob, known: KnownJob, about: About): VendorEvent[] {
  const { sentStopIds, orderedStopIds } = known;
  const stopIds = job.stops.map(({ externalStopId }) => externalStopId);
  const order = JSON.stringify(stopIds);
  if (!isSameSet(stopIds, orderedStopIds)) return [];
  if (order === JSON.stringify(orderedStopIds) || order === JSON.stringify(sentStopIds)) return [];
  const identity = { order, ...after(known.orderEventId) };
  return [about({ kind: "stops.reordered", data: { stop_ids: stopIds }, identity })];
}

/** Two processes that read one change have seen the same event before it. */
function after(eventId: string | undefined): Record<string, string> {
  return eventId === undefined ? {} : { after: eventId };
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());
}

/** Completed by the vendor's word; or ended: every stop was tried and some failed, which it has no word for. */
function ended(job: RouteJob, about: About): VendorEvent[] {
  const isCompleted = job.status === "completed";
  const isOver = job.stops.length > 0 && job.stops.every(({ status }) => stopEvents.has(status));
  if (!isCompleted && !isOver) return [];
  const { status, title, stopCount, statusCounts } = job;
  const data = { status, title, stop_count: stopCount, status_counts: statusCounts };
  return [about({ kind: isCompleted ? "job.completed" : "job.ended", data })];
}
