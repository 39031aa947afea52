import type { Random } from "../search/random.ts";
import { Bins } from "./bins.ts";
import type { PackingModel } from "./packing-model.ts";
import { repairPacking } from "./repair-packing.ts";

/** A fleet that is to take what another packing holds, and how long that is tried. */
export type RefillTask = {
  bins: Bins;
  /** [type]. */
  counts: Int32Array;
  random: Random;
  mostMoves: number;
  /** Moves of all tries together; what this one takes comes off. */
  budget: { moves: number };
  /** 0 while there is no time. */
  millisecondsLeft: () => number;
};

/** The share of the time left that a single try may take. */
const timeShare = 0.35;

/** A packing of all items into just this fleet, looked for from another packing; undefined when none was found. */
export function refillFleet(task: RefillTask): Bins | undefined {
  const { bins, counts, random, mostMoves, budget, millisecondsLeft } = task;
  const { model } = bins;
  const fleet = Int32Array.from([...counts].flatMap((count, type) => new Array<number>(count).fill(type)));
  const vehicleOf = spread(bins, fleet, random);
  if (!vehicleOf) return undefined;
  const whole = millisecondsLeft();
  const movesBefore = budget.moves;
  const fraction = (moves: number): number => {
    const left = millisecondsLeft();
    budget.moves = movesBefore - moves;
    if (left <= 0 || budget.moves <= 0) return 1;
    const ofTime = whole === Number.POSITIVE_INFINITY ? 0 : (whole - left) / (timeShare * whole);
    return Math.max(moves / mostMoves, ofTime);
  };
  const found = repairPacking({ model, fleet, vehicleOf, random, fraction });
  return found && toBins(model, fleet, found);
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
