import type { Legs } from "../legs.ts";
import type { SolutionRoute } from "../solution.ts";
import type { VroomContext } from "./build-problem.ts";

/** The legs from place to place along a route; 0 from a missing start and to a missing end. */
export function legsAlong(
  { jobs, vehicles, travel }: VroomContext,
  route: SolutionRoute,
  legs: Legs,
): number[] {
  const { start, end } = vehicles[route.vehicle]!;
  const places = [start, ...route.stops.map((stop) => jobs[stop]!.place), end];
  return places.slice(1).map((to, leg) => {
    const from = places[leg];
    return from && to ? legs.between(travel.indexOf(from), travel.indexOf(to)) : 0;
  });
}
