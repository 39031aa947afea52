import { type Clock, createClock } from "../../src/pipeline/clock.ts";
import { createRedactor, type Redactor } from "../../src/pipeline/redact.ts";
import type { TraceEvent } from "../../src/pipeline/trace.ts";
import { createHttp, type Http, type HttpLimits } from "../../src/providers/provider.ts";

/** What a client is lent in tests: real time unless a clock is given, short waits, a log that can be looked at. */
export function createTestHttp(
  limits: Partial<HttpLimits> = {},
  { clock = createClock(Date.now), redactor = createRedactor() }: { clock?: Clock; redactor?: Redactor } = {},
): Http & { events: TraceEvent[] } {
  const events: TraceEvent[] = [];
  const quick = { firstBackoffMilliseconds: 1, longestBackoffMilliseconds: 2, ...limits };
  const http = createHttp({
    clock,
    redactor,
    random: () => 0.5,
    log: (event) => events.push(event),
    limits: quick,
  });
  return { ...http, events };
}
