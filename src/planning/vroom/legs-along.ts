import type { SolutionRoute } from "../solution.ts";
import type { VroomContext } from "./build-problem.ts";

/** The entries of a matrix from place to place along a route; 0 from a missing start and to a missing end. */
export function legsAlong(
  { jobs, vehicles, travel }: VroomContext,
  route: SolutionRoute,
  matrix: Int32Array,
): number[] {
  const { size } = travel.matrixOf[route.vehicle]!;
  const { start, end } = vehicles[route.vehicle]!;
  const places = [start, ...route.stops.map((stop) => jobs[stop]!.place), end];
  return places.slice(1).map((to, leg) => {
    const from = places[leg];
    return from && to ? matrix[travel.indexOf(from) * size + travel.indexOf(to)]! : 0;
  });
}
