import type { Problem, StopTable } from "../../src/planning/problem.ts";
import { scheduleRoute } from "../../src/planning/schedule.ts";
import type { Solution } from "../../src/planning/solution.ts";

/**
 * Negative when a is the better plan: more priority served, then more stops, then the objective, then the cost.
 * Optional stops count by their penalties alone, in the cost, or before any other objective.
 */
export function compareSolutions(problem: Problem, a: Solution, b: Solution): number {
  const { stops, objective } = problem;
  return (
    absentPriority(stops, a) - absentPriority(stops, b) ||
    missing(stops, a).length - missing(stops, b).length ||
    (objective === "cost" ? 0 : penaltyOf(stops, a) - penaltyOf(stops, b)) ||
    measure(problem, a) - measure(problem, b) ||
    a.cost - b.cost
  );
}

function penaltyOf({ penalty }: StopTable, { unassigned }: Solution): number {
  if (!penalty) return 0;
  const owed = unassigned.map((stop) => penalty[stop]!).filter((own) => Number.isFinite(own));
  return owed.reduce((sum, own) => sum + own, 0);
}

/** The stops left out that must be served. */
function missing({ penalty }: StopTable, { unassigned }: Solution): number[] {
  return penalty ? unassigned.filter((stop) => penalty[stop] === Number.POSITIVE_INFINITY) : unassigned;
}

function absentPriority(stops: StopTable, plan: Solution): number {
  return missing(stops, plan).reduce((sum, stop) => sum + stops.priority[stop]!, 0);
}

/** What the objective makes small besides the cost: the sum of squared durations, or the latest end. */
function measure(problem: Problem, { routes }: Solution): number {
  if (problem.objective === "cost") return 0;
  const schedules = routes.map((route) => scheduleRoute(problem, route));
  if (problem.objective === "balanced") {
    return schedules.reduce((sum, { durationSeconds }) => sum + durationSeconds ** 2, 0);
  }
  return schedules.reduce((latest, { endSeconds }) => Math.max(latest, endSeconds), 0);
}
