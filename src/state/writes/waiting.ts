import { setTimeout as delay } from "node:timers/promises";
import { cancelled, Failure } from "../../domain/failure.ts";

/** Stops a call whose caller has given up. */
export function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

/** Whether an error says that a caller gave up, this one or another. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Failure && error.code === "cancelled";
}

/** The promise, or `cancelled` as soon as the signal is given. */
export function untilCancelled<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (!signal) return promise;
  const { promise: given, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(cancelled());
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  return Promise.race([promise, given]).finally(() => signal.removeEventListener("abort", onAbort));
}

/** The first pause and the longest; each is twice the one before. */
export type PauseRange = { shortest: number; longest: number };

/**
 * Pauses that grow, and the sum of them: `next` waits and gives the milliseconds waited so far. The sum is counted and
 * not read off a clock, so that none that jumps shortens or lengthens it.
 */
export function growingPauses(
  { shortest, longest }: PauseRange,
  signal: AbortSignal | undefined,
): { next: () => Promise<number> } {
  let pause = shortest;
  let waited = 0;
  return {
    next: async () => {
      await untilCancelled(delay(pause), signal);
      waited += pause;
      pause = Math.min(pause * 2, longest);
      return waited;
    },
  };
}
