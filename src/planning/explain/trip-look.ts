import type { Problem } from "../problem.ts";
import { mostTripsOf, reload, routeOf, visitsOf } from "../schedule/visits.ts";
import type { RouteViolation } from "../schedule.ts";
import type { SolutionRoute } from "../solution.ts";
import { compareBroken } from "./limit-order.ts";
import type { Judge } from "./pair-look.ts";

/**
 * What keeps stops from a trip of their own on a route: the least violation over all places for it, or "fits". Of a
 * vehicle that has no trip left only `max_trips` is told, where nothing else is in the way; undefined where it is.
 */
export function tryNewTrip(
  problem: Problem,
  route: SolutionRoute,
  { stops, judge }: { stops: number[]; judge: Judge },
): RouteViolation | "fits" | undefined {
  const most = mostTripsOf(problem, route.vehicle);
  if (most === 1 || route.stops.length === 0) return undefined;
  const hasTripLeft = (route.reloads?.length ?? 0) + 1 < most;
  let least: RouteViolation | undefined;
  for (const visits of withNewTrip(visitsOf(route), stops)) {
    const violation = judge(routeOf(route.vehicle, visits));
    if (!violation) return "fits";
    if (!hasTripLeft && violation.limit !== "max_trips") continue;
    if (!least || compareBroken(violation, least) < 0) least = violation;
  }
  return least;
}

/** The visits with a trip at the head, between two trips, or at the end. */
function withNewTrip(visits: number[], stops: number[]): number[][] {
  const places = [...visits.keys(), visits.length];
  const ends = places.filter((place) => place === visits.length || visits[place] === reload);
  return [
    [...stops, reload, ...visits],
    ...ends.map((place) => visits.toSpliced(place, 0, reload, ...stops)),
  ];
}
