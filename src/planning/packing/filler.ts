import type { Random } from "../search/random.ts";
import type { Bins } from "./bins.ts";
import type { Measures } from "./measures.ts";

const none = -1;
/** Fillings that are tried of each type. */
const trials = 3;
/** The share of items that a filling passes over, from none to this. */
const mostPassing = 0.4;

/**
 * Puts items in by filling one vehicle after the other, each of the type and with the items that cost least by volume:
 * the greedy rule of weighted covering, over fillings drawn at random.
 */
export class Filler {
  readonly #bins: Bins;
  readonly #measures: Measures;
  readonly #random: Random;
  readonly #free: Float64Array;
  #trial: Int32Array;
  #best: Int32Array;

  constructor(bins: Bins, measures: Measures, random: Random) {
    const { dimensions, itemCount } = bins.model;
    this.#bins = bins;
    this.#measures = measures;
    this.#random = random;
    this.#free = new Float64Array(dimensions);
    this.#trial = new Int32Array(itemCount);
    this.#best = new Int32Array(itemCount);
  }

  /** Fills vehicles with the items, in their order, while there are any. Gives those that are left. */
  fill(items: number[]): number[] {
    let left = items;
    while (left.length > 0) {
      const type = this.#findFilling(left);
      if (type < 0) break;
      let bin = none;
      for (let at = 0; at < this.#count; at++) bin = this.#bins.put(this.#best[at]!, bin, type);
      left = left.filter((item) => this.#bins.binOf[item] === none);
    }
    return left;
  }

  #count = 0;

  /** The best filling of any type, in `#best[0 .. #count - 1]`; gives its type, -1 when there is none. */
  #findFilling(items: number[]): number {
    const { typeCount, cost } = this.#bins.model;
    let bestType = none;
    let bestPrice = Number.POSITIVE_INFINITY;
    for (let type = 0; type < typeCount; type++) {
      if (!this.#bins.isAvailable(type)) continue;
      for (let trial = 0; trial < trials; trial++) {
        const passing = trial === 0 ? 0 : this.#random.fraction() * mostPassing;
        const { count, volume } = this.#try(items, type, passing);
        if (count === 0) continue;
        const price =
          (cost[type]! / Math.max(volume, Number.MIN_VALUE)) * (0.97 + 0.06 * this.#random.fraction());
        if (bestType >= 0 && price >= bestPrice) continue;
        bestType = type;
        bestPrice = price;
        this.#count = count;
        [this.#best, this.#trial] = [this.#trial, this.#best];
      }
    }
    return bestType;
  }

  #try(items: number[], type: number, passing: number): { count: number; volume: number } {
    const { dimensions, capacity, load, fits, typeCount } = this.#bins.model;
    const free = this.#free;
    for (let d = 0; d < dimensions; d++) free[d] = capacity[type * dimensions + d]!;
    let count = 0;
    let volume = 0;
    for (const item of items) {
      if (fits[item * typeCount + type] === 0) continue;
      if (passing > 0 && this.#random.fraction() < passing) continue;
      let d = 0;
      while (d < dimensions && load[item * dimensions + d]! <= free[d]!) d++;
      if (d < dimensions) continue;
      for (let e = 0; e < dimensions; e++) free[e]! -= load[item * dimensions + e]!;
      this.#trial[count++] = item;
      volume += this.#measures.volume[item]!;
    }
    return { count, volume };
  }
}
