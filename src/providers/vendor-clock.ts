import type { Clock } from "../pipeline/clock.ts";
import type { Step, VendorAnswer, VendorRequest } from "../pipeline/pipeline.ts";

/** A vendor's clock, as far as the Date headers of its answers tell it. */
export type VendorClock = {
  /** The vendor's time, epoch milliseconds: ours until an answer has told it. */
  now: () => number;
  /** The vendor's clock minus ours, in milliseconds, by the last answer that had a date; undefined before one had. */
  skew: () => number | undefined;
  /** Reads the date of every answer. It has whole seconds, so the clock is never taken to be ahead of what it is. */
  watch: Step;
};

/** The clock of a vendor of which nothing is known yet. */
export function createVendorClock(clock: Clock): VendorClock {
  // What it told and when that was: setting our clock moves the vendor's by nothing.
  let last: { told: number; elapsed: number } | undefined;
  const now = () => (last ? last.told + clock.elapsed() - last.elapsed : clock.now());
  return {
    now,
    skew: () => (last ? now() - clock.now() : undefined),
    watch: (next) => async (request) => {
      const answer = await next(request);
      const told = Date.parse(answer.headers["date"] ?? "");
      if (!Number.isNaN(told)) last = { told, elapsed: clock.elapsed() };
      return answer;
    },
  };
}

/** How a vendor's requests are dated. */
type Dating = {
  /** The request as it is sent at a time, epoch milliseconds. */
  date: (request: VendorRequest, now: number) => VendorRequest;
  /**
   * Whether an answer may refuse a request for its date; `correction` is by how many milliseconds the vendor's clock
   * differs from the time that dated it.
   */
  isRefused: (answer: VendorAnswer, correction: number) => boolean;
};

/** A correction of less says nothing: a Date header has whole seconds. */
const leastCorrection = 1_000;

/**
 * Dates every attempt by our clock until the vendor refuses one for its date. That one was not carried out, so it
 * goes out once more, dated by the vendor's clock, as are all after it.
 */
export function dateAttempts(clock: Clock, vendorClock: VendorClock, { date, isRefused }: Dating): Step {
  let offset = 0;
  return (next) => {
    const send = (request: VendorRequest) => next(date(request, clock.now() + offset));
    /** Sets the offset right after a refusal; false where that changes nothing. */
    const isCorrected = (answer: VendorAnswer) => {
      const skew = vendorClock.skew() ?? offset;
      const correction = skew - offset;
      if (Math.abs(correction) < leastCorrection || !isRefused(answer, correction)) return false;
      offset = skew;
      return true;
    };
    return async (request) => {
      const answer = await send(request);
      if (!isCorrected(answer)) return answer;
      const second = await send(request);
      isCorrected(second); // no third attempt, but the next request starts from what this answer tells
      return second;
    };
  };
}
