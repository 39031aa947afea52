import fc from "fast-check";
import type { Packing, PackingProblem } from "../../src/planning/packing/packing-problem.ts";

/** A packing problem as a person writes it. */
export type PackingDraft = {
  items: number[][];
  types: { capacity: number[]; cost: number; available: number }[];
  /** By item, the types that may not carry it. */
  barred?: number[][];
};

export function packingProblem({ items, types, barred }: PackingDraft): PackingProblem {
  const dimensions = types[0]?.capacity.length ?? items[0]?.length ?? 0;
  const problem = {
    dimensions,
    items: { count: items.length, load: Float64Array.from(items.flat()) },
    types: {
      count: types.length,
      capacity: Float64Array.from(types.flatMap(({ capacity }) => capacity)),
      cost: Float64Array.from(types, ({ cost }) => cost),
      available: Int32Array.from(types, ({ available }) => available),
    },
  };
  if (!barred) return problem;
  const isAllowed = items.flatMap((_, item) =>
    types.map((_, type) => (barred[item]?.includes(type) ? 0 : 1)),
  );
  return { ...problem, isAllowed: Uint8Array.from(isAllowed) };
}

/** Up to seven items with one or two loads, up to three types with few vehicles: some problems have no packing. */
export const anyPackingDraft: fc.Arbitrary<PackingDraft> = fc
  .integer({ min: 1, max: 2 })
  .chain((dimensions) =>
    fc.record(
      {
        items: fc.array(fc.array(fc.nat(9), { minLength: dimensions, maxLength: dimensions }), {
          maxLength: 7,
          size: "max",
        }),
        types: fc.array(
          fc.record({
            capacity: fc.array(fc.nat(16), { minLength: dimensions, maxLength: dimensions }),
            cost: fc.nat(12),
            available: fc.nat(3),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        barred: fc.array(fc.uniqueArray(fc.nat(2), { maxLength: 1 }), { maxLength: 7 }),
      },
      { requiredKeys: ["items", "types"] },
    ),
  );

/** The least cost of a packing of all items, by looking at every assignment; Infinity when there is none. */
export function leastCost({ items, types, barred }: PackingDraft): number {
  const vehicles = types.flatMap((type, index) =>
    Array.from({ length: type.available }, () => ({
      index,
      cost: type.cost,
      left: [...type.capacity],
      count: 0,
    })),
  );
  const put = (item: number): number => {
    const load = items[item];
    if (!load) return vehicles.reduce((sum, { cost, count }) => sum + (count > 0 ? cost : 0), 0);
    let least = Number.POSITIVE_INFINITY;
    const emptyTried = new Set<number>();
    for (const vehicle of vehicles) {
      if (barred?.[item]?.includes(vehicle.index)) continue;
      if (load.some((amount, d) => amount > vehicle.left[d]!)) continue;
      // Empty vehicles of a type are alike.
      if (vehicle.count === 0 && emptyTried.has(vehicle.index)) continue;
      if (vehicle.count === 0) emptyTried.add(vehicle.index);
      vehicle.count++;
      for (const [d, amount] of load.entries()) vehicle.left[d]! -= amount;
      least = Math.min(least, put(item + 1));
      for (const [d, amount] of load.entries()) vehicle.left[d]! += amount;
      vehicle.count--;
    }
    return least;
  };
  return put(0);
}

/** What is wrong with a packing, computed from the problem alone. */
export function faultsOfPacking(problem: PackingProblem, packing: Packing): string[] {
  const { dimensions, items, types, isAllowed } = problem;
  const faults: string[] = [];
  const loads = Array.from(packing.typeOf, () => new Array<number>(dimensions).fill(0));
  const counts = new Array<number>(packing.typeOf.length).fill(0);
  let leftOut = 0;
  for (let item = 0; item < items.count; item++) {
    const vehicle = packing.vehicleOf[item]!;
    if (vehicle < 0) {
      leftOut++;
      continue;
    }
    counts[vehicle]!++;
    for (let d = 0; d < dimensions; d++) loads[vehicle]![d]! += items.load[item * dimensions + d]!;
    if (isAllowed?.[item * types.count + packing.typeOf[vehicle]!] === 0)
      faults.push(`item ${item} is barred`);
  }
  for (const [vehicle, type] of packing.typeOf.entries()) {
    if (counts[vehicle] === 0) faults.push(`vehicle ${vehicle} is empty`);
    for (let d = 0; d < dimensions; d++) {
      if (loads[vehicle]![d]! > types.capacity[type * dimensions + d]!)
        faults.push(`vehicle ${vehicle} is too full`);
    }
  }
  for (let type = 0; type < types.count; type++) {
    const used = packing.typeOf.filter((of) => of === type).length;
    if (used > types.available[type]!) faults.push(`${used} vehicles of type ${type}`);
  }
  const cost = packing.typeOf.reduce((sum, type) => sum + types.cost[type]!, 0);
  if (cost !== packing.cost) faults.push(`the cost is ${cost}, not ${packing.cost}`);
  if (leftOut !== packing.leftOut) faults.push(`${leftOut} items are left out, not ${packing.leftOut}`);
  return faults;
}
