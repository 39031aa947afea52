import fc from "fast-check";
import { expect, test } from "vitest";
import { limit } from "../../src/pipeline/limit.ts";
import type { Send } from "../../src/pipeline/pipeline.ts";
import { deadline } from "../../src/pipeline/timeout.ts";
import { failureOf } from "../support/failures.ts";
import { createFakeClock, type FakeClock, jumps } from "../support/fake-clock.ts";
import { readRequest, vendorAnswer } from "../support/vendor-request.ts";

const routemate = { vendor: "routemate", label: "RouteMate" } as const;

/** A vendor that takes some time for each request and notes when it started and ended. */
function slowVendor(clock: FakeClock, milliseconds: (path: string) => number) {
  const seen: { path: string; startedAt: number; endedAt: number }[] = [];
  const send: Send = async ({ path, signal }) => {
    const startedAt = clock.now();
    await clock.sleep(milliseconds(path), signal);
    seen.push({ path, startedAt, endedAt: clock.now() });
    return vendorAnswer(200);
  };
  return { seen, send };
}

test("no period holds more requests than allowed, whenever the vendor counts them, and nobody starves", async () => {
  const arrival = fc.record({
    gap: fc.integer({ min: 0, max: 700 }),
    takes: fc.integer({ min: 0, max: 900 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(arrival, { maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (arrivals, requests, countedAt) => {
        const clock = createFakeClock();
        const periodMilliseconds = 1000;
        const vendor = slowVendor(clock, (path) => arrivals[Number(path)]?.takes ?? 0);
        const send = limit({ ...routemate, clock, rate: { requests, periodMilliseconds } })(vendor.send);
        const calls: Promise<unknown>[] = [];
        for (const [index, { gap }] of arrivals.entries()) {
          await clock.advance(gap);
          calls.push(send(readRequest({ path: String(index) })));
        }
        await clock.advance(30 * 2000);
        await Promise.all(calls);
        const counted = vendor.seen.map(
          ({ startedAt, endedAt }) => startedAt + (endedAt - startedAt) * countedAt,
        );
        for (const at of counted) {
          const inPeriod = counted.filter((other) => other >= at && other < at + periodMilliseconds - 1e-6);
          expect(inPeriod.length).toBeLessThanOrEqual(requests);
        }
        const starts = [...vendor.seen]
          .sort((a, b) => Number(a.path) - Number(b.path))
          .map((one) => one.startedAt);
        expect(starts).toHaveLength(arrivals.length);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b)); // first come, first served
      },
    ),
    { numRuns: 40 },
  );
});

test("the sixty-first request of a minute waits for its turn", async () => {
  const clock = createFakeClock();
  const vendor = slowVendor(clock, () => 0);
  const send = limit({ ...routemate, clock, rate: { requests: 60, periodMilliseconds: 60_000 } })(
    vendor.send,
  );
  const calls = Array.from({ length: 61 }, () => send(readRequest()));
  await clock.advance(59_999);
  expect(vendor.seen).toHaveLength(60);
  await clock.advance(2);
  await Promise.all(calls);
  expect(vendor.seen).toHaveLength(61);
});

test("a request whose turn comes after its deadline is rate_limited at once, with the wait, and unsent", async () => {
  const clock = createFakeClock();
  const vendor = slowVendor(clock, () => 0);
  const send = limit({ ...routemate, clock, rate: { requests: 1, periodMilliseconds: 60_000 } })(vendor.send);
  const first = send(readRequest());
  await clock.advance(15_000);
  await first;
  const failure = await failureOf(send(readRequest({ deadlineAt: clock.elapsed() + 30_000 })));
  expect(failure.code).toBe("rate_limited");
  expect(failure.details.retryAfterSeconds).toBe(45);
  expect(vendor.seen).toHaveLength(1);
});

test("a deadline that passes in the queue is rate_limited, no vendor's time-out", async () => {
  const clock = createFakeClock();
  const vendor = slowVendor(clock, () => 40_000);
  const pace = limit({ ...routemate, clock, rate: { requests: 1, periodMilliseconds: 60_000 } })(vendor.send);
  const send = deadline({ ...routemate, clock, milliseconds: 30_000 })(pace);
  const first = pace(readRequest());
  const second = failureOf(send(readRequest()));
  await clock.advance(30_001);
  expect((await second).code).toBe("rate_limited");
  await clock.advance(10_000);
  await first;
});

test("a waiting caller that gives up is cancelled and makes room for the next", async () => {
  const clock = createFakeClock();
  const vendor = slowVendor(clock, () => 0);
  const send = limit({ ...routemate, clock, rate: { requests: 1, periodMilliseconds: 1000 } })(vendor.send);
  await Promise.all([send(readRequest({ path: "first" })), clock.advance(1)]);
  const caller = new AbortController();
  const second = failureOf(send(readRequest({ path: "second", signal: caller.signal })));
  const third = send(readRequest({ path: "third" }));
  caller.abort();
  expect((await second).code).toBe("cancelled");
  await clock.advance(1001);
  await third;
  expect(vendor.seen.map(({ path }) => path)).toEqual(["first", "third"]);
});

test.each(jumps)(
  "a clock that is set $jump neither frees a slot nor holds one back",
  async ({ milliseconds }) => {
    const clock = createFakeClock();
    const vendor = slowVendor(clock, () => 0);
    const send = limit({ ...routemate, clock, rate: { requests: 1, periodMilliseconds: 60_000 } })(
      vendor.send,
    );
    const request = () => readRequest({ deadlineAt: clock.elapsed() + 30_000 });
    await Promise.all([send(request()), clock.advance(1)]);
    clock.jump(milliseconds);
    expect((await failureOf(send(request()))).details.retryAfterSeconds).toBe(60);
    const waiting = send(readRequest());
    await clock.advance(59_998);
    expect(vendor.seen).toHaveLength(1);
    await clock.advance(3);
    await waiting;
    expect(vendor.seen).toHaveLength(2);
  },
);
