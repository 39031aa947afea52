import { expect, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import { type TraceEvent, trace } from "../../src/pipeline/trace.ts";
import { failureOf } from "../support/failures.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { readRequest, vendorAnswer } from "../support/vendor-request.ts";

test("every attempt is told with its time and outcome, without query, headers and body", async () => {
  const clock = createFakeClock();
  const events: TraceEvent[] = [];
  const redact = (text: string) => text.replaceAll("hush", "[redacted]");
  const step = trace({ vendor: "transmit", clock, log: (event) => events.push(event), redact });
  const request = readRequest({
    path: "/hush/1",
    query: [["token", "xxx"]],
    headers: { Authorization: "abc" },
    attempt: 2,
  });
  await Promise.all([
    step(async () => {
      await clock.sleep(120);
      return vendorAnswer(503);
    })(request),
    clock.advance(120),
  ]);
  await failureOf(
    step(() => {
      throw new Failure("timeout", "late");
    })(request),
  );
  const common = { vendor: "transmit", method: "GET", path: "/[redacted]/1", attempt: 2 };
  expect(events).toEqual([
    { ...common, milliseconds: 120, status: 503 },
    { ...common, milliseconds: 0, code: "timeout" },
  ]);
});

test("a path that holds data is not told", async () => {
  const clock = createFakeClock();
  const events: TraceEvent[] = [];
  const log = (event: TraceEvent) => events.push(event);
  const step = trace({ vendor: "matrix", clock, log, redact: (text) => text });
  await step(async () => vendorAnswer(200))(
    readRequest({ path: "/113.2,23.1", shownPath: "/{1 coordinates}" }),
  );
  expect(events.map(({ path }) => path)).toEqual(["/{1 coordinates}"]);
});
