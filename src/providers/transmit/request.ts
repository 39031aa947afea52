import type { z } from "zod";
import { Failure } from "../../domain/failure.ts";
import { type CallRequest, exchange, type VendorLine } from "../provider.ts";
import type { VendorClock } from "../vendor-clock.ts";

/** Sends a request and reads its answer; a refused signature also tells of a clock that may be the reason. */
export async function send<T>(line: VendorLine, request: CallRequest, schema: z.ZodType<T>): Promise<T> {
  try {
    return (await exchange(line, request, schema)).value;
  } catch (error) {
    throw error instanceof Failure && error.code === "unauthorized"
      ? withClock(error, line.vendorClock)
      : error;
  }
}

/** The least that counts: a Date header has whole seconds, and requests may be some time old. */
const leastAheadSeconds = 1;
const leastBehindSeconds = 60;

/** The failure with what our clock may have to do with it; as it is where the clocks agree. */
export function withClock(failure: Failure, vendorClock: VendorClock): Failure {
  const aheadSeconds = Math.trunc(-(vendorClock.skew() ?? 0) / 1000);
  if (aheadSeconds < leastAheadSeconds && aheadSeconds > -leastBehindSeconds) return failure;
  const direction = aheadSeconds > 0 ? "ahead of" : "behind";
  const { message, details } = failure;
  return new Failure(
    failure.code,
    `${message} This machine's clock is ${Math.abs(aheadSeconds)} seconds ${direction} the vendor's.`,
    {
      ...details,
      hint: `Set this machine's clock right (NTP) and call again. If that is not it: ${details.hint ?? ""}`,
    },
    failure,
  );
}
