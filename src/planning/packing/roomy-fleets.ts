import { dearestFleet } from "./dearest-fleet.ts";
import { coverWithFleet } from "./fleet-cover.ts";
import type { PackingModel } from "./packing-model.ts";

/**
 * How much room a fleet has to spare in its scarcest dimension: a vehicle's, in average items. Filling a vehicle
 * leaves some part of an item free however large the vehicle is, so that this tells better than the fleet's whole
 * room whether the items will go in. Below 0 they do not.
 */
export function spareRoom(model: PackingModel, counts: Int32Array): number {
  const { dimensions, capacity, total, itemCount } = model;
  const vehicles = Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  );
  let least = Number.POSITIVE_INFINITY;
  for (let d = 0; d < dimensions; d++) {
    let room = -total[d]!;
    for (const [type, count] of counts.entries()) room += count * capacity[type * dimensions + d]!;
    least = Math.min(least, (room * itemCount) / total[d]! / vehicles);
  }
  return least;
}

/** The cheapest fleet with so much room to spare, by type; undefined when none has it. */
export function cheapestFleet(model: PackingModel, spare: number): Int32Array | undefined {
  const { dimensions, typeCount, capacity, total, itemCount, cost, available } = model;
  const brings = Float64Array.from({ length: typeCount * dimensions }, (_, at) =>
    Math.max(0, capacity[at]! - (spare * total[at % dimensions]!) / itemCount),
  );
  const most = dearestFleet(model);
  return coverWithFleet({ rows: dimensions, brings, cost, available, needs: total, most }).counts;
}

/** What the vehicles cost together. */
export function fleetCost({ cost }: PackingModel, counts: Int32Array): number {
  return counts.reduce((sum, count, type) => sum + count * cost[type]!, 0);
}

/** The most changes of one fleet into another: so many vehicles less, so many more. */
const mostLess = 2;
const mostMore = 2;

/** Fleets that cost less than one with few changes, down to `enough`; those with the most room to spare first. */
export function similarFleets(model: PackingModel, counts: Int32Array, enough: number): Int32Array[] {
  const price = fleetCost(model, counts);
  const seen = new Map<string, { fleet: Int32Array; spare: number }>();
  for (const fleet of changeCounts(counts, -1, mostLess).flatMap((less) => changeCounts(less, 1, mostMore))) {
    if (fleet.some((count, type) => count < 0 || count > model.available[type]!)) continue;
    const cost = fleetCost(model, fleet);
    if (cost >= price || cost < enough) continue;
    const spare = spareRoom(model, fleet);
    if (spare >= 0) seen.set(fleet.join(), { fleet, spare });
  }
  return [...seen.values()].sort((a, b) => b.spare - a.spare).map(({ fleet }) => fleet);
}

/** All ways to change none to so many counts by `sign`, a type as often as it comes. */
function changeCounts(counts: Int32Array, sign: 1 | -1, most: number): Int32Array[] {
  const changed = [counts];
  const extend = (from: Int32Array, first: number, left: number): void => {
    for (let type = first; type < counts.length && left > 0; type++) {
      const next = from.slice();
      next[type]! += sign;
      changed.push(next);
      extend(next, type, left - 1);
    }
  };
  extend(counts, 0, most);
  return changed;
}
