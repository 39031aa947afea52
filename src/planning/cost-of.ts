import type { Problem } from "./problem.ts";
import { scheduleRoute } from "./schedule.ts";
import type { Solution } from "./solution.ts";

/** What a plan costs: its routes, and the penalties of the optional stops that it leaves out. */
export function costOf(
  problem: Problem,
  { routes, unassigned }: Pick<Solution, "routes" | "unassigned">,
): number {
  const { penalty } = problem.stops;
  const driven = routes.reduce((cost, route) => cost + scheduleRoute(problem, route).cost, 0);
  if (!penalty) return driven;
  const owed = unassigned.map((stop) => penalty[stop]!).filter((own) => Number.isFinite(own));
  return driven + owed.reduce((sum, own) => sum + own, 0);
}
