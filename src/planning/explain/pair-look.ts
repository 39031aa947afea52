import type { Problem } from "../problem.ts";
import { type RouteSchedule, type RouteViolation, scheduleRoute } from "../schedule.ts";
import type { SolutionRoute } from "../solution.ts";
import { compareBroken } from "./limit-order.ts";

/** The two stops of a pair. */
export type Ends = { pickup: number; delivery: number };

/** Tells the violation of a route that is driven so; undefined where it breaks nothing. */
export type Judge = (route: SolutionRoute) => RouteViolation | undefined;

/**
 * The violation at the two positions of a route at which a pair gets furthest and is over by least; undefined where it
 * fits. Both stops are put there and the route is timed, but where there is no room on the way between them.
 */
export function leastOfPair(
  problem: Problem,
  route: SolutionRoute,
  { ends, judge }: { ends: Ends; judge: Judge },
): RouteViolation | undefined {
  const { vehicle, stops } = route;
  const loads = loadsOn(scheduleRoute(problem, route));
  const at = (first: number, last: number): SolutionRoute => ({
    vehicle,
    stops: stops.toSpliced(last, 0, ends.delivery).toSpliced(first, 0, ends.pickup),
  });
  let least: RouteViolation | undefined;
  for (let first = 0; first <= stops.length; first++) {
    for (let last = first; last <= stops.length; last++) {
      const crowded = least && overload(problem, vehicle, { ends, between: loads.slice(first, last + 1) });
      const violation = crowded ?? judge(at(first, last));
      if (!violation || ["not_allowed", "conflict", "apart"].includes(violation.limit)) return violation;
      if (!least || compareBroken(violation, least) < 0) least = violation;
    }
  }
  return least;
}

/** What is on board on each leg, [leg][dimension]. */
function loadsOn({ startLoad, loadAfter }: RouteSchedule): number[][] {
  return [startLoad, ...loadAfter];
}

/** The first dimension in which the pair's amount is too much on some leg. */
function overload(
  { stops, vehicles, dimensions }: Problem,
  vehicle: number,
  { ends, between }: { ends: Ends; between: number[][] },
): RouteViolation | undefined {
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const most = Math.max(...between.map((load) => load[dimension]!));
    const amount = stops.pickup[ends.pickup * dimensions + dimension]!;
    const over = most + amount - vehicles.capacity[vehicle * dimensions + dimension]!;
    if (over > 0) return { limit: "capacity", dimension, over };
  }
  return undefined;
}
