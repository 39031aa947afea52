import type { PackingModel } from "./packing-model.ts";

/** What any packing costs at most: no more vehicles than items, the dearest first. */
export function dearestFleet({ byCost, cost, available, itemCount }: PackingModel): number {
  let left = itemCount;
  let sum = 0;
  for (const type of byCost.toReversed()) {
    const count = Math.min(left, available[type]!);
    sum += count * cost[type]!;
    left -= count;
  }
  return sum;
}
