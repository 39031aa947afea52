import type { Problem } from "./problem.ts";

/** Part of the time limit that the budget is meant to take on an ordinary machine: the rest is for slower ones. */
const partOfLimit = 1 / 3;

/** Iterations a second on two shared cores: many for few stops, never fewer than the first. */
const leastPerSecond = 10_000;
const perSecondAndStop = 600_000;

/** How much slower it goes where every change must be timed. */
const timedPart = 0.4;

const leastIterations = 1000;

/**
 * How many iterations a search gets under a time limit. It depends on the problem alone, so that the same seed gives
 * the same plan on every machine that is not much slower than usual; there the time limit ends the search.
 */
export function iterationBudget(problem: Problem, timeLimitSeconds: number): number {
  const perSecond = leastPerSecond + perSecondAndStop / Math.max(1, problem.stops.count);
  const rate = isTimed(problem) ? perSecond * timedPart : perSecond;
  return Math.max(leastIterations, Math.round(rate * timeLimitSeconds * partOfLimit));
}

function isTimed({ stops, vehicles, objective }: Problem): boolean {
  const limits = [...vehicles.shiftEnd, ...vehicles.maxDurationSeconds, ...vehicles.maxTravelSeconds];
  return objective !== "cost" || stops.windowStart.length > 0 || limits.some(Number.isFinite);
}
