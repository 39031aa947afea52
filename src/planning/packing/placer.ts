import type { Random } from "../search/random.ts";
import type { Bins } from "./bins.ts";
import type { Measures } from "./measures.ts";

/** How a place is chosen for an item. */
export type PlacingRule = {
  /** What unused room is worth, as a share of its cheapest price: 0 takes the least cost now. */
  thrift: number;
  /** How the room that stays free counts: by its sum, by its squares, or by how little it resembles the item. */
  fit: (typeof fits)[number];
  /** The share of places that are overlooked. */
  blink: number;
};

/** Best fit by the sum of what stays free, by its squares (L2), or by the angle to it (dot product). */
export const fits = ["sum", "squares", "angle"] as const;

const none = -1;

/** Puts items where they cost least, then fit best. */
export class Placer {
  rule: PlacingRule = { thrift: 0, fit: "sum", blink: 0 };
  readonly #bins: Bins;
  readonly #measures: Measures;
  readonly #random: Random;
  /** Cost less what its room is worth, [type]. */
  readonly #price: Float64Array;
  #worth = 0;

  constructor(bins: Bins, measures: Measures, random: Random) {
    this.#bins = bins;
    this.#measures = measures;
    this.#random = random;
    this.#price = bins.model.cost.slice();
  }

  /** Sets how places are chosen from now on. */
  follow(rule: PlacingRule): void {
    const { cost } = this.#bins.model;
    const { costPerRoom, room } = this.#measures;
    this.rule = rule;
    this.#worth = rule.thrift * costPerRoom;
    for (let type = 0; type < cost.length; type++)
      this.#price[type] = cost[type]! - this.#worth * room[type]!;
  }

  /** Gives the bin the item is in then, -1 when there is no place for it. */
  place(item: number): number {
    const { open, openCount, type: types } = this.#bins;
    const { blink } = this.rule;
    let bestBin = none;
    let bestType = none;
    let bestScore = Number.POSITIVE_INFINITY;
    let bestRest = Number.POSITIVE_INFINITY;
    for (let at = 0; at < openCount; at++) {
      if (blink > 0 && this.#random.fraction() < blink) continue;
      const bin = open[at]!;
      const own = types[bin]!;
      const most = this.#price[own]! + bestScore;
      const type = this.#bins.fits(item, bin, own) ? own : this.#larger(item, bin, most);
      if (type < 0) continue;
      const score = this.#price[type]! - this.#price[own]!;
      if (score > bestScore) continue;
      const rest = this.#restAfter(item, bin, type);
      if (score === bestScore && rest >= bestRest) continue;
      bestBin = bin;
      bestType = type;
      bestScore = score;
      bestRest = rest;
    }
    const fresh = this.#fresh(item);
    // In a new vehicle the item fills room that was to count as free.
    const freshScore =
      fresh < 0 ? bestScore : this.#price[fresh]! + this.#worth * this.#measures.volume[item]!;
    if (fresh >= 0 && (bestBin < 0 || freshScore < bestScore)) return this.#bins.put(item, none, fresh);
    return bestBin < 0 ? none : this.#bins.put(item, bestBin, bestType);
  }

  /** The type, at a price of no more than `most`, that the bin had best become to take the item; -1 for none. */
  #larger(item: number, bin: number, most: number): number {
    const price = this.#price;
    let best = none;
    for (let type = 0; type < price.length; type++) {
      if (price[type]! > most) continue;
      if (best >= 0 && price[type]! >= price[best]!) continue;
      if (this.#bins.isAvailable(type) && this.#bins.fits(item, bin, type)) best = type;
    }
    return best;
  }

  /** The type of a new vehicle for the item, -1 when there is none. */
  #fresh(item: number): number {
    const { fits: fitting, typeCount } = this.#bins.model;
    const price = this.#price;
    let best = none;
    for (let type = 0; type < typeCount; type++) {
      if (best >= 0 && price[type]! >= price[best]!) continue;
      if (fitting[item * typeCount + type] === 1 && this.#bins.isAvailable(type)) best = type;
    }
    return best;
  }

  /** How badly the room that then stays free fits: the less, the better. */
  #restAfter(item: number, bin: number, type: number): number {
    const { dimensions, capacity, load } = this.#bins.model;
    const { weight } = this.#measures;
    const filled = this.#bins.load;
    let sum = 0;
    let squares = 0;
    let dot = 0;
    let length = 0;
    for (let d = 0; d < dimensions; d++) {
      const own = weight[d]! * load[item * dimensions + d]!;
      const room = weight[d]! * (capacity[type * dimensions + d]! - filled[bin * dimensions + d]!);
      sum += room - own;
      squares += (room - own) * (room - own);
      dot += room * own;
      length += room * room;
    }
    if (this.rule.fit === "sum") return sum;
    if (this.rule.fit === "squares") return squares;
    return length > 0 ? -dot / Math.sqrt(length) : 0;
  }
}
