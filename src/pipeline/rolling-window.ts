import { abortFailure } from "./abort.ts";
import type { Clock } from "./clock.ts";

/** At most so many requests in any period of so many milliseconds. */
export type Rate = { requests: number; periodMilliseconds: number };

/** Slots for requests, given out in the order in which they are asked for. */
export type RollingWindow = {
  /** Resolves when a slot is free, with a function to be called once, when the request has ended. */
  take: (signal: AbortSignal | undefined) => Promise<() => void>;
  /** When a slot asked for now will be free, as `clock.elapsed` tells time; undefined while that hangs on open requests. */
  freeAt: () => number | undefined;
};

type Waiter = { grant: (release: () => void) => void };

/**
 * A slot is free again one period after its request has *ended*: the vendor counted the request at some moment
 * between its start and its end, so that no period holds more than `requests` by the vendor's own count either.
 */
export function createRollingWindow({ requests, periodMilliseconds }: Rate, clock: Clock): RollingWindow {
  const waiters: Waiter[] = [];
  let openRequests = 0;
  /** When the slots of ended requests are free, ascending. */
  let endedSlots: number[] = [];
  let alarm: AbortController | undefined;

  const stillHeld = (now: number) => endedSlots.filter((freeAt) => freeAt > now);
  const release = () => {
    openRequests--;
    endedSlots.push(clock.elapsed() + periodMilliseconds);
    serve();
  };
  const serve = () => {
    const now = clock.elapsed();
    endedSlots = stillHeld(now);
    while (waiters.length > 0 && openRequests + endedSlots.length < requests) {
      openRequests++;
      waiters.shift()?.grant(release);
    }
    setAlarm(now);
  };
  const setAlarm = (now: number) => {
    alarm?.abort();
    const [nextFreeAt] = endedSlots;
    if (waiters.length === 0 || nextFreeAt === undefined) return;
    alarm = new AbortController();
    clock.sleep(nextFreeAt - now, alarm.signal).then(serve, () => {}); // a newer alarm took its place
  };
  const take = (signal: AbortSignal | undefined) =>
    new Promise<() => void>((resolve, reject) => {
      if (signal?.aborted) return reject(abortFailure(signal));
      const leave = () => {
        waiters.splice(waiters.indexOf(waiter), 1);
        setAlarm(clock.elapsed());
        if (signal) reject(abortFailure(signal));
      };
      const waiter: Waiter = {
        grant: (releaseSlot) => {
          signal?.removeEventListener("abort", leave);
          resolve(releaseSlot);
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiters.push(waiter);
      serve();
    });
  const freeAt = () => {
    const now = clock.elapsed();
    endedSlots = stillHeld(now);
    const mustEnd = openRequests + endedSlots.length + waiters.length + 1 - requests;
    return mustEnd <= 0 ? now : endedSlots[mustEnd - 1];
  };
  return { take, freeAt };
}
