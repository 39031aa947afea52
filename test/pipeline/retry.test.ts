import { expect, test } from "vitest";
import { Failure, type FailureCode } from "../../src/domain/failure.ts";
import type { Send, VendorAnswer } from "../../src/pipeline/pipeline.ts";
import { type RetryOptions, retry } from "../../src/pipeline/retry.ts";
import { createRetryBudget } from "../../src/pipeline/retry-budget.ts";
import { retryAfterSeconds } from "../../src/pipeline/retry-timing.ts";
import { failureOf } from "../support/failures.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { readRequest, vendorAnswer, writeRequest } from "../support/vendor-request.ts";

type Outcome = VendorAnswer | FailureCode;

/** A vendor that gives these outcomes in turn, and the times at which it was asked. */
function vendorOf(clock: FakeClock, ...outcomes: Outcome[]) {
  const askedAt: number[] = [];
  const attempts: number[] = [];
  const send: Send = async ({ attempt }) => {
    const outcome = outcomes[Math.min(askedAt.length, outcomes.length - 1)] ?? "internal";
    askedAt.push(clock.now());
    attempts.push(attempt);
    if (typeof outcome === "string") throw new Failure(outcome, "as the test says");
    return outcome;
  };
  return { send, askedAt, attempts };
}

function retrying(clock: FakeClock, options: Partial<RetryOptions> = {}) {
  return retry({
    vendor: "routemate",
    label: "RouteMate",
    clock,
    random: () => 1,
    retries: 3,
    backoff: { firstMilliseconds: 100, longestMilliseconds: 8000 },
    budget: createRetryBudget({ retriesPerRequest: 0.2, savedRetries: 10 }),
    askedSeconds: (answer) => retryAfterSeconds(answer, clock.now()),
    ...options,
  });
}

const unavailable = vendorAnswer(503);
const done = vendorAnswer(200);

test("a read is repeated after growing waits until it goes well", async () => {
  const clock = createFakeClock();
  const start = clock.now();
  const vendor = vendorOf(clock, unavailable, "unavailable", "timeout", done);
  const call = retrying(clock)(vendor.send)(readRequest());
  await clock.advance(1000);
  expect((await call).status).toBe(200);
  expect(vendor.askedAt.map((at) => at - start)).toEqual([0, 100, 300, 700]);
  expect(vendor.attempts).toEqual([1, 2, 3, 4]);
});

test("a vendor that stays broken is asked so many times and no more", async () => {
  const clock = createFakeClock();
  const vendor = vendorOf(clock, unavailable);
  const call = retrying(clock)(vendor.send)(readRequest());
  await clock.advance(10_000);
  expect((await call).status).toBe(503);
  expect(vendor.askedAt).toHaveLength(4);
});

test.each([200, 204, 302, 400, 401, 403, 404, 409, 422, 501])("an answer %i is final", async (status) => {
  const clock = createFakeClock();
  const vendor = vendorOf(clock, vendorAnswer(status), done);
  expect((await retrying(clock)(vendor.send)(readRequest())).status).toBe(status);
  expect(vendor.askedAt).toHaveLength(1);
});

test.each(["bad_response", "cancelled", "internal", "rate_limited"] as const)(
  "a failure %s is final",
  async (code) => {
    const clock = createFakeClock();
    const vendor = vendorOf(clock, code, done);
    expect((await failureOf(retrying(clock)(vendor.send)(readRequest()))).code).toBe(code);
    expect(vendor.askedAt).toHaveLength(1);
  },
);

test.each(["unavailable", "timeout", "outcome_unknown"] as const)(
  "a write without an idempotency key is sent once, whatever happens (%s)",
  async (code) => {
    const clock = createFakeClock();
    const vendor = vendorOf(clock, code, done);
    expect((await failureOf(retrying(clock)(vendor.send)(writeRequest()))).code).toBe(code);
    const broken = vendorOf(clock, unavailable, done);
    expect((await retrying(clock)(broken.send)(writeRequest())).status).toBe(503);
    expect([...vendor.askedAt, ...broken.askedAt]).toHaveLength(2);
  },
);

test("the vendor's wish for a longer wait is obeyed", async () => {
  const clock = createFakeClock();
  const start = clock.now();
  const vendor = vendorOf(clock, vendorAnswer(429, "{}", { "retry-after": "7" }), done);
  const call = retrying(clock)(vendor.send)(readRequest({ deadlineAt: clock.elapsed() + 30_000 }));
  await clock.advance(8000);
  await call;
  expect(vendor.askedAt.map((at) => at - start)).toEqual([0, 7000]);
});

test("a wish that does not fit into the deadline ends the call at once with the vendor's answer", async () => {
  const clock = createFakeClock();
  const vendor = vendorOf(clock, vendorAnswer(429, "{}", { "retry-after": "45" }), done);
  const answer = await retrying(clock)(vendor.send)(readRequest({ deadlineAt: clock.elapsed() + 30_000 }));
  expect(answer.status).toBe(429);
  expect(vendor.askedAt).toHaveLength(1);
});

test("in an outage retries stop when the budget is spent, and requests go on", async () => {
  const clock = createFakeClock();
  const vendor = vendorOf(clock, unavailable);
  const budget = createRetryBudget({ retriesPerRequest: 0.1, savedRetries: 5 });
  const send = retrying(clock, { budget })(vendor.send);
  for (let index = 0; index < 50; index++) {
    const call = send(readRequest());
    await clock.advance(1000);
    await call;
  }
  expect(vendor.askedAt.length).toBeGreaterThanOrEqual(55);
  expect(vendor.askedAt.length).toBeLessThanOrEqual(60);
});

test("a caller that gives up between attempts is cancelled at once", async () => {
  const clock = createFakeClock();
  const caller = new AbortController();
  const vendor = vendorOf(clock, unavailable, done);
  const call = failureOf(retrying(clock)(vendor.send)(readRequest({ signal: caller.signal })));
  await clock.advance(10);
  caller.abort("no longer wanted");
  expect((await call).code).toBe("cancelled");
  expect(vendor.askedAt).toHaveLength(1);
});

test("a keyed write that was sent once stays unknown until an attempt settles it", async () => {
  const clock = createFakeClock();
  const keyed = writeRequest({ isRepeatable: true });
  const outcomeOf = async (...outcomes: Outcome[]) => {
    const call = retrying(clock)(vendorOf(clock, ...outcomes).send)(keyed).then(
      ({ status }) => status,
      (error: unknown) => (error instanceof Failure ? error.code : error),
    );
    await clock.advance(60_000);
    return call;
  };
  expect(await outcomeOf("outcome_unknown", done)).toBe(200);
  expect(await outcomeOf("outcome_unknown", vendorAnswer(409))).toBe(409);
  expect(await outcomeOf("outcome_unknown", "unavailable")).toBe("outcome_unknown");
  expect(await outcomeOf("outcome_unknown", vendorAnswer(429))).toBe("outcome_unknown");
  expect(await outcomeOf(vendorAnswer(500), "unavailable")).toBe("outcome_unknown");
  expect(await outcomeOf("unavailable")).toBe("unavailable");
  expect(await outcomeOf(vendorAnswer(429))).toBe(429);
  expect(await outcomeOf(vendorAnswer(500))).toBe(500);
});

test("a keyed write that is given up after it was sent is unknown, not cancelled", async () => {
  const clock = createFakeClock();
  const caller = new AbortController();
  const vendor = vendorOf(clock, "outcome_unknown", done);
  const request = writeRequest({ isRepeatable: true, signal: caller.signal, settledBy: "Look it up." });
  const call = failureOf(retrying(clock)(vendor.send)(request));
  await clock.advance(10);
  caller.abort();
  const failure = await call;
  expect([failure.code, failure.details.hint]).toEqual(["outcome_unknown", "Look it up."]);
});
