import type { Problem } from "../problem.ts";
import type { SolutionRoute } from "../solution.ts";

/** Stands among the stops of a route where the vehicle loads again. */
export const reload = -1;

/** What a vehicle comes to between its start and its end: stops, and `reload` where it loads again. */
export function visitsOf({ stops, reloads = [] }: SolutionRoute): number[] {
  if (reloads.length === 0) return stops;
  const places = [...stops.keys(), stops.length];
  return places.flatMap((place) => [
    ...reloads.filter((before) => before === place).map(() => reload),
    ...stops.slice(place, place + 1),
  ]);
}

/** The route of a vehicle that comes to these visits; the other way round as `visitsOf`. */
export function routeOf(vehicle: number, visits: readonly number[]): SolutionRoute {
  const stops = visits.filter((visit) => visit !== reload);
  if (stops.length === visits.length) return { vehicle, stops };
  const reloads: number[] = [];
  let before = 0;
  for (const visit of visits) {
    if (visit === reload) reloads.push(before);
    else before++;
  }
  return { vehicle, stops, reloads };
}

/** The stops of each trip of a route. */
export function tripsOf({ stops, reloads = [] }: SolutionRoute): number[][] {
  if (reloads.length === 0) return [stops];
  const bounds = [0, ...reloads, stops.length];
  return bounds.slice(1).map((end, trip) => stops.slice(bounds[trip], end));
}

/** The route without reloads that no stop lies between. */
export function withoutEmptyTrips({ vehicle, stops, reloads = [] }: SolutionRoute): SolutionRoute {
  const kept = [...new Set(reloads)].filter((place) => place > 0 && place < stops.length);
  return { vehicle, stops, ...(kept.length > 0 && { reloads: kept.sort((a, b) => a - b) }) };
}

/** Where a vehicle loads again, matrix index; -1: nowhere. */
export function reloadLocationOf({ vehicles }: Problem, vehicle: number): number {
  return (vehicles.reloadLocation ?? vehicles.startLocation)[vehicle]!;
}

/** The most trips of a vehicle; one where it has no place to load again. */
export function mostTripsOf(problem: Problem, vehicle: number): number {
  const most = problem.vehicles.mostTrips?.[vehicle] ?? 1;
  return reloadLocationOf(problem, vehicle) < 0 ? 1 : Math.max(1, most);
}
