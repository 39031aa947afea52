/** The two times of the sandbox, both in milliseconds since the epoch. */
export type Clock = {
  /** Time in the simulated world: drivers, robots and timestamps go by it. */
  now: () => number;
  /**
   * Time as a client counts it: real speed whatever the time scale. Promises made in a client's seconds
   * (a token's life, a key's 24 hours, the rolling minute) go by it, or they would be broken at any speed but 1.
   */
  clientNow: () => number;
  /** The machine's own clock, which nothing here moves. */
  wallNow: () => number;
  /** Moves both times on, stopping at what falls due on the way, in its order. */
  advance: (seconds: number) => void;
  /**
   * Does something when the simulated time has come, and tells it that time: a timer wakes up late, and what is
   * reckoned from it shall not. The function it gives calls that off.
   */
  at: (time: number, action: (time: number) => void) => () => void;
  /** Calls off everything that waits. */
  stop: () => void;
};

type Appointment = { time: number; action: (time: number) => void };

/** A clock that runs `timeScale` simulated seconds a real second from the moment of the call. */
export function createClock({ now, timeScale }: { now: () => number; timeScale: number }): Clock {
  const startedAt = now();
  let advancedMs = 0;
  let waiting: Appointment[] = [];
  let timer: NodeJS.Timeout | undefined;
  const simulatedNow = () => startedAt + (now() - startedAt) * timeScale + advancedMs;

  const runDue = () => {
    for (let next = takeUntil(simulatedNow()); next; next = takeUntil(simulatedNow())) next.action(next.time);
    arm();
  };
  /** The next appointment up to a moment, no longer waiting; of two at the same time the one made first. */
  const takeUntil = (time: number) => {
    const next = earliest(waiting);
    if (!next || next.time > time) return undefined;
    waiting = waiting.filter((one) => one !== next);
    return next;
  };
  /** A timer that keeps no process alive, and wakes up early rather than overflow. */
  const arm = () => {
    clearTimeout(timer);
    const next = earliest(waiting);
    if (!next || timeScale === 0) return;
    const realMs = (next.time - simulatedNow()) / timeScale;
    timer = setTimeout(runDue, Math.min(Math.max(1, Math.ceil(realMs)), 2 ** 30)).unref();
  };
  return {
    now: simulatedNow,
    wallNow: now,
    clientNow: () => now() + advancedMs,
    advance: (seconds) => {
      let aheadMs = seconds * 1000;
      for (let next = takeUntil(simulatedNow() + aheadMs); next; next = takeUntil(simulatedNow() + aheadMs)) {
        const stepMs = Math.min(Math.max(0, next.time - simulatedNow()), aheadMs);
        advancedMs += stepMs;
        aheadMs -= stepMs;
        next.action(next.time);
      }
      advancedMs += aheadMs;
      arm();
    },
    at: (time, action) => {
      const appointment = { time, action };
      waiting.push(appointment);
      arm();
      return () => {
        waiting = waiting.filter((one) => one !== appointment);
      };
    },
    stop: () => {
      waiting = [];
      clearTimeout(timer);
    },
  };
}

function earliest(appointments: readonly Appointment[]): Appointment | undefined {
  let first = appointments[0];
  for (const one of appointments) if (first && one.time < first.time) first = one;
  return first;
}
