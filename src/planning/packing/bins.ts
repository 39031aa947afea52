import type { PackingModel } from "./packing-model.ts";
import type { Packing } from "./packing-problem.ts";

const none = -1;

/**
 * A packing under change: vehicles in use ("bins"), what is in each, and a journal that takes changes back. A bin of
 * type -1 is free. Items of a bin are a linked list.
 */
export class Bins {
  readonly model: PackingModel;
  /** The bin of each item, -1 while it is left out, [item]. */
  readonly binOf: Int32Array;
  /** [bin]. */
  readonly type: Int32Array;
  /** How many items are in it, [bin]. */
  readonly size: Int32Array;
  /** [bin * dimensions + dimension]. */
  readonly load: Float64Array;
  /** First item of each bin, and the item behind each item, -1 at the end. */
  readonly first: Int32Array;
  readonly next: Int32Array;
  /** How many vehicles of each type are in use, [type]. */
  readonly used: Int32Array;
  /** The bins in use are open[0 .. openCount - 1]. */
  readonly open: Int32Array;
  openCount = 0;
  cost = 0;

  readonly #previous: Int32Array;
  readonly #openAt: Int32Array; // place of a bin in `open`
  readonly #barred: Int32Array; // items in the bin that a type may not carry, [bin * typeCount + type]
  /** Changes since the last `keep`, three numbers each: item, bin before, type of that bin before. */
  #journal = new Int32Array(768);
  #journalEnd = 0;

  constructor(model: PackingModel) {
    const { itemCount, dimensions, typeCount, isRestricted } = model;
    const vehicles = model.available.reduce((sum, count) => sum + count, 0);
    const binCount = Math.min(itemCount, vehicles);
    this.model = model;
    this.binOf = new Int32Array(itemCount).fill(none);
    this.type = new Int32Array(binCount).fill(none);
    this.size = new Int32Array(binCount);
    this.load = new Float64Array(binCount * dimensions);
    this.first = new Int32Array(binCount).fill(none);
    this.next = new Int32Array(itemCount).fill(none);
    this.used = new Int32Array(typeCount);
    this.open = Int32Array.from({ length: binCount }, (_, bin) => bin);
    this.#previous = new Int32Array(itemCount).fill(none);
    this.#openAt = this.open.slice();
    this.#barred = new Int32Array(isRestricted ? binCount * typeCount : 0);
  }

  /** Whether the item fits into the bin if that is of the type. */
  fits(item: number, bin: number, type: number): boolean {
    const { dimensions, capacity, typeCount, fits, load } = this.model;
    if (fits[item * typeCount + type] === 0 || !this.#mayBe(bin, type)) return false;
    for (let d = 0; d < dimensions; d++) {
      if (
        this.load[bin * dimensions + d]! + load[item * dimensions + d]! >
        capacity[type * dimensions + d]!
      ) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bin's items fit into the type. */
  holds(bin: number, type: number): boolean {
    const { dimensions, capacity } = this.model;
    if (!this.#mayBe(bin, type)) return false;
    for (let d = 0; d < dimensions; d++) {
      if (this.load[bin * dimensions + d]! > capacity[type * dimensions + d]!) return false;
    }
    return true;
  }

  isAvailable(type: number): boolean {
    return this.used[type]! < this.model.available[type]!;
  }

  /** Puts an item that is left out into a bin; gives the bin. -1 takes a new one of the type. */
  put(item: number, target: number, type: number): number {
    const bin = target === none ? this.open[this.openCount]! : target;
    this.#record(item, none, none);
    if (this.type[bin] !== type) this.retype(bin, type);
    this.#link(item, bin);
    return bin;
  }

  /** Takes an item out; an empty bin becomes free. */
  take(item: number): void {
    const bin = this.binOf[item]!;
    this.#record(item, bin, this.type[bin]!);
    this.#unlink(item, bin);
    if (this.size[bin] === 0) this.#setType(bin, none);
  }

  /** Makes the bin one of another type, which must hold its items and be available. */
  retype(bin: number, type: number): void {
    this.#record(none, bin, this.type[bin]!);
    this.#setType(bin, type);
  }

  /** Makes the bin one of the cheapest type that holds its items. */
  shrink(bin: number): void {
    const { byCost, cost } = this.model;
    const own = this.type[bin]!;
    for (let rank = 0; rank < byCost.length; rank++) {
      const type = byCost[rank]!;
      if (type === own || cost[type]! > cost[own]!) return;
      if (this.isAvailable(type) && this.holds(bin, type)) {
        this.retype(bin, type);
        return;
      }
    }
  }

  /** Forgets how it became what it is. */
  keep(): void {
    this.#journalEnd = 0;
  }

  /** Takes back all changes since the last `keep`. */
  undo(): void {
    const journal = this.#journal;
    for (let at = this.#journalEnd - 3; at >= 0; at -= 3) {
      const item = journal[at]!;
      const bin = journal[at + 1]!;
      if (item === none) this.#setType(bin, journal[at + 2]!);
      else if (bin === none) this.#unlink(item, this.binOf[item]!);
      else {
        if (this.type[bin] === none) this.#setType(bin, journal[at + 2]!);
        this.#link(item, bin);
      }
    }
    this.#journalEnd = 0;
  }

  leftOut(): number {
    let count = 0;
    for (const bin of this.binOf) if (bin === none) count++;
    return count;
  }

  /** The packing as it stands, in the terms of the problem. */
  toPacking(): Packing {
    const rank = new Int32Array(this.type.length);
    const bins = this.open.slice(0, this.openCount).sort();
    for (const [index, bin] of bins.entries()) rank[bin] = index;
    return {
      vehicleOf: this.binOf.map((bin) => (bin === none ? none : rank[bin]!)),
      typeOf: bins.map((bin) => this.model.typeOf[this.type[bin]!]!),
      cost: this.cost,
      leftOut: this.leftOut(),
    };
  }

  #mayBe(bin: number, type: number): boolean {
    return this.#barred.length === 0 || this.#barred[bin * this.model.typeCount + type] === 0;
  }

  #setType(bin: number, type: number): void {
    const own = this.type[bin]!;
    if (own === none) this.#move(bin, this.openCount++);
    else {
      this.used[own]!--;
      this.cost -= this.model.cost[own]!;
    }
    this.type[bin] = type;
    if (type === none) this.#move(bin, --this.openCount);
    else {
      this.used[type]!++;
      this.cost += this.model.cost[type]!;
    }
  }

  /** Changes places in `open` with what is at the place. */
  #move(bin: number, place: number): void {
    const other = this.open[place]!;
    const from = this.#openAt[bin]!;
    this.open[from] = other;
    this.#openAt[other] = from;
    this.open[place] = bin;
    this.#openAt[bin] = place;
  }

  #link(item: number, bin: number): void {
    const head = this.first[bin]!;
    this.next[item] = head;
    this.#previous[item] = none;
    if (head !== none) this.#previous[head] = item;
    this.first[bin] = item;
    this.binOf[item] = bin;
    this.size[bin]!++;
    this.#count(item, bin, 1);
  }

  #unlink(item: number, bin: number): void {
    const before = this.#previous[item]!;
    const behind = this.next[item]!;
    if (before === none) this.first[bin] = behind;
    else this.next[before] = behind;
    if (behind !== none) this.#previous[behind] = before;
    this.binOf[item] = none;
    this.size[bin]!--;
    this.#count(item, bin, -1);
  }

  #count(item: number, bin: number, sign: 1 | -1): void {
    const { dimensions, load, typeCount, fits } = this.model;
    for (let d = 0; d < dimensions; d++)
      this.load[bin * dimensions + d]! += sign * load[item * dimensions + d]!;
    if (this.#barred.length === 0) return;
    for (let type = 0; type < typeCount; type++) {
      if (fits[item * typeCount + type] === 0) this.#barred[bin * typeCount + type]! += sign;
    }
  }

  #record(item: number, bin: number, type: number): void {
    if (this.#journalEnd + 3 > this.#journal.length) {
      const longer = new Int32Array(2 * this.#journal.length);
      longer.set(this.#journal);
      this.#journal = longer;
    }
    this.#journal[this.#journalEnd++] = item;
    this.#journal[this.#journalEnd++] = bin;
    this.#journal[this.#journalEnd++] = type;
  }
}
