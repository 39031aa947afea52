/** The two times of the sandbox, both in milliseconds since the epoch. */
export type Clock = {
  /** Time in the simulated world: drivers and timestamps go by it. */
  now: () => number;
  /**
   * Time as a client counts it: real speed whatever the time scale. Promises made in a client's seconds
   * (a token's life, a key's 24 hours, the rolling minute) go by it, or they would be broken at any speed but 1.
   */
  clientNow: () => number;
  /** Moves both times on. */
  advance: (seconds: number) => void;
};

/** A clock that runs `timeScale` simulated seconds a real second from the moment of the call. */
export function createClock({ now, timeScale }: { now: () => number; timeScale: number }): Clock {
  const startedAt = now();
  let advancedMs = 0;
  return {
    now: () => startedAt + (now() - startedAt) * timeScale + advancedMs,
    clientNow: () => now() + advancedMs,
    advance: (seconds) => {
      advancedMs += seconds * 1000;
    },
  };
}
