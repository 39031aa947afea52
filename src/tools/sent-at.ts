import type { WriteAttempt } from "../state/writes/write-steps.ts";

/** The vendor's time and ours, epoch milliseconds. */
type Times = { vendorNow: () => number; now: () => number };

/**
 * When a write was first sent, epoch milliseconds by the vendor's clock: as long before its present time as has passed
 * since, so that setting our clock in between moves nothing. Where no clock tells that, by what ours said then.
 */
export function sentByVendorsClock(
  { firstStartedAt, ageMilliseconds }: Pick<WriteAttempt, "firstStartedAt" | "ageMilliseconds">,
  { vendorNow, now }: Times,
): number {
  if (Number.isFinite(ageMilliseconds)) return vendorNow() - ageMilliseconds;
  return Date.parse(firstStartedAt) + vendorNow() - now();
}
