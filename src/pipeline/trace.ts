import { Failure, type FailureCode, type ServiceName } from "../domain/failure.ts";
import type { Clock } from "./clock.ts";
import type { Step } from "./pipeline.ts";

/** One attempt at one request. Holds neither query, headers nor bodies. */
export type TraceEvent = {
  vendor: ServiceName;
  method: string;
  /** Below the base URL, without the query; a request whose path holds data shows another. */
  path: string;
  /** From 1. */
  attempt: number;
  milliseconds: number;
  /** The answer's status, when there was one. */
  status?: number;
  /** Why there was none. */
  code?: FailureCode;
};

/** What tracing needs: where events go, and what must not show in them. */
export type TraceOptions = {
  vendor: ServiceName;
  clock: Clock;
  log: (event: TraceEvent) => void;
  redact: (text: string) => string;
};

/** Tells of every attempt how it went. */
export function trace({ vendor, clock, log, redact }: TraceOptions): Step {
  return (next) => async (request) => {
    const startedAt = clock.elapsed();
    const tell = (outcome: Pick<TraceEvent, "status" | "code">) => {
      const { method, attempt } = request;
      log({
        vendor,
        method,
        path: redact(request.shownPath ?? request.path),
        attempt,
        milliseconds: Math.round(clock.elapsed() - startedAt),
        ...outcome,
      });
    };
    try {
      const answer = await next(request);
      tell({ status: answer.status });
      return answer;
    } catch (error) {
      tell({ code: error instanceof Failure ? error.code : "internal" });
      throw error;
    }
  };
}
