import { expect, test } from "vitest";
import { sentByVendorsClock } from "../../src/tools/sent-at.ts";
import { jumps } from "../support/fake-clock.ts";

const sent = Date.UTC(2026, 2, 9, 8, 30);
const ahead = 3_000;
const minute = 60_000;

test.each(jumps)("our clock, set $jump since, moves no moment of the vendor's", ({ milliseconds }) => {
  const write = { firstStartedAt: new Date(sent).toISOString(), ageMilliseconds: minute };
  const times = { vendorNow: () => sent + minute + ahead, now: () => sent + minute + milliseconds };
  expect(sentByVendorsClock(write, times)).toBe(sent + ahead);
});

test("where no clock tells how long ago it was, what ours said then decides", () => {
  const write = { firstStartedAt: new Date(sent).toISOString(), ageMilliseconds: Number.POSITIVE_INFINITY };
  const times = { vendorNow: () => sent - minute + ahead, now: () => sent - minute };
  expect(sentByVendorsClock(write, times)).toBe(sent + ahead);
});
