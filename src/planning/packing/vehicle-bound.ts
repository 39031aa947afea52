import type { Problem } from "../problem.ts";
import { Random } from "../search/random.ts";
import { checkPackingProblem } from "./check-problem.ts";
import { ColumnGeneration } from "./column-generation.ts";
import { raiseConfigurationBound } from "./configuration-bound.ts";
import { constructPacking } from "./construct-packing.ts";
import { dearestFleet } from "./dearest-fleet.ts";
import { fleetBound } from "./fleet-bound.ts";
import type { OpenLinearProgram } from "./linear-program.ts";
import { measure } from "./measures.ts";
import { buildPackingModel } from "./packing-model.ts";
import { readPatterns } from "./patterns.ts";
import { relaxToPacking } from "./relax-to-packing.ts";

/**
 * What holds for every plan that serves all of the stops, whatever its routes:
 * - it uses at least `vehicles` vehicles;
 * - its fixed costs together are at least `fixedCost` (undefined where fixed costs are not whole numbers).
 * Both are Infinity where no plan can serve all of the stops. Nothing is said of travel: a plan's cost is at least
 * `fixedCost` plus what its kilometers and hours cost at least, which this does not know.
 */
export type VehicleBound = { vehicles: number; fixedCost: number | undefined };

/** What makes the bounds sharper: the configuration bound, for about so long each. */
export type BoundEffort = {
  openLinearProgram: OpenLinearProgram;
  timeLimitMilliseconds: number;
  now: () => number;
  shouldStop?: () => boolean;
};

/**
 * Bounds from the loads, the numbers of stops and the service times alone. `stops`: those that are served. Without
 * `effort` the loads are only held against the capacity of all vehicles together, in a few milliseconds.
 */
export function vehicleBound(problem: Problem, stops: readonly number[], effort?: BoundEffort): VehicleBound {
  return {
    vehicles: leastVehicles(problem, stops, effort),
    fixedCost: leastFixedCost(problem, stops, effort),
  };
}

/** The first of the two bounds alone. */
export function leastVehicles(problem: Problem, stops: readonly number[], effort?: BoundEffort): number {
  return boundOf(problem, { stops, price: "vehicles" }, effort);
}

/** The second of the two bounds alone. */
export function leastFixedCost(
  problem: Problem,
  stops: readonly number[],
  effort?: BoundEffort,
): number | undefined {
  const isExact = problem.vehicles.fixedCost.every((cost) => Number.isSafeInteger(cost) && cost >= 0);
  return isExact ? boundOf(problem, { stops, price: "fixedCost" }, effort) : undefined;
}

function boundOf(
  problem: Problem,
  asked: { stops: readonly number[]; price: "vehicles" | "fixedCost" },
  effort: BoundEffort | undefined,
): number {
  const packing = relaxToPacking(problem, asked);
  checkPackingProblem(packing);
  const model = buildPackingModel(packing);
  if (model.misfits.length > 0) return Number.POSITIVE_INFINITY;
  const simple = fleetBound(model);
  if (!effort || simple === Number.POSITIVE_INFINITY || model.itemCount === 0) return simple;
  const { openLinearProgram, shouldStop = () => false, now, timeLimitMilliseconds } = effort;
  const end = now() + timeLimitMilliseconds;
  const millisecondsLeft = (): number => end - now();
  const isOver = (): boolean => millisecondsLeft() <= 0 || shouldStop();
  const start = constructPacking(model, { measures: measure(model), random: new Random(1), isOver });
  if (isOver() || (start.leftOut() === 0 && start.cost <= simple)) return simple;
  const patterns = readPatterns(start);
  const generation = new ColumnGeneration({
    model,
    openLinearProgram,
    patterns,
    shouldStop,
    millisecondsLeft,
  });
  try {
    const enough = start.leftOut() > 0 ? dearestFleet(model) + 1 : start.cost;
    raiseConfigurationBound(generation, { enough, millisecondsLeft });
    return Math.max(simple, fleetBound(model, generation.best.bound));
  } finally {
    generation.close();
  }
}
