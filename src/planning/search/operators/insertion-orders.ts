import type { Model } from "../model.ts";
import type { Random } from "../random.ts";
import type { StopPool } from "../stop-pool.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";

/** Pools up to this size are sorted by insertion, without a call a comparison. */
const smallPool = 48;
/** Beyond every key. */
const huge = 1e300;

/**
 * Sorts the stops to insert by one of several orders drawn at random (SISR, section 5.2): random, largest demand,
 * farthest, closest; and narrowest, earliest, latest window; and highest priority.
 */
export class InsertionOrders {
  readonly #model: Model;
  readonly #random: Random;
  /** Orders as sort keys, [order][stop], each as often as its weight; undefined for the random one. */
  readonly #orders: (Float64Array | undefined)[];
  readonly #largest: Float64Array;
  readonly #farthest: Float64Array;
  readonly #keys: Float64Array;

  constructor(model: Model, choice: VehicleChoice, random: Random) {
    const largest = demandOf(model).map((share) => -share);
    const alone = keysOf(model, (stop) => finite(choice.cheapestAlone(stop)));
    const farthest = alone.map((cost) => -cost);
    const weighted: [number, Float64Array | undefined][] = [
      [4, undefined],
      [4, largest],
      [2, farthest],
      [1, alone],
    ];
    if (model.hasWindows) weighted.push(...windowOrders(model));
    if (model.hasPriorities) {
      const { priority } = model.problem.stops;
      const size = weighted.reduce((sum, [weight]) => sum + weight, 0);
      weighted.push([size, keysOf(model, (stop) => -priority[stop]!)]);
    }
    this.#model = model;
    this.#random = random;
    this.#orders = weighted.flatMap(([weight, keys]) => new Array(weight).fill(keys));
    this.#largest = largest;
    this.#farthest = farthest;
    this.#keys = new Float64Array(model.stopCount);
  }

  /** Puts the pool into an order drawn at random. */
  shuffle(pool: StopPool): void {
    this.#setKeys(pool, this.#orders[this.#random.below(this.#orders.length)]);
    this.#sort(pool);
  }

  /** Puts the pool in order of demand. */
  sortLargestFirst(pool: StopPool): void {
    this.#setKeys(pool, this.#largest);
    this.#sort(pool);
  }

  /** Puts the pool in order of what each stop costs alone. */
  sortFarthestFirst(pool: StopPool): void {
    this.#setKeys(pool, this.#farthest);
    this.#sort(pool);
  }

  #sort({ stops, count }: StopPool): void {
    const keys = this.#keys;
    if (count > smallPool) {
      stops.subarray(0, count).sort((a, b) => keys[a]! - keys[b]! || a - b);
      return;
    }
    for (let place = 1; place < count; place++) {
      const stop = stops[place]!;
      const key = keys[stop]!;
      let hole = place;
      for (; hole > 0 && keys[stops[hole - 1]!]! > key; hole--) stops[hole] = stops[hole - 1]!;
      stops[hole] = stop;
    }
  }

  #setKeys({ stops, count }: StopPool, order: Float64Array | undefined): void {
    const keys = this.#keys;
    for (let place = 0; place < count; place++) {
      const stop = stops[place]!;
      keys[stop] = order ? order[stop]! : this.#random.fraction();
    }
    if (!this.#model.hasLocks) return;
    // Locked stops go in by position, before the others on some rounds and behind them on some: before, they find
    // room on the vehicle; behind, they find enough stops ahead of them.
    const { lockedPosition } = this.#model.problem.stops;
    const partner = this.#model.pairs?.partner;
    const offset = this.#random.fraction() < 0.5 ? -huge : huge;
    for (let place = 0; place < count; place++) {
      const stop = stops[place]!;
      const other = partner ? partner[stop]! : -1;
      const locked = lockedPosition[stop]! || (other < 0 ? 0 : lockedPosition[other]!);
      if (locked > 0) keys[stop] = offset + locked * (huge / 2 ** 32);
    }
  }
}

/** What share of a large vehicle each stop fills, summed over the dimensions. */
function demandOf({ problem, types, dimensions, stopCount }: Model): Float64Array {
  const demand = new Float64Array(stopCount);
  for (let d = 0; d < dimensions; d++) {
    let largest = 0;
    for (let type = 0; type < types.count; type++) {
      largest = Math.max(largest, types.capacity[type * dimensions + d]!);
    }
    if (largest === 0) continue;
    for (let stop = 0; stop < stopCount; stop++) {
      const at = stop * dimensions + d;
      demand[stop]! += (problem.stops.delivery[at]! + problem.stops.pickup[at]!) / largest;
    }
  }
  return demand;
}

function windowOrders(model: Model): [number, Float64Array][] {
  const { windowOffset, windowStart, windowEnd } = model.problem.stops;
  const hasWindow = (stop: number): boolean => windowOffset[stop]! < windowOffset[stop + 1]!;
  const first = (stop: number): number => (hasWindow(stop) ? windowStart[windowOffset[stop]!]! : -huge);
  const last = (stop: number): number => (hasWindow(stop) ? windowEnd[windowOffset[stop + 1]! - 1]! : huge);
  return [
    [2, keysOf(model, (stop) => finite(last(stop) - first(stop)))],
    [2, keysOf(model, (stop) => finite(first(stop)))],
    [2, keysOf(model, (stop) => -finite(last(stop)))],
  ];
}

function keysOf({ customerCount }: Model, key: (stop: number) => number): Float64Array {
  return Float64Array.from({ length: customerCount }, (_, stop) => key(stop));
}

function finite(value: number): number {
  return Math.max(-huge, Math.min(huge, value));
}
