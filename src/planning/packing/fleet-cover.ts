import { fillRoom } from "./fractional-knapsack.ts";

/** Vehicles that are to cover some needs together, each row on its own. */
export type CoverTask = {
  rows: number;
  /** What a vehicle brings, [type * rows + row]. */
  brings: Float64Array;
  cost: Float64Array;
  available: Int32Array;
  /** [row]. */
  needs: Float64Array;
  /** Dearer fleets are of no interest. */
  most: number;
};

/** `least`: no fleet that covers the needs costs less. `counts`: the cheapest that was found, by type, if any. */
export type CoveringFleet = { least: number; counts: Int32Array | undefined };

/** Fleets that are looked at before the answer is given as it stands. */
const mostNodes = 4_000;

/** The cheapest fleet that covers the needs; `least` is Infinity when none does. */
export function coverWithFleet(task: CoverTask): CoveringFleet {
  return new Cover(task).solve();
}

/** Far above what some thousand operations on doubles are off. */
const rounding = 1e-12;
/** Every vehicle is as good as without a limit. */
const unlimited = 2 ** 30;

/**
 * Prices of the rows at which no vehicle brings more than it costs and the needs are worth the most: the dual of the
 * fractional cover without limits, with the vehicles that this takes. Any prices make a valid row of all rows together, so that rounding cannot hurt.
 */
function priceRows({ rows, brings, cost, needs }: CoverTask): { price: Float64Array; counts: Float64Array } {
  const types = cost.length;
  if (cost.some((own) => own <= 0)) return { price: new Float64Array(rows), counts: new Float64Array(types) };
  const share = Float64Array.from({ length: rows * types }, (_, at) => {
    const type = at % types;
    return brings[type * rows + Math.floor(at / types)]! / cost[type]!;
  });
  const copies = new Int32Array(rows).fill(unlimited);
  const { amounts, prices } = fillRoom({ count: rows, value: needs, copies, share, dimensions: types });
  return {
    price: amounts.map((amount) => Math.max(0, amount)),
    counts: prices.map((paid, type) => paid / cost[type]!),
  };
}

/**
 * Depth first over the number of vehicles of each type, dearest first, bounded by the fractional cover of each row
 * and of all rows together at their prices.
 */
class Cover {
  readonly #task: CoverTask;
  readonly #order: Int32Array;
  /** Cheapest price of a unit of each row among the types from a rank on, [rank * rows + row]. */
  readonly #unitPrice: Float64Array;
  /** Of each row, and the cheapest price of a unit of all together among the types from a rank on. */
  readonly #rowPrice: Float64Array;
  readonly #jointPrice: Float64Array;
  /** How many vehicles the fractional cover has: the cheapest fleet has about as many, [type]. */
  readonly #likely: Float64Array;
  readonly #counts: Int32Array;
  /** Needs that are left below each rank. */
  readonly #rest: Float64Array[];
  #found: Int32Array | undefined;
  #best: number;
  #open = Number.POSITIVE_INFINITY;
  #nodes = 0;

  constructor(task: CoverTask) {
    const { rows, brings, cost, most } = task;
    this.#task = task;
    this.#best = most + 1;
    this.#counts = new Int32Array(cost.length);
    this.#order = Int32Array.from(cost.keys()).sort((a, b) => cost[b]! - cost[a]! || a - b);
    this.#rest = Array.from(cost, () => new Float64Array(rows));
    const { price, counts } = priceRows(task);
    this.#rowPrice = price;
    this.#likely = counts.map(Math.round);
    this.#jointPrice = new Float64Array(cost.length + 1).fill(Number.POSITIVE_INFINITY);
    this.#unitPrice = new Float64Array((cost.length + 1) * rows).fill(Number.POSITIVE_INFINITY);
    for (let rank = cost.length - 1; rank >= 0; rank--) {
      const type = this.#order[rank]!;
      let joint = 0;
      for (let row = 0; row < rows; row++) {
        const brought = brings[type * rows + row]!;
        joint += this.#rowPrice[row]! * brought;
        this.#unitPrice[rank * rows + row] = Math.min(
          perUnit(cost[type]!, brought),
          this.#unitPrice[(rank + 1) * rows + row]!,
        );
      }
      this.#jointPrice[rank] = Math.min(perUnit(cost[type]!, joint), this.#jointPrice[rank + 1]!);
    }
  }

  solve(): CoveringFleet {
    this.#descend(0, this.#task.needs, 0);
    const least = Math.min(this.#best, this.#open);
    return { least: least > this.#task.most ? Number.POSITIVE_INFINITY : least, counts: this.#found };
  }

  #descend(rank: number, needs: Float64Array, spent: number): void {
    const least = spent + this.#boundOf(rank, needs);
    if (least >= this.#best) return;
    if (needs.every((need) => need <= 0)) {
      this.#best = spent;
      this.#found = this.#counts.slice();
      return;
    }
    if (this.#nodes++ > mostNodes) {
      this.#open = Math.min(this.#open, least);
      return;
    }
    const { cost, available } = this.#task;
    const type = this.#order[rank]!;
    const most = Math.min(this.#enough(type, needs), available[type]!);
    const likely = Math.min(most, this.#likely[type]!);
    const rest = this.#rest[rank]!;
    for (let step = 0; step <= 2 * most; step++) {
      // The likely number first, then those around it.
      const count = likely + (step % 2 === 0 ? -step / 2 : (step + 1) / 2);
      if (count < 0 || count > most) continue;
      this.#counts[type] = count;
      this.#takeOff(needs, type, rest);
      this.#descend(rank + 1, rest, spent + count * cost[type]!);
    }
    this.#counts[type] = 0;
  }

  /** How many vehicles of the type cover alone what they can cover of the needs. */
  #enough(type: number, needs: Float64Array): number {
    const { rows, brings } = this.#task;
    let enough = 0;
    for (let row = 0; row < rows; row++) {
      const own = brings[type * rows + row]!;
      if (needs[row]! > 0 && own > 0) enough = Math.max(enough, Math.ceil(needs[row]! / own));
    }
    return enough;
  }

  /** What is left of the needs once the type's vehicles have brought what they do. */
  #takeOff(needs: Float64Array, type: number, rest: Float64Array): void {
    const { rows, brings } = this.#task;
    const count = this.#counts[type]!;
    for (let row = 0; row < rows; row++) rest[row] = needs[row]! - count * brings[type * rows + row]!;
  }

  /** What the types from a rank on must cost to cover the needs: the dearest row alone or all, rounded up. */
  #boundOf(rank: number, needs: Float64Array): number {
    const { rows } = this.#task;
    let most = 0;
    let joint = 0;
    for (let row = 0; row < rows; row++) {
      const worth = needs[row]! * this.#rowPrice[row]!;
      // What rounding may have made of it comes off again: terms of both signs can cancel.
      joint += worth - rounding * Math.abs(worth);
      if (needs[row]! > 0) most = Math.max(most, needs[row]! * this.#unitPrice[rank * rows + row]!);
    }
    if (joint > 0) most = Math.max(most, joint * this.#jointPrice[rank]!);
    // A quotient of whole numbers is rounded by 2^-53 of itself; a whole number is not to become one more by that.
    return most === Number.POSITIVE_INFINITY ? most : Math.ceil(most * (1 - rounding));
  }
}

function perUnit(cost: number, amount: number): number {
  return amount > 0 ? cost / amount : Number.POSITIVE_INFINITY;
}
