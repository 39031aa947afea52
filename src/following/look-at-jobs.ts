import type { App } from "../app.ts";
import type { KeptEvent, VendorEvent } from "../domain/event.ts";
import { Failure } from "../domain/failure.ts";
import type { RouteJob } from "../domain/route-job.ts";
import { eventsOfJob, type KnownJob, missingJobEvent } from "./job-events.ts";

/** A third of what the vendor allows (routemate.txt, 速率限制); the rest is for calls. */
const questionsPerMinute = 20;
/** A vendor that loses sight of a job for a moment has not lost it. */
const looksUntilMissing = 3;

type Look = {
  jobIds: readonly string[];
  /** A job that anybody asked about so lately is left alone. */
  everyMilliseconds: number;
  signal: AbortSignal;
  /** How often in a row the vendor did not know a job; without it none is given up. */
  missed?: Map<string, number>;
};

/**
 * Asks RouteMate about those of these jobs that have their turn, and keeps what has happened to them. Gives the jobs
 * that it read. Fails as the vendor does; a job that it does not have, or tells in a shape that nobody can read, holds
 * no other up.
 */
export async function lookAtJobs(app: App, look: Look): Promise<string[]> {
  const { jobIds, everyMilliseconds, signal } = look;
  const store = await app.store();
  const due = await store.turns.take({
    vendor: "routemate",
    subjects: jobIds,
    everyMilliseconds,
    perMinute: questionsPerMinute,
  });
  const read: string[] = [];
  for (const jobId of due) {
    if (signal.aborted) break;
    const events = await readEvents(app, jobId, look);
    if (!events) continue;
    const kept = await store.events.keep(events);
    for (const { id, kind } of kept) app.log.debug("event", { vendor: "routemate", kind, id });
    read.push(jobId);
  }
  return read;
}

/** Undefined where the reading tells nothing. */
async function readEvents(app: App, jobId: string, look: Look): Promise<VendorEvent[] | undefined> {
  const { signal, missed } = look;
  const routemate = await app.routemate();
  try {
    const job = await routemate.getJob({ jobId }, { signal });
    missed?.delete(jobId);
    return eventsOfJob({ job, readAt: app.now(), known: await knownJob(app, job) });
  } catch (error) {
    if (!(error instanceof Failure) || !["not_found", "bad_response"].includes(error.code)) throw error;
    app.log.warn("routemate feed", { reason: error.message });
    if (error.code !== "not_found" || !missed) return undefined;
    const looks = (missed.get(jobId) ?? 0) + 1;
    missed.set(jobId, looks);
    if (looks < looksUntilMissing) return undefined;
    return [missingJobEvent({ jobId, ...(await importedAs(app, jobId)) }, app.now())];
  }
}

async function importedAs(app: App, jobId: string): Promise<{ externalJobId?: string }> {
  const { routeImports } = await app.store();
  const [sent] = await routeImports.find({ isWanted: (one) => one.jobId === jobId, limit: 1 });
  return sent ? { externalJobId: sent.externalJobId } : {};
}

/** What the ledger has of the job's import, and the order and the driver that were told last. */
async function knownJob(app: App, { jobId, externalJobId }: RouteJob): Promise<KnownJob | undefined> {
  const { routeImports, events } = await app.store();
  const isThis = (sent: { jobId: string | null }) => sent.jobId === jobId;
  const [sent] = await routeImports.find({ externalJobId, isWanted: isThis, limit: 1 });
  if (!sent) return undefined;
  const lastTold = async (kind: string) =>
    (await events.list({ vendor: "routemate", kind, subject: { jobId }, limit: 1 })).items[0];
  const [order, driver] = await Promise.all([lastTold("stops.reordered"), lastTold("job.assigned")]);
  return {
    sentStopIds: sent.stopIds,
    orderedStopIds: sent.orderedStopIds,
    driverEmail: sent.driverEmail,
    isDriverKnown: sent.isDriverKnown,
    ...orderTold(order),
    ...driverTold(driver),
  };
}

function orderTold(event: KeptEvent | undefined): Partial<KnownJob> {
  const stopIds = event?.data["stop_ids"];
  const isOrder = Array.isArray(stopIds) && stopIds.every((id) => typeof id === "string");
  return event && isOrder ? { orderedStopIds: stopIds, orderEventId: event.id } : {};
}

function driverTold(event: KeptEvent | undefined): Partial<KnownJob> {
  const { driver_email: driverEmail, driver_resolved: isDriverKnown } = event?.data ?? {};
  if (!event || typeof driverEmail !== "string" || typeof isDriverKnown !== "boolean") return {};
  return { driverEmail, isDriverKnown, driverEventId: event.id };
}
