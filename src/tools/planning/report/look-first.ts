import type { App } from "../../../app.ts";
import { cancelled, Failure } from "../../../domain/failure.ts";
import { finalKinds } from "../../../following/job-events.ts";
import { lookAtJobs } from "../../../following/look-at-jobs.ts";
import type { ExpectedRoute } from "../../../planning/report/stop-outcomes.ts";

/** How fresh the news is: whether the vendor was asked for this report, and why it was not. */
export type Freshness = {
  state: "asked_now" | "asked_lately" | "all_final" | "nothing_sent" | "not_asked";
  /** Why it could not be asked. */
  reason?: string;
};

/** A report shall not wait for a vendor that is down. */
const deadlineMilliseconds = 5_000;
/** What somebody asked so lately is as good as now. */
const freshMilliseconds = 5_000;

/**
 * Asks the vendor once about the jobs of these routes that are not known to be over, as the feed does and within the
 * same limits, and keeps what it tells. A vendor that does not answer is a reason, not a failure.
 */
export async function lookFirst(
  app: App,
  routes: readonly ExpectedRoute[],
  signal: AbortSignal,
): Promise<Freshness> {
  const sent = routes.filter(({ dispatch }) => typeof dispatch?.jobId === "string");
  if (sent.length === 0) return { state: "nothing_sent" };
  const jobIds = sent.filter(isOpen).flatMap(({ dispatch }) => dispatch?.jobId ?? []);
  if (jobIds.length === 0) return { state: "all_final" };
  if (!app.config.routemate) return { state: "not_asked", reason: "RouteMate is not configured here." };
  const timeUp = AbortSignal.timeout(deadlineMilliseconds);
  try {
    const look = { jobIds, everyMilliseconds: freshMilliseconds, signal: AbortSignal.any([signal, timeUp]) };
    const read = await lookAtJobs(app, look);
    if (signal.aborted) throw cancelled();
    if (timeUp.aborted) return { state: "not_asked", reason: slow };
    return { state: read.length > 0 ? "asked_now" : "asked_lately" };
  } catch (thrown) {
    if (signal.aborted) throw cancelled();
    if (!(thrown instanceof Failure)) throw thrown;
    return { state: "not_asked", reason: timeUp.aborted ? slow : thrown.message };
  }
}

const slow = `RouteMate told not everything within ${deadlineMilliseconds / 1000} seconds.`;

function isOpen({ events }: ExpectedRoute): boolean {
  return !events.some(({ kind }) => finalKinds.some((final) => final === kind));
}
