import type { Problem } from "../../problem.ts";
import type { Model } from "../model.ts";

/** Stands for "no end of shift", so that what never comes true (Infinity) is later than it. */
export const endOfTime = Number.MAX_SAFE_INTEGER;

/** When stops are open, and what it costs to begin late. A stop without windows has one that never closes. */
export class Windows {
  readonly #offset: Int32Array;
  readonly #start: Float64Array;
  readonly #end: Float64Array;
  /** Service that begins later costs, [window]. */
  readonly #free: Float64Array;
  /** Cost of a second of lateness, [stop]. */
  readonly #rate: Float64Array;

  constructor({ stops }: Problem) {
    const { count, windowOffset, windowStart, windowEnd } = stops;
    const free = stops.latestFreeSeconds ?? windowEnd;
    this.#offset = new Int32Array(count + 1);
    const starts: number[] = [];
    const ends: number[] = [];
    const frees: number[] = [];
    for (let stop = 0; stop < count; stop++) {
      const [from, to] = [windowOffset[stop]!, windowOffset[stop + 1]!];
      starts.push(...(from === to ? [Number.NEGATIVE_INFINITY] : windowStart.subarray(from, to)));
      ends.push(...(from === to ? [Number.POSITIVE_INFINITY] : windowEnd.subarray(from, to)));
      frees.push(...(from === to ? [Number.POSITIVE_INFINITY] : free.subarray(from, to)));
      this.#offset[stop + 1] = starts.length;
    }
    this.#start = Float64Array.from(starts);
    this.#end = Float64Array.from(ends);
    this.#free = Float64Array.from(frees);
    this.#rate = stops.latenessCostPerSecond ?? new Float64Array(count);
  }

  /** The first moment from `arrival` on at which the stop is open; Infinity when there is none. */
  firstOpen(stop: number, arrival: number): number {
    const ends = this.#end;
    const after = this.#offset[stop + 1]!;
    for (let window = this.#offset[stop]!; window < after; window++) {
      if (arrival <= ends[window]!) return Math.max(arrival, this.#start[window]!);
    }
    return Number.POSITIVE_INFINITY;
  }

  /** The last moment up to `latest` at which the stop is open; -Infinity when there is none. */
  lastOpen(stop: number, latest: number): number {
    const starts = this.#start;
    const first = this.#offset[stop]!;
    for (let window = this.#offset[stop + 1]! - 1; window >= first; window--) {
      if (latest >= starts[window]!) return Math.min(latest, this.#end[window]!);
    }
    return Number.NEGATIVE_INFINITY;
  }

  /** As `lastOpen`, but no later than costs more than beginning at `begin`, nor in another window. */
  lastAsCheap(stop: number, latest: number, begin: number): number {
    if (this.#rate[stop] === 0) return this.lastOpen(stop, latest);
    const window = this.#windowAt(stop, begin);
    if (latest < this.#start[window]!) return Number.NEGATIVE_INFINITY;
    return Math.min(latest, this.#end[window]!, Math.max(begin, this.#free[window]!));
  }

  /** What it costs that service begins only then. */
  latenessAt(stop: number, begin: number): number {
    const rate = this.#rate[stop]!;
    if (rate === 0 || begin === Number.POSITIVE_INFINITY) return 0;
    return rate * Math.max(0, begin - this.#free[this.#windowAt(stop, begin)]!);
  }

  #windowAt(stop: number, begin: number): number {
    let window = this.#offset[stop]!;
    while (begin > this.#end[window]!) window++;
    return window;
  }
}

/** Whether every stop has one window at most. */
export function areWindowsSingle({ stops }: Problem): boolean {
  const { count, windowOffset } = stops;
  for (let stop = 0; stop < count; stop++) {
    if (windowOffset[stop + 1]! - windowOffset[stop]! > 1) return false;
  }
  return true;
}

/** When stops that have one window at most are open, [stop]; a stop without is always. */
export function readOnlyWindows({ problem }: Model): { opens: Float64Array; closes: Float64Array } {
  const { count, windowOffset, windowStart, windowEnd } = problem.stops;
  const opens = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const closes = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let stop = 0; stop < count; stop++) {
    const window = windowOffset[stop]!;
    if (window === windowOffset[stop + 1]) continue;
    opens[stop] = windowStart[window]!;
    closes[stop] = windowEnd[window]!;
  }
  return { opens, closes };
}
