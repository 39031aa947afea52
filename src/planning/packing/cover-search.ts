import type { Pattern } from "./knapsack.ts";
import { listLargestFleets } from "./largest-fleets.ts";
import type { PackingModel } from "./packing-model.ts";

/** A choice among given loads that packs everything and costs less than something. */
export type CoverTask = {
  model: PackingModel;
  /** Every load that a cheaper packing can be made of, or one that holds as much and more. */
  patterns: readonly Pattern[];
  /** Exact integers: what an item of each class is worth, [class], and what a load of each type is paid, [type]. */
  value: Float64Array;
  paid: Float64Array;
  /** What a cheaper packing can pay beyond the worth of its loads at most; a cost of 1 is `one` of it. */
  slack: number;
  one: number;
  bestCost: number;
  isOver: () => boolean;
};

/** Whether all was looked at, and the cheapest choice that was found, if any beats the best cost. */
export type CoverAnswer = { isProven: boolean; patterns: Pattern[] | undefined };

const nodesPerLook = 256;
const mostRemembered = 2_000_000;

/**
 * Depth first over the class that has the fewest loads, then each load for it, cheapest beyond its worth first. A
 * branch ends when it has paid the slack, when no fleet below the best cost has room for the rest, or when the same
 * items were left before at no higher price (for at most some dozens of items: Christofides and Korman 1975).
 */
export function searchCover(task: CoverTask): CoverAnswer {
  const search = new CoverSearch(task);
  const isProven = search.run();
  return { isProven, patterns: search.best };
}

class CoverSearch {
  best: Pattern[] | undefined;
  readonly #task: CoverTask;
  /** Loads that hold a class, cheapest beyond their worth first, [class]. */
  readonly #holding: Pattern[][];
  readonly #order: Int32Array; // classes, those with the fewest loads first
  readonly #left: Int32Array; // items not packed yet, [class]
  readonly #loadLeft: Float64Array; // [dimension]
  readonly #used: Int32Array; // vehicles, [type]
  readonly #radix: Float64Array; // what an item of a class counts in a state's number, [class]
  readonly #typeRadix: Float64Array; // the same for vehicles of types that are few, [type]
  readonly #fleets: Int32Array[];
  readonly #seen = new Map<number, number>();
  readonly #chosen: Pattern[] = [];
  #bestCost: number;
  #slack: number;
  #nodes = 0;
  #isOver = false;

  constructor(task: CoverTask) {
    const { model, patterns, paid, bestCost } = task;
    const { classes, typeCount, total } = model;
    this.#task = task;
    this.#bestCost = bestCost;
    this.#slack = task.slack;
    const excess = new Map(patterns.map((pattern) => [pattern, paid[pattern.type]! - pattern.value]));
    const sorted = patterns.toSorted((a, b) => excess.get(a)! - excess.get(b)!);
    this.#holding = classes.map((_, index) => sorted.filter((pattern) => pattern.classes.includes(index)));
    this.#order = Int32Array.from(classes.keys()).sort(
      (a, b) => this.#holding[a]!.length - this.#holding[b]!.length || a - b,
    );
    this.#left = Int32Array.from(classes, ({ length }) => length);
    this.#loadLeft = total.slice();
    this.#used = new Int32Array(typeCount);
    this.#radix = new Float64Array(classes.length);
    this.#typeRadix = new Float64Array(typeCount);
    this.#numberStates();
    this.#fleets = listLargestFleets(model, bestCost - 1);
  }

  run(): boolean {
    this.#descend(0, 0, this.#fleets);
    return !this.#isOver;
  }

  #numberStates(): void {
    const { classes, typeCount, available, itemCount } = this.#task.model;
    let states = 1;
    for (const [index, { length }] of classes.entries()) {
      this.#radix[index] = states;
      states *= length + 1;
    }
    for (let type = 0; type < typeCount; type++) {
      if (available[type]! >= itemCount) continue;
      this.#typeRadix[type] = states;
      states *= available[type]! + 1;
    }
    // More states than exact numbers: none is remembered.
    if (states > Number.MAX_SAFE_INTEGER) this.#radix.fill(Number.NaN);
  }

  #stateNumber(): number {
    let state = 0;
    for (let index = 0; index < this.#left.length; index++) state += this.#left[index]! * this.#radix[index]!;
    for (let type = 0; type < this.#used.length; type++) state += this.#used[type]! * this.#typeRadix[type]!;
    return state;
  }

  /** `paid`: beyond the worth of what is packed. `cost`: of the vehicles so far. */
  #descend(paid: number, cost: number, fleets: Int32Array[]): void {
    const index = this.#order.find((of) => this.#left[of]! > 0);
    if (index === undefined) {
      this.#improve(cost);
      return;
    }
    if (this.#wasSeen(paid) || this.#isSpent()) return;
    const able = fleets.filter((fleet) => this.#hasRoom(fleet));
    if (able.length === 0) return;
    for (const pattern of this.#holding[index]!) {
      const { type } = pattern;
      if (paid + this.#task.paid[type]! - pattern.value > this.#slack) return;
      if (this.#used[type]! >= this.#task.model.available[type]!) continue;
      const more = paid + this.#task.paid[type]! - this.#newWorth(pattern);
      const price = cost + this.#task.model.cost[type]!;
      if (more > this.#slack || price >= this.#bestCost) continue;
      const taken = this.#take(pattern);
      this.#descend(more, price, able);
      this.#giveBack(pattern, taken);
      if (this.#isOver) return;
    }
  }

  #improve(cost: number): void {
    if (cost >= this.#bestCost) return;
    this.#slack -= (this.#bestCost - cost) * this.#task.one;
    this.#bestCost = cost;
    this.best = [...this.#chosen];
  }

  #wasSeen(paid: number): boolean {
    const state = this.#stateNumber();
    if (Number.isNaN(state)) return false;
    const before = this.#seen.get(state);
    if (before !== undefined && before <= paid) return true;
    if (before !== undefined || this.#seen.size < mostRemembered) this.#seen.set(state, paid);
    return false;
  }

  #isSpent(): boolean {
    if (this.#nodes++ % nodesPerLook === nodesPerLook - 1 && this.#task.isOver()) this.#isOver = true;
    return this.#isOver;
  }

  /** Whether the fleet, less what is used of it, has room for what is left. */
  #hasRoom(fleet: Int32Array): boolean {
    const { typeCount, dimensions, capacity } = this.#task.model;
    for (let type = 0; type < typeCount; type++) if (fleet[type]! < this.#used[type]!) return false;
    for (let d = 0; d < dimensions; d++) {
      let room = 0;
      for (let type = 0; type < typeCount; type++) {
        room += (fleet[type]! - this.#used[type]!) * capacity[type * dimensions + d]!;
      }
      if (room < this.#loadLeft[d]!) return false;
    }
    return true;
  }

  #newWorth({ classes, counts }: Pattern): number {
    const { value } = this.#task;
    let worth = 0;
    for (let at = 0; at < classes.length; at++) {
      const index = classes[at]!;
      worth += Math.min(counts[at]!, this.#left[index]!) * value[index]!;
    }
    return worth;
  }

  #take(pattern: Pattern): number[] {
    const taken = pattern.classes.map((index, at) => Math.min(pattern.counts[at]!, this.#left[index]!));
    this.#used[pattern.type]!++;
    this.#chosen.push(pattern);
    this.#shift(pattern, taken, -1);
    return taken;
  }

  #giveBack(pattern: Pattern, taken: number[]): void {
    this.#used[pattern.type]!--;
    this.#chosen.pop();
    this.#shift(pattern, taken, 1);
  }

  #shift({ classes }: Pattern, taken: number[], sign: 1 | -1): void {
    const { dimensions, load, classes: members } = this.#task.model;
    for (const [at, index] of classes.entries()) {
      const many = sign * taken[at]!;
      this.#left[index]! += many;
      const item = members[index]![0]!;
      for (let d = 0; d < dimensions; d++) this.#loadLeft[d]! += many * load[item * dimensions + d]!;
    }
  }
}
