import type { Problem } from "../problem.ts";
import { driveRoute } from "../schedule/drive.ts";
import { reload, routeOf } from "../schedule/visits.ts";
import type { RouteLimit, RouteViolation } from "../schedule.ts";
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
  const { vehicle } = route;
  const { visits, loadOn } = driveRoute(problem, route);
  const forAll: RouteLimit[] = route.reloads
    ? ["not_allowed", "apart"]
    : ["not_allowed", "conflict", "apart"];
  let least: RouteViolation | undefined;
  for (let first = 0; first <= visits.length; first++) {
    for (let last = first; last <= visits.length; last++) {
      // Where the vehicle loads again, nothing for another stop stays on board.
      if (last > first && visits[last - 1] === reload) break;
      const crowded = least && overload(problem, vehicle, { ends, between: loadOn.slice(first, last + 1) });
      const both = visits.toSpliced(last, 0, ends.delivery).toSpliced(first, 0, ends.pickup);
      const violation = crowded ?? judge(routeOf(vehicle, both));
      if (!violation || forAll.includes(violation.limit)) return violation;
      if (!least || compareBroken(violation, least) < 0) least = violation;
    }
  }
  return least;
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
