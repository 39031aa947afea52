import type { App } from "../app.ts";
import { Failure } from "../domain/failure.ts";
import { eventsOfJob } from "./job-events.ts";
import { sleep } from "./waiting.ts";

/** A third of what the vendor allows (routemate.txt, 速率限制); the rest is for calls. */
const questionsPerMinute = 20;
/** A job that is not done by then is given up by everybody. */
const watchedMilliseconds = 7 * 24 * 60 * 60 * 1000;
const longestPauseMilliseconds = 10 * 60_000;

/** What a process remembers of the jobs it need not ask about any more. */
type Watch = { app: App; over: Set<string>; signal: AbortSignal };

/**
 * Asks RouteMate how the jobs that this state imported get on, every so many seconds, until all is delivered. Without
 * such jobs it asks nothing. While the vendor does not answer, the pauses grow.
 */
export async function followRouteMate(app: App, signal: AbortSignal): Promise<void> {
  const watch: Watch = { app, over: new Set(), signal };
  const usualPause = app.config.pollSeconds * 1000;
  let pause = usualPause;
  while (!signal.aborted) {
    try {
      await askOnce(watch);
      pause = usualPause;
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      pause = Math.max(usualPause, Math.min(pause * 2, longestPauseMilliseconds), askedPause(error));
      app.log.warn("routemate feed", { reason, again_in_seconds: pause / 1000 });
    }
    await sleep(pause, signal);
  }
}

/** One round: asks about as many jobs as there is room for, and keeps what has happened to them. */
async function askOnce(watch: Watch): Promise<void> {
  const { app, over, signal } = watch;
  const store = await app.store();
  const jobIds = await store.turns.take({
    vendor: "routemate",
    subjects: await openJobs(watch),
    everyMilliseconds: app.config.pollSeconds * 1000,
    perMinute: questionsPerMinute,
  });
  for (const jobId of jobIds) {
    const job = await readJob(watch, jobId);
    if (!job || signal.aborted) continue;
    const events = eventsOfJob(job, app.now());
    const kept = await store.events.keep(events);
    if (events.some(({ kind }) => kind === "job.completed")) over.add(jobId);
    for (const { id, kind } of kept) app.log.debug("event", { vendor: "routemate", kind, id });
  }
}

/** Undefined for a job that the vendor does not have, or tells in a shape that nobody can read. */
async function readJob({ app, over, signal }: Watch, jobId: string) {
  const routemate = await app.routemate();
  try {
    return await routemate.getJob({ jobId }, { signal });
  } catch (error) {
    if (!(error instanceof Failure) || !["not_found", "bad_response"].includes(error.code)) throw error;
    app.log.warn("routemate feed", { reason: error.message });
    if (error.code === "not_found") over.add(jobId);
    return undefined;
  }
}

/** Jobs that were imported lately and are not known to be done. */
async function openJobs({ app, over }: Watch): Promise<string[]> {
  const { events } = await app.store();
  const open: string[] = [];
  for (const jobId of await importedJobs(app)) {
    if (over.has(jobId)) continue;
    const query = { vendor: "routemate", kind: "job.completed", subject: { jobId }, limit: 1 } as const;
    const { total } = await events.list(query);
    if (total === 0) open.push(jobId);
    else over.add(jobId);
  }
  return open;
}

async function importedJobs(app: App): Promise<string[]> {
  const { routeImports } = await app.store();
  const since = new Date(app.now() - watchedMilliseconds).toISOString();
  const imports = await routeImports.find({ since });
  return [...new Set(imports.flatMap(({ jobId }) => jobId ?? []))];
}

/** What the vendor asks for, in milliseconds. */
function askedPause(error: unknown): number {
  return error instanceof Failure ? (error.details.retryAfterSeconds ?? 0) * 1000 : 0;
}
