import type { Pairs } from "../pairs.ts";
import type { Model } from "./model.ts";
import type { Neighbours } from "./neighbours.ts";
import type { Random } from "./random.ts";
import { createPool, push, type StopPool } from "./stop-pool.ts";

/** How many of the stops left out are tried again in one round. */
const calledAtOnce = 12;
/** How many of them where most may stay out, and how often one of the nearest is passed over. */
const nearCalled = 30;
const skipChance = 0.25;

/**
 * The stops that no route visits, in the current plan and in the one on trial, and how often each was left out.
 * The absence counters (SISR, section 5.4) make a stop that is hard to serve weigh ever more, until it is served.
 * Optional stops weigh what their penalty says instead. The pickup stop of a pair stands for both its stops.
 */
export class Absence {
  current: StopPool;
  trial: StopPool;
  readonly #priority: Float64Array;
  readonly #random: Random;
  readonly #timesAbsent: Float64Array; // [stop]
  readonly #isAbsent: Uint8Array; // 1 for the stops in `current`, [stop]
  readonly #isCalled: Uint8Array; // 1 while they are called, [stop]
  /** Undefined where every stop must be served, [stop]. */
  readonly #penalty: Float64Array | undefined;
  readonly #pairs: Pairs | undefined;

  constructor({ stopCount, problem, penalty, pairs }: Model, random: Random) {
    this.current = createPool(stopCount);
    this.trial = createPool(stopCount);
    this.#priority = problem.stops.priority;
    this.#random = random;
    this.#timesAbsent = new Float64Array(stopCount).fill(1);
    this.#isAbsent = new Uint8Array(stopCount);
    this.#isCalled = new Uint8Array(stopCount);
    this.#penalty = penalty;
    this.#pairs = pairs;
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

  /**
   * As `callSome`, where many stops are optional: calls those nearest to where the ruin began, since most of the others
   * are far from what has changed.
   */
  callNear(pool: StopPool, { stops: near, width }: Neighbours, seed: number): void {
    let called = 0;
    for (let rank = -1; rank < width && called < nearCalled; rank++) {
      const stop = rank < 0 ? seed : near[seed * width + rank]!;
      if (this.#isAbsent[stop] === 0 || this.#random.fraction() < skipChance) continue;
      this.#isCalled[stop] = 1;
      push(pool, stop);
      called++;
    }
    const { stops, count } = this.current;
    this.trial.count = 0;
    for (let place = 0; place < count; place++) {
      const stop = stops[place]!;
      if (this.#isCalled[stop] === 0) push(this.trial, stop);
      this.#isCalled[stop] = 0;
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

  /** How many stops of a pool must be served, both of each pair counted. */
  countOf(pool: StopPool): number {
    const pairs = this.#pairs;
    if (pairs) return this.#sum(pool, (stop) => (pairs.partner[stop]! < 0 ? 1 : 2));
    return this.#penalty ? this.#sum(pool, () => 1) : pool.count;
  }

  /** Sum of the absence counters of the stops of a pool that must be served, each times its stop's priority. */
  weightOf(pool: StopPool): number {
    return this.#sum(pool, (stop) => this.#timesAbsent[stop]! * (1 + this.#priority[stop]!));
  }

  /** Sum of the priorities of the stops of a pool that must be served. */
  priorityOf(pool: StopPool): number {
    return this.#sum(pool, (stop) => this.#priority[stop]!);
  }

  /** Sum of the penalties of the optional stops of a pool. */
  penaltyOf({ stops, count }: StopPool): number {
    const penalty = this.#penalty;
    if (!penalty) return 0;
    let sum = 0;
    for (let place = 0; place < count; place++) {
      const own = penalty[stops[place]!]!;
      if (own < Number.POSITIVE_INFINITY) sum += own;
    }
    return sum;
  }

  #sum({ stops, count }: StopPool, value: (stop: number) => number): number {
    const penalty = this.#penalty;
    let sum = 0;
    for (let place = 0; place < count; place++) {
      const stop = stops[place]!;
      if (!penalty || penalty[stop] === Number.POSITIVE_INFINITY) sum += value(stop);
    }
    return sum;
  }
}
