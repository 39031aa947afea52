import type { Problem } from "./problem.ts";
import { routeOf, visitsOf, withoutEmptyTrips } from "./schedule/visits.ts";
import { type RouteViolation, scheduleRoute } from "./schedule.ts";
import type { SolutionRoute } from "./solution.ts";

/** Routes of more stops are cut at their end: to try each stop of them takes too long. */
const mostStopsTried = 80;

/**
 * Routes of an earlier plan without the stops that make them break a rule now, such as a smaller capacity: a search
 * begins with what is left of them, and puts the rest where it fits. The least important stops go first.
 */
export function mendRoutes(problem: Problem, routes: readonly SolutionRoute[]): SolutionRoute[] {
  return routes.map((route) => mend(problem, route)).filter(({ stops }) => stops.length > 0);
}

function mend(problem: Problem, given: SolutionRoute): SolutionRoute {
  let route = withoutEmptyTrips(given);
  for (;;) {
    if (route.stops.length === 0) return route;
    const { violations } = scheduleRoute(problem, route);
    if (violations.length === 0) return route;
    route = without(route, stopsToDrop(problem, route, violations));
  }
}

/** The stop whose going leaves least broken, with all that ride with it or not at all. */
function stopsToDrop(
  problem: Problem,
  route: SolutionRoute,
  violations: readonly RouteViolation[],
): Set<number> {
  const { togetherGroup, priority, pickupOf } = problem.stops;
  const named = violations.find(({ limit }) => limit === "not_allowed")?.stop;
  const [last] = route.stops.slice(-1);
  const tried = route.stops.length > mostStopsTried ? [last!] : named === undefined ? route.stops : [named];
  const drops = tried.map((stop) => {
    const group = togetherGroup?.[stop] ?? -1;
    const isWith = (other: number) =>
      other === stop ||
      (group >= 0 && togetherGroup![other] === group) ||
      pickupOf?.[other] === stop ||
      pickupOf?.[stop] === other;
    const dropped = new Set(route.stops.filter(isWith));
    const left = scheduleRoute(problem, without(route, dropped)).violations;
    const over = left.reduce((sum, violation) => sum + violation.over, 0);
    return { dropped, rank: [left.length, priority[stop]!, over] };
  });
  const isBefore = (a: readonly number[], b: readonly number[]): boolean => {
    const differing = a.findIndex((value, index) => value !== b[index]);
    return differing >= 0 && a[differing]! < b[differing]!;
  };
  return drops.reduce((best, next) => (isBefore(next.rank, best.rank) ? next : best)).dropped;
}

function without(route: SolutionRoute, dropped: ReadonlySet<number>): SolutionRoute {
  return withoutEmptyTrips(
    routeOf(
      route.vehicle,
      visitsOf(route).filter((visit) => !dropped.has(visit)),
    ),
  );
}
