import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMilliseconds, retryAfterSeconds } from "../../src/pipeline/retry-timing.ts";
import { vendorAnswer } from "../support/vendor-request.ts";

const now = Date.UTC(2026, 2, 9, 8, 30);
const after = (value: string) => retryAfterSeconds(vendorAnswer(429, "{}", { "retry-after": value }), now);

test("Retry-After is read as seconds and as an HTTP date", () => {
  expect(after("45")).toBe(45);
  expect(after("Mon, 09 Mar 2026 08:31:30 GMT")).toBe(90);
  expect(after("Mon, 09 Mar 2026 08:29:00 GMT")).toBe(0);
});

test("a Retry-After that is neither is no wish at all", () => {
  for (const value of ["", "soon", "-5", "1.5", "2026-03-09T08:31:30Z", "Infinity"]) {
    expect(after(value)).toBeUndefined();
  }
});

test("a wait lies between nothing and the exponential bound, which has a limit", () => {
  const backoff = { firstMilliseconds: 250, longestMilliseconds: 8000 };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const wait = backoffMilliseconds(backoff, attempt, () => random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(Math.min(8000, 250 * 2 ** (attempt - 1)));
      },
    ),
  );
  expect(backoffMilliseconds(backoff, 3, () => 1)).toBe(1000);
});
