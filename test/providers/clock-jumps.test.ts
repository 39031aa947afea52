import { describe, expect, test } from "vitest";
import { deadline } from "../../src/pipeline/timeout.ts";
import { createTokenSource } from "../../src/providers/access-token.ts";
import { createVendorClock } from "../../src/providers/vendor-clock.ts";
import { failureOf } from "../support/failures.ts";
import { createFakeClock, jumps } from "../support/fake-clock.ts";
import { readRequest, vendorAnswer } from "../support/vendor-request.ts";

const hour = 60 * 60_000;

describe.each(jumps)("when the clock is set $jump", ({ milliseconds }) => {
  test("a token is used as long as it is valid, and no longer", async () => {
    const clock = createFakeClock();
    let issued = 0;
    const tokens = createTokenSource(async () => {
      issued++;
      return { value: `token-${issued}`, lifetimeMilliseconds: hour };
    }, clock);
    expect(await tokens.current(undefined)).toBe("token-1");
    clock.jump(milliseconds);
    await clock.advance(hour / 2);
    expect(await tokens.current(undefined)).toBe("token-1");
    await clock.advance(hour / 2);
    expect(await tokens.current(undefined)).toBe("token-2");
  });

  test("the vendor's time stays what the vendor told", async () => {
    const clock = createFakeClock();
    const vendors = createVendorClock(clock);
    const date = new Date(clock.now() + 7_000).toUTCString();
    await vendors.watch(async () => vendorAnswer(200, "{}", { date }))(readRequest());
    const told = vendors.now();
    clock.jump(milliseconds);
    await clock.advance(2_000);
    expect(vendors.now()).toBe(told + 2_000);
    expect(vendors.skew()).toBe(told + 2_000 - clock.now());
  });

  test("a call has the time that it was given", async () => {
    const clock = createFakeClock();
    const slow = deadline({ vendor: "yunji", label: "Yunji", clock, milliseconds: 30_000 })(async () => {
      clock.jump(milliseconds);
      await clock.sleep(20_000);
      return vendorAnswer(200);
    });
    const inTime = slow(readRequest());
    await clock.advance(20_001);
    expect((await inTime).status).toBe(200);
    const tooSlow = deadline({ vendor: "yunji", label: "Yunji", clock, milliseconds: 30_000 })(
      async ({ signal }) => {
        clock.jump(milliseconds);
        await clock.sleep(hour, signal);
        return vendorAnswer(200);
      },
    );
    const late = failureOf(tooSlow(readRequest()));
    await clock.advance(30_001);
    expect((await late).code).toBe("timeout");
  });
});
