import type { PreparedPlan } from "../prepare-plan.ts";
import type { Relaxation } from "./relax.ts";

/**
 * The relaxation in whole minutes, stops and tenths of a kilometer, as it is told: rounded up, so that it is enough,
 * and with one unit less it is not.
 */
export function roundUp(relaxation: Relaxation, { problem }: PreparedPlan): Relaxation {
  const { limit, amount, stop, lacks } = relaxation;
  // Sums of fractions may be off in their last digits.
  const toNext = (unit: number, from = 0) => Math.ceil((from + amount) / unit - 1e-9) * unit - from;
  if (limit === "max_duration" || limit === "shift") return { ...relaxation, amount: toNext(60) };
  if (limit === "max_distance") return { ...relaxation, amount: toNext(100) };
  if (limit === "capacity" && !lacks) return { ...relaxation, amount: toNext(0.001) };
  if (limit !== "time_window" || stop === undefined) return relaxation;
  const { windowEnd, windowOffset } = problem.stops;
  return { ...relaxation, amount: toNext(60, windowEnd[windowOffset[stop + 1]! - 1]!) };
}
