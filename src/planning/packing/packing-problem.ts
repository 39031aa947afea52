/**
 * Items to be put into vehicles, without any regard to where they go. Loads, capacities and costs are exact integers
 * (their sums at most 2^53). Room that several materials share is one more dimension, as in a routing problem.
 */
export type PackingProblem = {
  dimensions: number;
  items: ItemTable;
  types: VehicleTypeTable;
  /** 1 where a vehicle of the type may carry the item, [item * types.count + type]; left out: every type may. */
  isAllowed?: Uint8Array;
};

/** What is to be packed. */
export type ItemTable = {
  count: number;
  /** [item * dimensions + dimension]. */
  load: Float64Array;
};

/** Vehicles that are alike, as one type with a number. `[type]` arrays have `count` entries. */
export type VehicleTypeTable = {
  count: number;
  /** [type * dimensions + dimension]; Infinity where there is no limit. */
  capacity: Float64Array;
  /** What a vehicle costs once anything is in it, [type]. */
  cost: Float64Array;
  /** How many vehicles there are, [type]. */
  available: Int32Array;
};

/** Which vehicle carries what. Vehicles are numbered from 0; those without an item are not in it. */
export type Packing = {
  /** The vehicle of each item, -1 for one that is left out, [item]. */
  vehicleOf: Int32Array;
  /** The type of each vehicle that is used, [vehicle]. */
  typeOf: Int32Array;
  /** The vehicles' costs together. */
  cost: number;
  /** How many items are left out. */
  leftOut: number;
};

/** Whether `a` is better than `b`: more items packed, then less cost. */
export function isBetterPacking(a: Pick<Packing, "cost" | "leftOut">, b: typeof a): boolean {
  return a.leftOut < b.leftOut || (a.leftOut === b.leftOut && a.cost < b.cost);
}
