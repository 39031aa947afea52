import { priceRoom } from "./fractional-knapsack.ts";
import type { PackingModel } from "./packing-model.ts";

/** A load of one vehicle: how many items of which classes, and what these are worth together. */
export type Pattern = { type: number; classes: number[]; counts: number[]; value: number };

/** How far a knapsack is searched. */
export type KnapsackLimits = {
  /** Only patterns worth more are of interest. */
  above: number;
  /** Nodes of the search tree. */
  nodes: number;
  /** Ends the search like the last node, asked every so many nodes. */
  isOver?: () => boolean;
  /** Where given, every pattern above the threshold that nothing can be added to goes here; false ends the search. */
  onEach?: (pattern: Pattern) => boolean;
};

/** The best pattern found, if any, and a proven limit for the worth of all; `above` when there is no better one. */
export type KnapsackAnswer = { best: Pattern | undefined; limit: number };

/** What can be taken next at a depth of the search, most worth per weight first, and the room for it. */
type Level = {
  list: Int32Array; // ranks that still fit
  weight: Float64Array; // of one, at the prices, [place in the list]
  length: number;
  free: Float64Array; // [dimension]
  price: Float64Array; // of a unit, [dimension]
};

/** Lists at least as long are priced anew: shorter ones are searched sooner than priced. */
const worthPricing = 30;

const nodesPerLook = 256;

/** The bounds are some thousand operations on doubles, each within 2^-53 of exact: together far below this. */
const safety = 1 + 1e-9;

/**
 * The most valuable load of a vehicle of one type: a bounded knapsack of several dimensions. Depth first, most worth
 * per weight first, bounded by the fractional knapsack of one weighted sum of the dimensions (Martello and Toth 1990,
 * §3.2; surrogate weights after Gavish and Pirkul 1985). Values are exact integers; only the bounds are rounded, up.
 */
export class Knapsack {
  readonly #type: number;
  /** Classes that fit into the type, their loads by the dimensions that can bind, and how many fit, [rank]. */
  readonly #classes: Int32Array;
  readonly #loads: Float64Array;
  readonly #fitting: Int32Array;
  readonly #room: Float64Array;
  readonly #dimensions: number;
  /** Of one search, [rank]: a class by its place in `#classes`. */
  readonly #value: Float64Array;
  readonly #left: Int32Array; // copies not taken yet
  /** What can still be taken, and with how much room, by depth. */
  readonly #levels: Level[] = [];
  readonly #taken: number[] = [];

  #limits: KnapsackLimits = { above: 0, nodes: 0 };
  #nodes = 0;
  #threshold = 0;
  #open = 0;
  #best: Pattern | undefined;

  constructor(model: PackingModel, type: number) {
    const { dimensions, classes, typeCount, fits, load, capacity } = model;
    const first = (index: number): number => classes[index]![0]!;
    const own = [...classes.keys()].filter((index) => fits[first(index) * typeCount + type] === 1);
    const roomOf = (d: number): number => capacity[type * dimensions + d]!;
    const loadOf = (index: number, d: number): number => load[first(index) * dimensions + d]!;
    const binding = Array.from({ length: dimensions }, (_, d) => d).filter(
      (d) => own.reduce((sum, index) => sum + classes[index]!.length * loadOf(index, d), 0) > roomOf(d),
    );
    this.#type = type;
    this.#classes = Int32Array.from(own);
    this.#dimensions = binding.length;
    this.#loads = Float64Array.from(own.flatMap((index) => binding.map((d) => loadOf(index, d))));
    this.#room = Float64Array.from(binding, roomOf);
    this.#fitting = Int32Array.from(own, (index) =>
      Math.min(
        classes[index]!.length,
        ...binding.map((d) => Math.floor(roomOf(d) / loadOf(index, d))).filter((times) => times >= 0),
      ),
    );
    this.#value = new Float64Array(own.length);
    this.#left = new Int32Array(own.length);
  }

  /** `value`: exact integers, not negative, [class]. */
  solve(value: Float64Array, limits: KnapsackLimits): KnapsackAnswer {
    this.#limits = limits;
    this.#nodes = 0;
    this.#threshold = limits.above;
    this.#open = limits.above;
    this.#best = undefined;
    this.#taken.length = 0;
    const root = this.#levelAt(0);
    root.free.set(this.#room);
    root.length = this.#classes.length;
    for (const [rank, index] of this.#classes.entries()) {
      this.#value[rank] = value[index]!;
      this.#left[rank] = this.#fitting[rank]!;
      root.list[rank] = rank;
    }
    if (this.#reprice(root, 0)) this.#descend(0, 0);
    return { best: this.#best, limit: Math.max(this.#threshold, Math.floor(this.#open)) };
  }

  #levelAt(depth: number): Level {
    const count = this.#classes.length;
    this.#levels[depth] ??= {
      list: new Int32Array(count),
      weight: new Float64Array(count),
      length: 0,
      free: new Float64Array(this.#dimensions),
      price: new Float64Array(this.#dimensions),
    };
    return this.#levels[depth];
  }

  /**
   * Prices the room that is left anew, drops what no pattern above the threshold can take, and sorts the rest by worth
   * per weight. False when nothing at all can be above the threshold.
   */
  #reprice(level: Level, value: number): boolean {
    const dimensions = this.#dimensions;
    const { list, length, free, price, weight } = level;
    const worth = new Float64Array(length);
    const copies = new Int32Array(length);
    const share = new Float64Array(length * dimensions);
    for (let at = 0; at < length; at++) {
      const rank = list[at]!;
      worth[at] = this.#value[rank]!;
      copies[at] = this.#left[rank]!;
      for (let d = 0; d < dimensions; d++) {
        if (free[d]! > 0) share[at * dimensions + d] = this.#loads[rank * dimensions + d]! / free[d]!;
      }
    }
    price.set(priceRoom({ count: length, value: worth, copies, share, dimensions }));
    let bound = value;
    for (let d = 0; d < dimensions; d++) bound += price[d]!;
    const own = new Float64Array(length);
    for (let at = 0; at < length; at++) {
      for (let d = 0; d < dimensions; d++) own[at]! += price[d]! * share[at * dimensions + d]!;
      bound += copies[at]! * Math.max(0, worth[at]! - own[at]!);
    }
    bound *= safety;
    if (bound <= this.#threshold) return false;
    const order = Array.from(worth.keys()).filter(
      (at) => bound - Math.max(0, own[at]! - worth[at]!) > this.#threshold,
    );
    const ratio = own.map((of, at) => (of > 0 ? worth[at]! / of : Number.POSITIVE_INFINITY));
    order.sort((a, b) => (ratio[a] === ratio[b] ? a - b : ratio[b]! - ratio[a]!));
    const ranks = order.map((at) => list[at]!);
    list.set(ranks);
    weight.set(order.map((at) => own[at]!));
    level.length = order.length;
    for (let d = 0; d < dimensions; d++) price[d] = free[d]! > 0 ? price[d]! / free[d]! : 0;
    return true;
  }

  /** Looks at what is taken and at all that can be added to it. False ends the search. */
  #descend(depth: number, value: number): boolean {
    const level = this.#levels[depth]!;
    if (value > this.#threshold && !this.#report(level, value)) return false;
    const weightLeft = this.#weightLeft(level);
    for (let at = 0; at < level.length; at++) {
      const bound = (value + this.#fractional(level, at, weightLeft)) * safety;
      if (bound <= this.#threshold) return true;
      if (this.#isSpent()) {
        this.#open = Math.max(this.#open, bound);
        return true;
      }
      const rank = level.list[at]!;
      const inner = this.#narrow(depth, at);
      const more = value + this.#value[rank]!;
      this.#left[rank]!--;
      this.#taken.push(rank);
      const isHopeful = inner.length < worthPricing || more > this.#threshold || this.#reprice(inner, more);
      const goesOn = !isHopeful || this.#descend(depth + 1, more);
      this.#taken.pop();
      this.#left[rank]!++;
      if (!goesOn) return false;
    }
    return true;
  }

  #isSpent(): boolean {
    const { nodes, isOver } = this.#limits;
    if (isOver && this.#nodes % nodesPerLook === nodesPerLook - 1 && isOver()) this.#nodes = nodes;
    return this.#nodes++ >= nodes;
  }

  /** Takes the item at a place of the list: what is left of room and list becomes the next level. */
  #narrow(depth: number, at: number): Level {
    const dimensions = this.#dimensions;
    const load = this.#loads;
    const outer = this.#levels[depth]!;
    const inner = this.#levelAt(depth + 1);
    const { list, weight, free } = inner;
    const rank = outer.list[at]!;
    for (let d = 0; d < dimensions; d++) free[d] = outer.free[d]! - load[rank * dimensions + d]!;
    inner.price.set(outer.price);
    let count = 0;
    for (let next = this.#left[rank]! > 1 ? at : at + 1; next < outer.length; next++) {
      const other = outer.list[next]!;
      let d = 0;
      while (d < dimensions && load[other * dimensions + d]! <= free[d]!) d++;
      if (d < dimensions) continue;
      list[count] = other;
      weight[count++] = outer.weight[next]!;
    }
    inner.length = count;
    return inner;
  }

  #weightLeft({ free, price }: Level): number {
    let sum = 0;
    for (let d = 0; d < this.#dimensions; d++) sum += price[d]! * free[d]!;
    return sum * safety;
  }

  /** What the list from `from` on is worth at most where only weight counts and items can be cut. */
  #fractional({ list, weight, length }: Level, from: number, weightLeft: number): number {
    let left = weightLeft;
    let sum = 0;
    for (let at = from; at < length; at++) {
      const rank = list[at]!;
      const copies = this.#left[rank]!;
      const taken = copies * weight[at]!;
      if (taken > left) return sum + (this.#value[rank]! * left) / weight[at]!;
      left -= taken;
      sum += copies * this.#value[rank]!;
    }
    return sum;
  }

  #report(level: Level, value: number): boolean {
    const { onEach } = this.#limits;
    if (!onEach) {
      this.#threshold = value;
      this.#best = this.#toPattern(value);
      return true;
    }
    return level.length > 0 || this.#canGrow(level) || onEach(this.#toPattern(value));
  }

  /** Whether anything that was passed over fits beside what is taken. */
  #canGrow({ free }: Level): boolean {
    const dimensions = this.#dimensions;
    for (let rank = 0; rank < this.#classes.length; rank++) {
      if (this.#left[rank] === 0) continue;
      let d = 0;
      while (d < dimensions && this.#loads[rank * dimensions + d]! <= free[d]!) d++;
      if (d === dimensions) return true;
    }
    return false;
  }

  #toPattern(value: number): Pattern {
    const counts = new Map<number, number>();
    for (const rank of this.#taken) {
      const index = this.#classes[rank]!;
      counts.set(index, (counts.get(index) ?? 0) + 1);
    }
    return { type: this.#type, classes: [...counts.keys()], counts: [...counts.values()], value };
  }
}
