import type { Random } from "../search/random.ts";
import { Bins } from "./bins.ts";
import type { PackingModel } from "./packing-model.ts";
import { repairPacking } from "./repair-packing.ts";

/** What squeezing works with. */
export type SqueezeTask = {
  /** The packing to better. */
  bins: Bins;
  random: Random;
  /** Costs at which nothing is left to find. */
  enough: number;
  isOver: () => boolean;
  /** Rounds that find nothing, each with twice the moves of the one before, before it gives up. */
  rounds: number;
};

/** Moves of one attempt for each item, more with each round that found nothing. */
const movesPerItem = 8_000;
const candidatesPerRound = 8;

/**
 * Tries cheaper fleets one by one, those that have the most room for all loads first, and looks in each for a packing
 * that fits. A packing that leaves items out is tried with all vehicles there are. Gives the better packing, if any.
 */
export function squeezePacking(task: SqueezeTask): Bins | undefined {
  let best = task.bins;
  for (let round = 0; round < task.rounds && !task.isOver(); round++) {
    let better: Bins | undefined = best;
    while (better) {
      best = better;
      if (task.isOver() || (best.leftOut() === 0 && best.cost <= task.enough)) break;
      better = squeezeOnce(best, task, 2 ** round);
    }
  }
  return best === task.bins ? undefined : best;
}

function squeezeOnce(bins: Bins, { random, isOver, enough }: SqueezeTask, effort: number): Bins | undefined {
  const { model } = bins;
  const most = movesPerItem * effort * model.itemCount;
  for (const counts of listFleets(bins, enough)) {
    if (isOver()) return undefined;
    const fleet = Int32Array.from([...counts].flatMap((count, type) => new Array<number>(count).fill(type)));
    const vehicleOf = spread(bins, fleet, random);
    if (!vehicleOf) continue;
    const fraction = (moves: number): number => (isOver() ? 1 : moves / most);
    const found = repairPacking({ model, fleet, vehicleOf, random, fraction });
    if (found) return toBins(model, fleet, found);
  }
  return undefined;
}

/** Numbers of vehicles by type that cost less and could do by their capacity, the roomiest first. */
function listFleets(bins: Bins, enough: number): Int32Array[] {
  const { model } = bins;
  if (bins.leftOut() > 0) return [model.available];
  const { typeCount, cost } = model;
  const seen = new Map<string, { counts: Int32Array; room: number }>();
  const changes = Array.from({ length: typeCount + 1 }, (_, type) => type - 1);
  for (const less of changes)
    for (const less2 of changes.filter((type) => type <= less))
      for (const more of changes)
        for (const more2 of changes.filter((type) => type <= more)) {
          const counts = bins.used.slice();
          for (const type of [less, less2]) if (type >= 0) counts[type]!--;
          for (const type of [more, more2]) if (type >= 0) counts[type]!++;
          if (counts.some((count, type) => count < 0 || count > model.available[type]!)) continue;
          const price = counts.reduce((sum, count, type) => sum + count * cost[type]!, 0);
          if (price >= bins.cost || price < enough) continue;
          const room = roomOf(model, counts);
          if (room >= 1) seen.set(counts.join(), { counts, room });
        }
  return [...seen.values()]
    .sort((a, b) => b.room - a.room)
    .slice(0, candidatesPerRound)
    .map(({ counts }) => counts);
}

/** The fleet's capacity as a multiple of what is to be carried, in the scarcest dimension. */
function roomOf({ dimensions, capacity, total }: PackingModel, counts: Int32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let d = 0; d < dimensions; d++) {
    let sum = 0;
    for (const [type, count] of counts.entries()) sum += count * capacity[type * dimensions + d]!;
    if (total[d]! > 0) least = Math.min(least, sum / total[d]!);
  }
  return least;
}

/** The items where they are, as far as their vehicle stays; the rest anywhere they fit alone. */
function spread(bins: Bins, fleet: Int32Array, random: Random): Int32Array | undefined {
  const { model, open, openCount, type } = bins;
  const places = new Map<number, number>();
  const taken = new Uint8Array(fleet.length);
  for (const bin of open.subarray(0, openCount)) {
    const place = fleet.findIndex((of, at) => of === type[bin] && taken[at] === 0);
    if (place < 0) continue;
    taken[place] = 1;
    places.set(bin, place);
  }
  const vehicleOf = new Int32Array(model.itemCount);
  for (let item = 0; item < model.itemCount; item++) {
    const kept = places.get(bins.binOf[item]!);
    const open = [...fleet.keys()].filter((at) => model.fits[item * model.typeCount + fleet[at]!] === 1);
    if (kept === undefined && open.length === 0) return undefined;
    vehicleOf[item] = kept ?? open[random.below(open.length)]!;
  }
  return vehicleOf;
}

function toBins(model: PackingModel, fleet: Int32Array, vehicleOf: Int32Array): Bins {
  const bins = new Bins(model);
  const binOf = new Int32Array(fleet.length).fill(-1);
  for (const [item, vehicle] of vehicleOf.entries()) {
    binOf[vehicle] = bins.put(item, binOf[vehicle]!, fleet[vehicle]!);
  }
  for (let at = 0; at < bins.openCount; at++) bins.shrink(bins.open[at]!);
  bins.keep();
  return bins;
}
