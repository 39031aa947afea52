/** Time as the pipeline sees it, so that tests can turn its hands. */
export type Clock = {
  /** Epoch milliseconds, by a clock that can be set: for what others are told. */
  now: () => number;
  /** Milliseconds since some moment, by a clock that nobody can set: for how long something lasts. */
  elapsed: () => number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it aborts. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
};

/** A clock that sleeps on the runtime's timers. */
export function createClock(now: () => number): Clock {
  return { now, elapsed: () => performance.now(), sleep };
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
