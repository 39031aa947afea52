import type { PackingProblem } from "./packing-problem.ts";

/**
 * A packing problem as the heuristics and bounds read it: only the dimensions that can bind, types that are of any
 * use, capacities no larger than all loads together, and identical items as one class.
 */
export type PackingModel = {
  dimensions: number;
  itemCount: number;
  /** [item * dimensions + dimension]. */
  load: Float64Array;
  /** Sum of all loads, [dimension]. */
  total: Float64Array;
  typeCount: number;
  /** The problem's index of each type, [type]. */
  typeOf: Int32Array;
  /** [type * dimensions + dimension]. */
  capacity: Float64Array;
  cost: Float64Array;
  /** No more than there are items, [type]. */
  available: Int32Array;
  /** The types, cheapest first, smaller before larger at the same cost. */
  byCost: Int32Array;
  /** 1 where the item alone fits into the type and the type may carry it, [item * typeCount + type]. */
  fits: Uint8Array;
  /** Whether some item that fits into a type is not allowed there. */
  isRestricted: boolean;
  /** Items that no vehicle can carry. */
  misfits: Int32Array;
  /** Items that are alike, misfits left out: ascending indices, [class]. */
  classes: Int32Array[];
};

/** Reads a problem that `checkPackingProblem` has passed. */
export function buildPackingModel(problem: PackingProblem): PackingModel {
  const { items } = problem;
  const sums = sumLoads(problem);
  const kept = findBindingDimensions(problem, sums);
  const typeOf = Int32Array.from(findUsableTypes(problem));
  const { fits, isRestricted } = findFits(problem, typeOf);
  const dimensions = kept.length;
  const pick = (values: Float64Array, rows: ArrayLike<number>): Float64Array =>
    Float64Array.from({ length: rows.length * dimensions }, (_, at) => {
      const d = kept[at % dimensions]!;
      const row = rows[Math.floor(at / dimensions)]!;
      return Math.min(values[row * problem.dimensions + d]!, sums[d]!);
    });
  const every = Int32Array.from({ length: items.count }, (_, item) => item);
  const capacity = pick(problem.types.capacity, typeOf);
  const cost = Float64Array.from(typeOf, (type) => problem.types.cost[type]!);
  const model = {
    dimensions,
    itemCount: items.count,
    load: pick(items.load, every),
    total: Float64Array.from(kept, (d) => sums[d]!),
    typeCount: typeOf.length,
    typeOf,
    capacity,
    cost,
    available: Int32Array.from(typeOf, (type) => Math.min(items.count, problem.types.available[type]!)),
    byCost: orderTypes(cost, capacity, dimensions),
    fits,
    isRestricted,
  };
  const isMisfit = (item: number): boolean =>
    !fits.subarray(item * typeOf.length, (item + 1) * typeOf.length).includes(1);
  return {
    ...model,
    misfits: every.filter(isMisfit),
    classes: groupItems(
      model,
      every.filter((item) => !isMisfit(item)),
    ),
  };
}

function sumLoads({ dimensions, items }: PackingProblem): Float64Array {
  const sums = new Float64Array(dimensions);
  for (let item = 0; item < items.count; item++) {
    for (let d = 0; d < dimensions; d++) sums[d]! += items.load[item * dimensions + d]!;
  }
  return sums;
}

/** Dimensions in which some vehicle could not take everything. */
function findBindingDimensions({ dimensions, types }: PackingProblem, sums: Float64Array): number[] {
  const all = Array.from({ length: dimensions }, (_, d) => d);
  return all.filter((d) => {
    for (let type = 0; type < types.count; type++) {
      if (types.capacity[type * dimensions + d]! < sums[d]!) return true;
    }
    return false;
  });
}

function findUsableTypes({ types }: PackingProblem): number[] {
  return Array.from({ length: types.count }, (_, type) => type).filter((type) => types.available[type]! > 0);
}

function findFits(problem: PackingProblem, typeOf: Int32Array): { fits: Uint8Array; isRestricted: boolean } {
  const { dimensions, items, types, isAllowed } = problem;
  const fits = new Uint8Array(items.count * typeOf.length);
  let isRestricted = false;
  for (let item = 0; item < items.count; item++) {
    for (const [index, type] of typeOf.entries()) {
      let isRoomy = true;
      for (let d = 0; d < dimensions && isRoomy; d++) {
        isRoomy = items.load[item * dimensions + d]! <= types.capacity[type * dimensions + d]!;
      }
      const isWelcome = isAllowed === undefined || isAllowed[item * types.count + type] === 1;
      isRestricted ||= isRoomy && !isWelcome;
      fits[item * typeOf.length + index] = isRoomy && isWelcome ? 1 : 0;
    }
  }
  return { fits, isRestricted };
}

function orderTypes(cost: Float64Array, capacity: Float64Array, dimensions: number): Int32Array {
  const sizes = Array.from(cost, (_, type) =>
    capacity.subarray(type * dimensions, (type + 1) * dimensions).reduce((sum, room) => sum + room, 0),
  );
  return Int32Array.from(cost.keys()).sort((a, b) => cost[a]! - cost[b]! || sizes[a]! - sizes[b]! || a - b);
}

function groupItems(
  { dimensions, load, typeCount, fits }: Pick<PackingModel, "dimensions" | "load" | "typeCount" | "fits">,
  items: Int32Array,
): Int32Array[] {
  const keyOf = (item: number): string => {
    const own = load.subarray(item * dimensions, (item + 1) * dimensions);
    return `${own.join()}|${fits.subarray(item * typeCount, (item + 1) * typeCount).join("")}`;
  };
  return [...Map.groupBy(items, keyOf).values()].map((group) => Int32Array.from(group));
}
