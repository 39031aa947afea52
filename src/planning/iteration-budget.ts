import type { Problem } from "./problem.ts";

/** Part of the time limit that the budget is meant to take on an ordinary machine: the rest is for slower ones. */
const partOfLimit = 1 / 3;

/**
 * Iterations a second on two shared cores: what the slowest of the measured days makes, of several materials and with
 * shipments left out; public instances go up to four times as fast. Beyond a thousand stops it goes slower.
 */
const perSecond = 60_000;
const stopsAtFullSpeed = 1_000;

/** How much slower it goes where every change must be timed, and where breaks must find their place too. */
const timedPart = 0.4;
const brokenPart = 0.02;

const leastIterations = 1000;

/**
 * How many iterations a search gets under a time limit. It depends on the problem alone, so that the same seed gives
 * the same plan on every machine that is not much slower than usual; there the time limit ends the search.
 */
export function iterationBudget(problem: Problem, timeLimitSeconds: number): number {
  const speed = Math.min(1, stopsAtFullSpeed / Math.max(1, problem.stops.count));
  const part = hasBreaks(problem) ? brokenPart : isTimed(problem) ? timedPart : 1;
  const rate = perSecond * speed * part;
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
