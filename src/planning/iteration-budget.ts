import type { Problem } from "./problem.ts";

/** Part of the time limit that the budget is meant to take on an ordinary machine: the rest is for slower ones. */
const partOfLimit = 1 / 3;

/** Iterations a second on two shared cores: many for few stops, never fewer than the first. */
const leastPerSecond = 10_000;
const perSecondAndStop = 600_000;

/** How much slower it goes where every change must be timed, and where breaks must find their place too. */
const timedPart = 0.4;
const brokenPart = 0.06;

const leastIterations = 1000;

/**
 * How many iterations a search gets under a time limit. It depends on the problem alone, so that the same seed gives
 * the same plan on every machine that is not much slower than usual; there the time limit ends the search.
 */
export function iterationBudget(problem: Problem, timeLimitSeconds: number): number {
  const perSecond = leastPerSecond + perSecondAndStop / Math.max(1, problem.stops.count);
  const part = hasBreaks(problem) ? brokenPart : isTimed(problem) ? timedPart : 1;
  const rate = perSecond * part;
  return Math.max(leastIterations, Math.round(rate * timeLimitSeconds * partOfLimit));
}

function hasBreaks({ vehicles }: Problem): boolean {
  return vehicles.breaks?.some(({ length }) => length > 0) ?? false;
}

function isTimed({ stops, vehicles, objective }: Problem): boolean {
  const limits = [...vehicles.shiftEnd, ...vehicles.maxDurationSeconds, ...vehicles.maxTravelSeconds];
  if (stops.releaseSeconds) return true;
  return objective !== "cost" || stops.windowStart.length > 0 || limits.some(Number.isFinite);
}
