import { cancelled, Failure } from "../domain/failure.ts";
import type { Clock } from "./clock.ts";

/** Why an aborted call ended: the step's own failure (a deadline), else the caller's cancellation. */
export function abortFailure(signal: AbortSignal): Failure {
  return signal.reason instanceof Failure ? signal.reason : cancelled();
}

/** Waits for work that goes on without us; throws the abort's failure as soon as the signal says so. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(abortFailure(signal));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** How long something may take, and the failure when it takes longer. */
export type TimeLimit = {
  clock: Clock;
  milliseconds: number;
  /** The signal that ends it earlier. */
  signal: AbortSignal | undefined;
  failure: () => Failure;
};

/** Runs work with a signal that aborts when the time is over or the outer signal aborts. */
export async function withinTime<T>(
  { clock, milliseconds, signal, failure }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const expiry = new AbortController();
  const done = new AbortController();
  clock.sleep(milliseconds, done.signal).then(
    () => expiry.abort(failure()),
    () => {}, // the work was done in time
  );
  try {
    return await work(signal ? AbortSignal.any([signal, expiry.signal]) : expiry.signal);
  } finally {
    done.abort();
  }
}
