import type { PackingModel } from "./packing-model.ts";

/** Lists longer than this take more time than they save: then there is one fleet, of all vehicles. */
const mostFleets = 3_000;

/**
 * Numbers of vehicles by type that cost no more than `most`, to which no vehicle can be added: whatever costs no more
 * is part of one of them. At least as many as that; vehicles that cost nothing are all in.
 */
export function listLargestFleets(model: PackingModel, most: number): Int32Array[] {
  const { byCost, cost, available } = model;
  const fleets: Int32Array[] = [];
  const counts = new Int32Array(cost.length);
  // Dearest first, so that the cheapest type fills up what is left.
  const types = byCost.toReversed();
  const choose = (rank: number, left: number): void => {
    if (fleets.length > mostFleets) return;
    const type = types[rank];
    if (type === undefined) {
      fleets.push(counts.slice());
      return;
    }
    const price = cost[type]!;
    const able = price === 0 ? available[type]! : Math.min(available[type]!, Math.floor(left / price));
    const least = rank === types.length - 1 ? able : 0;
    for (let count = able; count >= least; count--) {
      counts[type] = count;
      choose(rank + 1, left - count * price);
    }
  };
  if (most >= 0) choose(0, most);
  return fleets.length > mostFleets ? [available.slice()] : fleets;
}
