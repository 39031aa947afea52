import type { Problem } from "./problem.ts";
import { scheduleRoute } from "./schedule.ts";
import type { Solution } from "./solution.ts";

/** Negative when a is the better plan: more priority served, then more stops, then the objective, then the cost. */
export function compareSolutions(problem: Problem, a: Solution, b: Solution): number {
  return (
    absentPriority(problem, a) - absentPriority(problem, b) ||
    a.unassigned.length - b.unassigned.length ||
    measure(problem, a) - measure(problem, b) ||
    a.cost - b.cost
  );
}

function absentPriority({ stops }: Problem, { unassigned }: Solution): number {
  return unassigned.reduce((sum, stop) => sum + stops.priority[stop]!, 0);
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
