import type { Random } from "../search/random.ts";
import type { PackingModel } from "./packing-model.ts";

/** Temperatures at the start and the end, in vehicles' worth of room. */
const cooling = { start: 0.05, end: 0.0003 };
const movesPerLook = 1024;

/**
 * Looks for a packing of the items into just these vehicles, however tight: all items are in from the start, and what
 * the vehicles are loaded above their capacity is made small, by moving and exchanging items with simulated annealing.
 * Gives the vehicle of each item, by its place in `fleet`; undefined when the budget ends first.
 */
export function repairPacking(task: RepairTask): Int32Array | undefined {
  const repair = new Repair(task);
  let temperature = 0;
  for (let moves = 0; repair.overload > 0 || repair.isOverloaded(); moves++) {
    if (moves % movesPerLook === 0) {
      const fraction = task.fraction(moves);
      if (fraction >= 1) return undefined;
      temperature = cooling.start * (cooling.end / cooling.start) ** fraction;
    }
    repair.step(temperature);
  }
  return repair.vehicleOf;
}

/** A fleet that is to take all items. */
export type RepairTask = {
  model: PackingModel;
  /** The type of each vehicle. */
  fleet: Int32Array;
  /** The vehicle of each item to begin with, [item]; each must fit there alone. */
  vehicleOf: Int32Array;
  random: Random;
  /** 0 to 1 of the budget after so many moves; it ends at 1. */
  fraction: (moves: number) => number;
};

class Repair {
  readonly vehicleOf: Int32Array;
  /** Shares of capacity above capacity, over vehicles and dimensions; summed up move by move, so a hair off. */
  overload = 0;
  readonly #model: PackingModel;
  readonly #random: Random;
  readonly #fleet: Int32Array;
  readonly #load: Float64Array; // [vehicle * dimensions + dimension]
  readonly #over: Float64Array; // [vehicle]

  constructor({ model, fleet, vehicleOf, random }: RepairTask) {
    const { dimensions, load } = model;
    this.vehicleOf = vehicleOf.slice();
    this.#model = model;
    this.#random = random;
    this.#fleet = fleet;
    this.#load = new Float64Array(fleet.length * dimensions);
    this.#over = new Float64Array(fleet.length);
    for (const [item, vehicle] of vehicleOf.entries()) {
      for (let d = 0; d < dimensions; d++)
        this.#load[vehicle * dimensions + d]! += load[item * dimensions + d]!;
    }
    for (let vehicle = 0; vehicle < fleet.length; vehicle++) {
      const over = this.#overWith(vehicle, -1, -1);
      this.#over[vehicle] = over;
      this.overload += over;
    }
  }

  /** Exactly whether any vehicle is loaded above its capacity. */
  isOverloaded(): boolean {
    return this.#over.some((over) => over > 0);
  }

  /** One trial: an item goes to another vehicle, in exchange for one of its items or for none. */
  step(temperature: number): void {
    const { itemCount, typeCount, fits } = this.#model;
    const item = this.#random.below(itemCount);
    const from = this.vehicleOf[item]!;
    let other = -1;
    let to = this.#random.below(this.#fleet.length);
    if (this.#random.word() & 1) {
      other = this.#random.below(itemCount);
      to = this.vehicleOf[other]!;
      if (fits[other * typeCount + this.#fleet[from]!] === 0) return;
    }
    if (to === from || fits[item * typeCount + this.#fleet[to]!] === 0) return;
    if (this.#over[from] === 0 && this.#over[to] === 0 && this.#random.below(4) > 0) return;
    const fromOver = this.#overWith(from, other, item);
    const toOver = this.#overWith(to, item, other);
    const more = fromOver + toOver - this.#over[from]! - this.#over[to]!;
    if (more > 0 && more >= -temperature * Math.log(1 - this.#random.fraction())) return;
    this.#shift(item, from, to);
    if (other >= 0) this.#shift(other, to, from);
    this.#over[from] = fromOver;
    this.#over[to] = toOver;
    this.overload += more;
    // Below what rounding may have left of it, it is summed up anew.
    if (this.overload < 1e-6) this.overload = this.#over.reduce((sum, over) => sum + over, 0);
  }

  #shift(item: number, from: number, to: number): void {
    const { dimensions, load } = this.#model;
    for (let d = 0; d < dimensions; d++) {
      const own = load[item * dimensions + d]!;
      this.#load[from * dimensions + d]! -= own;
      this.#load[to * dimensions + d]! += own;
    }
    this.vehicleOf[item] = to;
  }

  /** A vehicle's overload once `added` came and `removed` went; -1 for none. */
  #overWith(vehicle: number, added: number, removed: number): number {
    const { dimensions, load, capacity } = this.#model;
    const type = this.#fleet[vehicle]!;
    let over = 0;
    for (let d = 0; d < dimensions; d++) {
      let own = this.#load[vehicle * dimensions + d]!;
      if (added >= 0) own += load[added * dimensions + d]!;
      if (removed >= 0) own -= load[removed * dimensions + d]!;
      const most = capacity[type * dimensions + d]!;
      if (own > most) over += (own - most) / Math.max(1, most);
    }
    return over;
  }
}
