import { Failure, type ServiceName } from "../domain/failure.ts";
import type { Clock } from "./clock.ts";
import type { Step } from "./pipeline.ts";
import { createRollingWindow, type Rate, type RollingWindow } from "./rolling-window.ts";

/** Whose rate is limited, and to how much. */
export type LimitOptions = { vendor: ServiceName; label: string; clock: Clock; rate: Rate };

/** Holds requests back until the vendor's rate allows them; `rate_limited` when that is after the call's deadline. */
export function limit({ vendor, label, clock, rate }: LimitOptions): Step {
  const window = createRollingWindow(rate, clock);
  const tooMany = () => {
    const freeAt = window.freeAt() ?? clock.elapsed() + rate.periodMilliseconds;
    const retryAfterSeconds = Math.max(1, Math.ceil((freeAt - clock.elapsed()) / 1000));
    return new Failure("rate_limited", `${label} takes ${rateText(rate)}, and they are used up.`, {
      vendor,
      retryAfterSeconds,
      hint: `Nothing was sent; call again in ${retryAfterSeconds} seconds.`,
    });
  };
  return (next) => async (request) => {
    if ((window.freeAt() ?? 0) > (request.deadlineAt ?? Number.POSITIVE_INFINITY)) throw tooMany();
    const release = await takeSlot(window, request.signal, tooMany);
    try {
      return await next(request);
    } finally {
      release();
    }
  };
}

async function takeSlot(window: RollingWindow, signal: AbortSignal | undefined, tooMany: () => Failure) {
  try {
    return await window.take(signal);
  } catch (error) {
    // the deadline passed in the queue: the rate is the reason, not the vendor's slowness
    if (error instanceof Failure && error.code === "timeout") throw tooMany();
    throw error;
  }
}

function rateText({ requests, periodMilliseconds }: Rate): string {
  return `${requests} requests in ${periodMilliseconds / 1000} seconds`;
}
