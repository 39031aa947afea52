import type { Random } from "../search/random.ts";
import type { Bins } from "./bins.ts";
import { Filler } from "./filler.ts";
import type { Measures } from "./measures.ts";
import { fits, Placer } from "./placer.ts";

/** How long an improvement goes on. */
export type ImproveBudget = {
  /** 0 to 1 of the budget after so many iterations; it ends at 1. */
  fraction: (iterations: number) => number;
  /** Costs at which nothing is left to find: the search ends there. */
  enough: number;
  /** Called with each packing that is the best so far. */
  onBest: () => void;
};

/** How much even a full vehicle is preferred to two half full ones, as a share of its cost. */
const fullness = 0.5;
/** Temperatures at the start and the end, in average costs of a vehicle. */
const cooling = { start: 0.15, end: 0.005 };
const iterationsPerLook = 16;
/** Vehicles that a trial empties at most, and items it takes out of others. */
const mostEmptied = 3;
const mostTaken = 3;
const blink = 0.02;
/** How often whole vehicles are filled instead of items placed one by one. */
const fillingShare = 0.5;

/**
 * Ruin and recreate with simulated annealing (Schrimpf et al. 2000; acceptance and blinks as Christiaens and Vanden
 * Berghe 2020): some vehicles are emptied, some items taken out elsewhere, and all put in again by a rule drawn at
 * random. Items that stay out weigh more the longer they do. Leaves `bins` at the last packing, not the best. Gives
 * the number of iterations.
 */
export function improvePacking(
  bins: Bins,
  measures: Measures,
  random: Random,
  budget: ImproveBudget,
): number {
  const search = new Improvement(bins, measures, random);
  let iterations = 0;
  let temperature = 0;
  let best = { cost: bins.cost, leftOut: search.leftOut.length };
  while (best.leftOut > 0 || best.cost > budget.enough) {
    if (iterations % iterationsPerLook === 0) {
      const fraction = budget.fraction(iterations);
      if (fraction >= 1) break;
      temperature = search.unit * cooling.start * (cooling.end / cooling.start) ** fraction;
    }
    iterations++;
    if (!search.step(temperature)) continue;
    const leftOut = search.leftOut.length;
    if (leftOut > best.leftOut || (leftOut === best.leftOut && bins.cost >= best.cost)) continue;
    best = { cost: bins.cost, leftOut };
    budget.onBest();
  }
  return iterations;
}

class Improvement {
  /** Items in no bin. */
  leftOut: number[];
  /** Cost of an average vehicle in use. */
  readonly unit: number;
  readonly #bins: Bins;
  readonly #measures: Measures;
  readonly #random: Random;
  readonly #placer: Placer;
  readonly #filler: Filler;
  readonly #absence: Float64Array; // trials that left the item out, [item]
  readonly #key: Float64Array; // sort keys, [item]
  #energy: number;

  constructor(bins: Bins, measures: Measures, random: Random) {
    const { itemCount, misfits } = bins.model;
    const stranded = new Set(misfits);
    this.#bins = bins;
    this.#measures = measures;
    this.#random = random;
    this.#placer = new Placer(bins, measures, random);
    this.#filler = new Filler(bins, measures, random);
    this.#absence = new Float64Array(itemCount).fill(1);
    this.#key = new Float64Array(itemCount);
    this.leftOut = Array.from(bins.binOf.keys()).filter(
      (item) => bins.binOf[item]! < 0 && !stranded.has(item),
    );
    this.unit = bins.cost / Math.max(1, bins.openCount);
    this.#energy = this.#measureEnergy();
  }

  /** One trial; true when it became the current packing. */
  step(temperature: number): boolean {
    const bins = this.#bins;
    const taken = this.#ruin();
    this.#placer.follow({
      thrift: this.#random.fraction(),
      fit: fits[this.#random.below(fits.length)]!,
      blink,
    });
    const left = this.#recreate(this.#order(taken));
    for (let at = 0; at < bins.openCount; at++) bins.shrink(bins.open[at]!);
    const energy = this.#measureEnergy();
    if (!this.#accepts(left, energy, temperature)) {
      bins.undo();
      return false;
    }
    bins.keep();
    this.leftOut = left;
    this.#energy = energy;
    return true;
  }

  /** Takes out the items of up to three vehicles, emptier ones sooner, and up to three items of others. */
  #ruin(): number[] {
    const { openCount } = this.#bins;
    const taken = [...this.leftOut];
    if (openCount === 0) return taken;
    for (let count = 1 + this.#random.below(mostEmptied); count > 0 && this.#bins.openCount > 0; count--) {
      const one = this.#anyBin();
      const other = this.#anyBin();
      this.#empty(this.#fill(one) < this.#fill(other) ? one : other, taken);
    }
    for (let count = this.#random.below(mostTaken + 1); count > 0 && this.#bins.openCount > 0; count--) {
      this.#takeOne(this.#anyBin(), taken);
    }
    return taken;
  }

  /** Puts the items in again, one by one or vehicle by vehicle; gives those that found no place. */
  #recreate(items: number[]): number[] {
    const rest = this.#random.fraction() < fillingShare ? this.#filler.fill(items) : items;
    return rest.filter((item) => this.#placer.place(item) < 0);
  }

  #anyBin(): number {
    return this.#bins.open[this.#random.below(this.#bins.openCount)]!;
  }

  #empty(bin: number, taken: number[]): void {
    while (this.#bins.size[bin]! > 0) {
      const item = this.#bins.first[bin]!;
      this.#bins.take(item);
      taken.push(item);
    }
  }

  #takeOne(bin: number, taken: number[]): void {
    const bins = this.#bins;
    let item = bins.first[bin]!;
    for (let steps = this.#random.below(bins.size[bin]!); steps > 0; steps--) item = bins.next[item]!;
    bins.take(item);
    taken.push(item);
    if (bins.size[bin]! > 0) bins.shrink(bin);
  }

  /** Largest first, roughly largest first, or anyhow. */
  #order(items: number[]): number[] {
    const mode = this.#random.below(3);
    const key = this.#key;
    const { volume } = this.#measures;
    for (const item of items) {
      if (mode === 0) key[item] = volume[item]!;
      else if (mode === 1) key[item] = volume[item]! * (0.7 + 0.6 * this.#random.fraction());
      else key[item] = this.#random.fraction();
    }
    return items.sort((a, b) => key[b]! - key[a]! || a - b);
  }

  #accepts(left: number[], energy: number, temperature: number): boolean {
    if (left.length > 0 || this.leftOut.length > 0) {
      const more = this.#absenceOf(left) - this.#absenceOf(this.leftOut);
      for (const item of left) this.#absence[item]!++;
      if (more !== 0) return more < 0;
    }
    const limit = this.#energy - temperature * Math.log(1 - this.#random.fraction());
    return energy < limit;
  }

  #absenceOf(items: number[]): number {
    return items.reduce((sum, item) => sum + this.#absence[item]!, 0);
  }

  #measureEnergy(): number {
    const { open, openCount, type, model } = this.#bins;
    let sum = 0;
    for (let at = 0; at < openCount; at++) {
      const bin = open[at]!;
      sum += model.cost[type[bin]!]! * (1 - fullness * this.#fill(bin) ** 2);
    }
    return sum;
  }

  /** How full a bin is, 0 to 1, by the weights of the dimensions. */
  #fill(bin: number): number {
    const { model, load, type } = this.#bins;
    const { weight, room } = this.#measures;
    const { dimensions } = model;
    const all = room[type[bin]!]!;
    if (all === 0) return 1;
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += weight[d]! * load[bin * dimensions + d]!;
    return sum / all;
  }
}
