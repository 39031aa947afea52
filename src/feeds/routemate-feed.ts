import type { App } from "../app.ts";
import { Failure } from "../domain/failure.ts";
import { lookAtJobs } from "../following/look-at-jobs.ts";
import { openJobs } from "../following/open-jobs.ts";
import { sleep } from "./waiting.ts";

const longestPauseMilliseconds = 10 * 60_000;
/** Jobs that so many later ones have followed are hardly today's: they are looked at now and then. */
const mostFreshJobs = 60;

/**
 * Asks RouteMate how the jobs that this state sent get on, every so many seconds, until all are over. Without such
 * jobs it asks nothing. While the vendor does not answer, the pauses grow. No wall clock has a say in it: what is over
 * stands in the events, how many are watched is a number, and turns go by a steady clock.
 */
export async function followRouteMate(app: App, signal: AbortSignal): Promise<void> {
  const usualPause = app.config.pollSeconds * 1000;
  const missed = new Map<string, number>();
  let pause = usualPause;
  while (!signal.aborted) {
    try {
      await lookOnce(app, { signal, missed });
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

/** One round: as many jobs as have their turn, today's first. */
async function lookOnce(
  app: App,
  watch: { signal: AbortSignal; missed: Map<string, number> },
): Promise<void> {
  const jobIds = await openJobs(app);
  const fresh = jobIds.slice(0, mostFreshJobs);
  const everyMilliseconds = app.config.pollSeconds * 1000;
  await lookAtJobs(app, { ...watch, jobIds: fresh, everyMilliseconds });
  const seldom = Math.max(everyMilliseconds, longestPauseMilliseconds);
  await lookAtJobs(app, { ...watch, jobIds: jobIds.slice(mostFreshJobs), everyMilliseconds: seldom });
}

/** What the vendor asks for, in milliseconds. */
function askedPause(error: unknown): number {
  return error instanceof Failure ? (error.details.retryAfterSeconds ?? 0) * 1000 : 0;
}
