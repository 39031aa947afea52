import { expect, test } from "vitest";
import { abortFailure } from "../../src/pipeline/abort.ts";
import type { Send } from "../../src/pipeline/pipeline.ts";
import { pipeline } from "../../src/pipeline/pipeline.ts";
import { attemptTimeout, deadline } from "../../src/pipeline/timeout.ts";
import { failureOf } from "../support/failures.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { readRequest, vendorAnswer } from "../support/vendor-request.ts";

const who = { vendor: "fleet", label: "The fleet system" } as const;

/** Never answers, and ends as a transport ends when its signal aborts. */
const never: Send = ({ signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(abortFailure(signal))));

test("one attempt ends after its time, the whole call after its own", async () => {
  const clock = createFakeClock();
  const wholeCall = deadline({ ...who, clock, milliseconds: 30_000 });
  const attempt = attemptTimeout({ ...who, clock, milliseconds: 10_000 });
  const late = failureOf(pipeline(never, wholeCall, attempt)(readRequest()));
  await clock.advance(10_000);
  expect((await late).message).toBe("The fleet system took longer than 10 seconds to answer.");
  const later = failureOf(pipeline(never, wholeCall)(readRequest()));
  await clock.advance(30_000);
  const failure = await later;
  expect([failure.code, failure.message]).toEqual([
    "timeout",
    "The fleet system gave no answer within 30 seconds.",
  ]);
});

test("a deadline inside another one keeps the earlier end", async () => {
  const clock = createFakeClock();
  const ends: (number | undefined)[] = [];
  const note: Send = async ({ deadlineAt }) => {
    ends.push(deadlineAt);
    return vendorAnswer(200);
  };
  const outer = deadline({ ...who, clock, milliseconds: 5_000 });
  const inner = deadline({ ...who, clock, milliseconds: 30_000 });
  await pipeline(note, outer, inner)(readRequest());
  await pipeline(note, inner, outer)(readRequest());
  const timing = { callMilliseconds: 1_000, attemptMilliseconds: 1_000 };
  await pipeline(note, inner, outer)(readRequest({ timing }));
  expect(ends).toEqual([5_000, 5_000, 1_000].map((milliseconds) => clock.elapsed() + milliseconds));
});

test("a caller that gives up is told cancelled, not timeout", async () => {
  const clock = createFakeClock();
  const caller = new AbortController();
  const wholeCall = deadline({ ...who, clock, milliseconds: 30_000 });
  const call = failureOf(pipeline(never, wholeCall)(readRequest({ signal: caller.signal })));
  caller.abort();
  expect((await call).code).toBe("cancelled");
});
