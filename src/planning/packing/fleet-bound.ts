import { dearestFleet } from "./dearest-fleet.ts";
import type { PackingModel } from "./packing-model.ts";

/** Fleets that are looked at before the bound is given as it stands. */
const mostNodes = 20_000;

/**
 * The least cost, `atLeast` or more, of a fleet that has room for all loads together: whole vehicles, each dimension
 * on its own. With a bound of another kind as `atLeast` it rounds that up to what a fleet can cost. Infinity when no
 * fleet has the room.
 */
export function fleetBound(model: PackingModel, atLeast = 0): number {
  if (model.itemCount === 0) return 0;
  const { dimensions, typeCount, capacity, cost, available, total } = model;
  // Cost is covered like a load: a vehicle brings its cost, and `atLeast` is asked for. So is one vehicle at all.
  const rows = dimensions + 2;
  const brings = Float64Array.from({ length: typeCount * rows }, (_, at) => {
    const type = Math.floor(at / rows);
    const row = at % rows;
    if (row < dimensions) return capacity[type * dimensions + row]!;
    return row === dimensions ? cost[type]! : 1;
  });
  const cover = new Cover({ rows, brings, cost, available });
  return cover.solve(Float64Array.from([...total, atLeast, 1]), dearestFleet(model));
}

type CoverTask = { rows: number; brings: Float64Array; cost: Float64Array; available: Int32Array };

/** Depth first over the number of vehicles of each type, bounded row by row by the fractional cover. */
class Cover {
  readonly #task: CoverTask;
  /** Cheapest price of a unit of each row among the types from one on, [type * rows + row]. */
  readonly #unitPrice: Float64Array;
  #best = Number.POSITIVE_INFINITY;
  #open = Number.POSITIVE_INFINITY;
  #nodes = 0;

  constructor(task: CoverTask) {
    const { rows, brings, cost } = task;
    this.#task = task;
    this.#unitPrice = new Float64Array((cost.length + 1) * rows).fill(Number.POSITIVE_INFINITY);
    for (let type = cost.length - 1; type >= 0; type--) {
      for (let row = 0; row < rows; row++) {
        const own =
          brings[type * rows + row]! > 0
            ? cost[type]! / brings[type * rows + row]!
            : Number.POSITIVE_INFINITY;
        this.#unitPrice[type * rows + row] = Math.min(own, this.#unitPrice[(type + 1) * rows + row]!);
      }
    }
  }

  /** The least cost, no more than `most`, that covers the needs; Infinity when none does. */
  solve(needs: Float64Array, most: number): number {
    this.#best = most + 1;
    this.#descend(0, needs, 0);
    const found = Math.min(this.#best, this.#open);
    return found > most ? Number.POSITIVE_INFINITY : found;
  }

  #descend(type: number, needs: Float64Array, spent: number): void {
    const least = spent + this.#boundOf(type, needs);
    if (least >= this.#best) return;
    if (needs.every((need) => need <= 0)) {
      this.#best = spent;
      return;
    }
    if (this.#nodes++ > mostNodes) {
      this.#open = Math.min(this.#open, least);
      return;
    }
    const { rows, brings, cost, available } = this.#task;
    let enough = 0;
    for (let row = 0; row < rows; row++) {
      const own = brings[type * rows + row]!;
      if (needs[row]! > 0 && own > 0) enough = Math.max(enough, Math.ceil(needs[row]! / own));
    }
    for (let count = Math.min(enough, available[type]!); count >= 0; count--) {
      const rest = needs.map((need, row) => need - count * brings[type * rows + row]!);
      this.#descend(type + 1, rest, spent + count * cost[type]!);
    }
  }

  /** What the types from one on must cost to cover the needs: the dearest row alone, rounded up. */
  #boundOf(type: number, needs: Float64Array): number {
    const { rows } = this.#task;
    let most = 0;
    for (let row = 0; row < rows; row++) {
      if (needs[row]! > 0) most = Math.max(most, needs[row]! * this.#unitPrice[type * rows + row]!);
    }
    // A quotient of whole numbers is rounded by 2^-53 of itself; a whole number is not to become one more by that.
    return most === Number.POSITIVE_INFINITY ? most : Math.ceil(most * (1 - 1e-12));
  }
}
