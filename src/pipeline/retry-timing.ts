import type { VendorAnswer } from "./pipeline.ts";

/** Exponential growth from the first wait to the longest, milliseconds. */
export type Backoff = { firstMilliseconds: number; longestMilliseconds: number };

/** How long to wait after the given attempt (from 1): anything up to the exponential bound, so that callers spread. */
export function backoffMilliseconds(
  { firstMilliseconds, longestMilliseconds }: Backoff,
  attempt: number,
  random: () => number,
): number {
  return random() * Math.min(longestMilliseconds, firstMilliseconds * 2 ** (attempt - 1));
}

/** Seconds that `Retry-After` asks for, as a number or as an HTTP date (RFC 9110, 10.2.3); undefined when unreadable. */
export function retryAfterSeconds(answer: VendorAnswer, now: number): number | undefined {
  const value = answer.headers["retry-after"]?.trim();
  if (!value) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const date = /GMT$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
