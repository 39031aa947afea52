import type { Model } from "./model.ts";
import type { Random } from "./random.ts";
import { createPool, push, type StopPool } from "./stop-pool.ts";

/** How many of the stops left out are tried again in one round. */
const calledAtOnce = 12;

/**
 * The stops that no route visits, in the current plan and in the one on trial, and how often each was left out.
 * The absence counters (SISR, section 5.4) make a stop that is hard to serve weigh ever more, until it is served.
 */
export class Absence {
  current: StopPool;
  trial: StopPool;
  readonly #priority: Float64Array;
  readonly #random: Random;
  readonly #timesAbsent: Float64Array; // [stop]
  readonly #isAbsent: Uint8Array; // 1 for the stops in `current`, [stop]

  constructor({ stopCount, problem }: Model, random: Random) {
    this.current = createPool(stopCount);
    this.trial = createPool(stopCount);
    this.#priority = problem.stops.priority;
    this.#random = random;
    this.#timesAbsent = new Float64Array(stopCount).fill(1);
    this.#isAbsent = new Uint8Array(stopCount);
  }

  /** Whether the current plan leaves the stop out. */
  isAbsent(stop: number): boolean {
    return this.#isAbsent[stop] === 1;
  }

  /** How often the stop was left out so far, and one. */
  timesAbsent(stop: number): number {
    return this.#timesAbsent[stop]!;
  }

  /** Opens a trial: moves some of the stops left out to the pool of those to insert, the others stay out. */
  callSome(pool: StopPool): void {
    const { stops, count } = this.current;
    const first = count > calledAtOnce ? this.#random.below(count) : 0;
    this.trial.count = 0;
    for (let place = 0; place < count; place++) {
      const stop = stops[(first + place) % count]!;
      push(place < calledAtOnce ? pool : this.trial, stop);
    }
  }

  /** Counts one more absence for each stop that the trial leaves out. */
  countTrial(): void {
    const { stops, count } = this.trial;
    for (let place = 0; place < count; place++) this.#timesAbsent[stops[place]!]!++;
  }

  /** Makes the trial current. */
  keepTrial(): void {
    if (this.current.count === 0 && this.trial.count === 0) return;
    const { current, trial } = this;
    for (let place = 0; place < current.count; place++) this.#isAbsent[current.stops[place]!] = 0;
    for (let place = 0; place < trial.count; place++) this.#isAbsent[trial.stops[place]!] = 1;
    this.current = trial;
    this.trial = current;
  }

  /** Sum of the absence counters of a pool, each times its stop's priority. */
  weightOf({ stops, count }: StopPool): number {
    let weight = 0;
    for (let place = 0; place < count; place++) {
      const stop = stops[place]!;
      weight += this.#timesAbsent[stop]! * (1 + this.#priority[stop]!);
    }
    return weight;
  }

  /** Sum of the priorities of a pool. */
  priorityOf({ stops, count }: StopPool): number {
    let sum = 0;
    for (let place = 0; place < count; place++) sum += this.#priority[stops[place]!]!;
    return sum;
  }
}
