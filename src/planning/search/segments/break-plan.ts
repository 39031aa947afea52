import { endsBeforeBreaks, leavesAfterBreaks } from "../../due-breaks.ts";
import type { VehicleBreak } from "../../problem.ts";

/** The breaks of one type of vehicle, in their order, as the search reads them. */
export class BreakPlan {
  readonly count: number;
  /** Whether some break may not be taken with any load. */
  readonly hasLoadLimit: boolean;
  /** The earliest departure that needs none of the first so many breaks, Infinity for never, [breaks not taken]. */
  readonly leavesAfter: Float64Array;
  /** The latest end after so many breaks that needs no other, -Infinity for never, [breaks taken]. */
  readonly endsBefore: Float64Array;
  readonly #starts: Float64Array[]; // of the windows, [break][window]
  readonly #ends: Float64Array[]; // likewise
  readonly #duration: Float64Array; // [break]
  readonly #maximumLoad: (readonly number[] | undefined)[]; // [break][dimension]

  constructor(breaks: readonly VehicleBreak[]) {
    this.count = breaks.length;
    this.leavesAfter = Float64Array.from(leavesAfterBreaks(breaks));
    this.endsBefore = Float64Array.from(endsBeforeBreaks(breaks));
    this.#starts = breaks.map(({ windows }) => Float64Array.from(windows, ([start]) => start));
    this.#ends = breaks.map(({ windows }) => Float64Array.from(windows, ([, end]) => end));
    this.#duration = Float64Array.from(breaks, ({ durationSeconds }) => durationSeconds);
    this.#maximumLoad = breaks.map(({ maximumLoad }) => maximumLoad);
    this.hasLoadLimit = this.#maximumLoad.some((most) => most !== undefined);
  }

  /** The breaks that the load of a leg allows, as a bit set. `load`: [dimension]. */
  allowedWith(load: Float64Array): number {
    return this.#maximumLoad.reduce((allowed, most, index) => {
      const isAllowed = !most || load.every((carried, d) => carried <= most[d]!);
      return isAllowed ? allowed | (1 << index) : allowed;
    }, 0);
  }

  /** The earliest end of a leg that is left at a moment, with the breaks from `before` to `taken` on it; or Infinity. */
  cross(leave: number, travel: number, before: number, taken: number): number {
    let clock = leave;
    let toDrive = travel;
    for (let index = before; index < taken; index++) {
      const start = this.#firstStart(index, clock);
      if (start === Number.POSITIVE_INFINITY) return start;
      toDrive = Math.max(0, toDrive - (start - clock));
      clock = start + this.#duration[index]!;
    }
    return clock + toDrive;
  }

  /** The latest moment to leave for a leg that ends by `arrival`; -Infinity when there is none. */
  crossBack(arrival: number, travel: number, before: number, taken: number): number {
    let clock = arrival;
    let toDrive = travel;
    for (let index = taken - 1; index >= before; index--) {
      const latest = clock - this.#duration[index]!;
      const start = this.#lastStart(index, latest);
      if (start === Number.NEGATIVE_INFINITY) return start;
      toDrive = Math.max(0, toDrive - (latest - start));
      clock = start;
    }
    return clock - toDrive;
  }

  #firstStart(index: number, from: number): number {
    const ends = this.#ends[index]!;
    for (let window = 0; window < ends.length; window++) {
      if (from <= ends[window]!) return Math.max(from, this.#starts[index]![window]!);
    }
    return Number.POSITIVE_INFINITY;
  }

  #lastStart(index: number, until: number): number {
    const starts = this.#starts[index]!;
    for (let window = starts.length - 1; window >= 0; window--) {
      if (until >= starts[window]!) return Math.min(until, this.#ends[index]![window]!);
    }
    return Number.NEGATIVE_INFINITY;
  }
}
