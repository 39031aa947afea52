import type { Random } from "../search/random.ts";
import type { Bins } from "./bins.ts";
import { refillFleet } from "./refill-fleet.ts";
import { cheapestFleet, fleetCost, similarFleets, spareRoom } from "./roomy-fleets.ts";

/** What squeezing works with. */
export type SqueezeTask = {
  /** The packing to better. */
  bins: Bins;
  random: Random;
  /** Costs at which nothing is left to find. */
  enough: number;
  /** 0 while there is no time. */
  millisecondsLeft: () => number;
  /** Moves of all attempts together at most; what they take comes off. */
  budget: { moves: number };
  /** Rounds that find nothing, each with twice the moves of the one before, before it gives up. */
  rounds: number;
  /** Called with each better packing. */
  onBetter: (bins: Bins) => void;
};

/** Moves of one attempt for each item, more with each round that found nothing. */
const movesPerItem = 8_000;
const candidatesPerRound = 8;
/** Fleets whose spare room differs by less than this, in items a vehicle, are not told apart. */
const leastStep = 0.01;

/**
 * Looks for cheaper fleets, those that have the most room to spare first, and in each for a packing that fits: first
 * from the whole range of fleets that could do, by halving it, then from those like the best. A packing that leaves
 * items out is tried with all vehicles there are. Gives the better packing, if any.
 */
export function squeezePacking(task: SqueezeTask): Bins | undefined {
  let best = task.bins;
  for (let round = 0; round < task.rounds && !isEnough(best, task); round++) {
    const effort = 2 ** round;
    best = narrow(best, task, effort);
    let better: Bins | undefined = best;
    while (better) {
      best = better;
      better = isEnough(best, task) ? undefined : squeezeOnce(best, task, effort);
    }
  }
  return best === task.bins ? undefined : best;
}

function isEnough(bins: Bins, { millisecondsLeft, budget, enough }: SqueezeTask): boolean {
  return millisecondsLeft() <= 0 || budget.moves <= 0 || (bins.cost <= enough && bins.leftOut() === 0);
}

/** Between the fleet of the packing and none to spare, halves towards the cheapest fleet that can be filled. */
function narrow(bins: Bins, task: SqueezeTask, effort: number): Bins {
  if (bins.leftOut() > 0) return bins;
  let best = bins;
  let low = 0;
  let high = spareRoom(bins.model, bins.used);
  while (high - low > leastStep && !isEnough(best, task)) {
    const middle = (low + high) / 2;
    const counts = cheapestFleet(bins.model, middle);
    const isCheaper = counts !== undefined && fleetCost(bins.model, counts) < best.cost;
    const found = isCheaper ? refill(best, counts, task, effort) : undefined;
    best = found ?? best;
    if (found || !isCheaper) high = middle;
    else low = middle;
  }
  return best;
}

function squeezeOnce(bins: Bins, task: SqueezeTask, effort: number): Bins | undefined {
  const { model } = bins;
  const isWhole = bins.leftOut() === 0;
  const fleets = isWhole ? similarFleets(model, bins.used, task.enough) : [model.available];
  for (const counts of fleets.slice(0, candidatesPerRound)) {
    if (isEnough(bins, task)) return undefined;
    const found = refill(bins, counts, task, effort);
    if (found) return found;
  }
  return undefined;
}

function refill(bins: Bins, counts: Int32Array, task: SqueezeTask, effort: number): Bins | undefined {
  const { random, budget, millisecondsLeft, onBetter } = task;
  const mostMoves = movesPerItem * effort * bins.model.itemCount;
  const found = refillFleet({ bins, counts, random, mostMoves, budget, millisecondsLeft });
  if (found) onBetter(found);
  return found;
}
