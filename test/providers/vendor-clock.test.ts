import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pipeline, type VendorRequest } from "../../src/pipeline/pipeline.ts";
import { createVendorClock, dateAttempts } from "../../src/providers/vendor-clock.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { readRequest, vendorAnswer } from "../support/vendor-request.ts";

/** The HTTP date of a moment. */
const httpDate = (milliseconds: number) => new Date(milliseconds).toUTCString();

/** A vendor whose clock is off, which refuses what is dated more than a minute away from it. */
function vendorOff(skew: number, { hasDate = true } = {}) {
  const clock = createFakeClock();
  const vendorClock = createVendorClock(clock);
  const dated: number[] = [];
  const vendor = async ({ headers }: VendorRequest) => {
    const sentAt = Number(headers["sent-at"]);
    dated.push(sentAt);
    const now = clock.now() + skew;
    const status = Math.abs(now - sentAt) > 60_000 ? 401 : 200;
    return vendorAnswer(status, "{}", hasDate ? { date: httpDate(now) } : {});
  };
  const dating = dateAttempts(clock, vendorClock, {
    date: (request, now) => ({ ...request, headers: { "sent-at": String(now) } }),
    isRefused: ({ status }) => status === 401,
  });
  const send = pipeline(vendor, dating, vendorClock.watch);
  return { clock, vendorClock, dated, ask: async () => (await send(readRequest())).status };
}

describe("a vendor's clock", () => {
  test("is ours until an answer tells it", async () => {
    const { clock, vendorClock, ask } = vendorOff(30_000);
    expect([vendorClock.skew(), vendorClock.now()]).toEqual([undefined, clock.now()]);
    await ask();
    expect([vendorClock.skew(), vendorClock.now()]).toEqual([30_000, clock.now() + 30_000]);
    await clock.advance(5_000);
    expect(vendorClock.now()).toBe(clock.now() + 30_000);
  });

  test("stays as it was told when an answer has no date", async () => {
    const { vendorClock, ask } = vendorOff(30_000, { hasDate: false });
    await ask();
    expect(vendorClock.skew()).toBeUndefined();
  });

  test("is within a second of the truth, and never ahead of it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -50_000, max: 50_000 }), async (skew) => {
        const { clock, vendorClock, ask } = vendorOff(skew);
        await ask();
        const behind = clock.now() + skew - vendorClock.now();
        expect(behind).toBeGreaterThanOrEqual(0);
        expect(behind).toBeLessThan(1_000);
      }),
    );
  });
});

describe("an attempt", () => {
  test("is dated by our own clock while the vendor takes that, however the clocks differ", async () => {
    const { clock, dated, ask } = vendorOff(30_000);
    expect([await ask(), await ask()]).toEqual([200, 200]);
    expect(dated).toEqual([clock.now(), clock.now()]);
  });

  test.each([3_600_000, -3_600_000])(
    "that is refused for its date goes out once more by the vendor's clock (off by %i ms), as do all later ones",
    async (skew) => {
      const { clock, dated, ask } = vendorOff(skew);
      expect([await ask(), await ask()]).toEqual([200, 200]);
      expect(dated).toEqual([clock.now(), clock.now() + skew, clock.now() + skew]);
    },
  );

  test("that is refused by a vendor that tells no time, or agrees with us, goes out once", async () => {
    const silent = vendorOff(3_600_000, { hasDate: false });
    expect([await silent.ask(), silent.dated.length]).toEqual([401, 1]);
    const agreeing = vendorOff(0);
    await agreeing.clock.advance(0);
    expect([await agreeing.ask(), agreeing.dated.length]).toEqual([200, 1]);
  });
});
