import { Failure, type ServiceName } from "../domain/failure.ts";
import { withinTime } from "./abort.ts";
import type { Clock } from "./clock.ts";
import type { Step } from "./pipeline.ts";

/** Whose time is limited, and to how much. */
export type TimeoutOptions = { vendor: ServiceName; label: string; clock: Clock; milliseconds: number };

/** Ends the whole call, with its waits and retries, after so many milliseconds: `timeout`. */
export function deadline({ vendor, label, clock, milliseconds }: TimeoutOptions): Step {
  return (next) => (request) => {
    const now = clock.elapsed();
    const own = now + (request.timing?.callMilliseconds ?? milliseconds);
    const deadlineAt = Math.min(own, request.deadlineAt ?? own);
    const limit = {
      clock,
      milliseconds: deadlineAt - now,
      signal: request.signal,
      failure: () => timedOut(vendor, `${label} gave no answer within ${seconds(deadlineAt - now)}.`),
    };
    return withinTime(limit, (signal) => next({ ...request, signal, deadlineAt }));
  };
}

/** Ends one attempt after so many milliseconds, so that there is time for another: `timeout`. */
export function attemptTimeout({ vendor, label, clock, milliseconds }: TimeoutOptions): Step {
  return (next) => (request) => {
    const attempt = request.timing?.attemptMilliseconds ?? milliseconds;
    const limit = {
      clock,
      milliseconds: attempt,
      signal: request.signal,
      failure: () => timedOut(vendor, `${label} took longer than ${seconds(attempt)} to answer.`),
    };
    return withinTime(limit, (signal) => next({ ...request, signal }));
  };
}

function timedOut(vendor: ServiceName, message: string): Failure {
  return new Failure("timeout", message, { vendor, hint: "Call again later, or ask for less at once." });
}

function seconds(milliseconds: number): string {
  return `${Math.max(0, Math.round(milliseconds / 100) / 10)} seconds`;
}
