import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../src/pipeline/clock.ts";

/** A clock whose hands move only when a test moves them. */
export type FakeClock = Clock & {
  /** Moves on, waking sleepers in order and letting their work settle before time goes on. */
  advance: (milliseconds: number) => Promise<void>;
  /** Sets the hands without any time passing. */
  jump: (milliseconds: number) => void;
};

type Sleeper = { wakeAt: number; wake: () => void };

/** Starts at a whole second of the year 2026. */
export function createFakeClock(start = Date.UTC(2026, 2, 9, 8, 30)): FakeClock {
  let now = start;
  let setBy = 0;
  const sleepers = new Set<Sleeper>();
  const sleep = (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        wakeAt: now + milliseconds,
        wake: () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener("abort", stop);
          resolve();
        },
      };
      sleepers.add(sleeper);
      signal?.addEventListener("abort", stop, { once: true });
    });
  const advance = async (milliseconds: number) => {
    const end = now + milliseconds;
    await setImmediate();
    for (;;) {
      const [next] = [...sleepers].filter(({ wakeAt }) => wakeAt <= end).sort((a, b) => a.wakeAt - b.wakeAt);
      if (!next) break;
      now = Math.max(now, next.wakeAt);
      next.wake();
      await setImmediate();
    }
    now = end;
  };
  return {
    now: () => now + setBy,
    elapsed: () => now - start,
    sleep,
    advance,
    jump: (milliseconds) => {
      setBy += milliseconds;
    },
  };
}

const day = 24 * 60 * 60_000;

/** How clocks are set while something is under way. */
export const jumps = [
  { jump: "a day forward", milliseconds: day },
  { jump: "a day back", milliseconds: -day },
  { jump: "to 1970", milliseconds: -Date.UTC(2026, 2, 9, 8, 30) },
];
