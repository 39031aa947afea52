import type { Coordinates } from "../../domain/place.ts";
import type { Plan, PlanRoute, PlanStop } from "../../domain/plan.ts";

/** A stop that has its place on a map. */
export type LocatedStop = { stop: PlanStop; position: Coordinates };

/** The stops of a route that have a position, in driving order. */
export function locatedStops(route: PlanRoute): LocatedStop[] {
  return route.stops.flatMap((stop) =>
    stop.lat === null || stop.lng === null ? [] : [{ stop, position: { lat: stop.lat, lng: stop.lng } }],
  );
}

/** Where a route leaves, and where it goes after its last stop, if anywhere. */
export function endsOf(
  { options }: Plan,
  { start, end }: PlanRoute,
): { from: Coordinates; to?: Coordinates } {
  const to = end ?? (end === undefined && options.returnToDepot ? options.depot : undefined);
  return { from: start ?? options.depot, ...(to && { to }) };
}

/** The way of a route from its start to its last stop, back to its start wherever it loads for another trip. */
export function wayOf<Place>(from: Place, stops: readonly { stop: PlanStop; at: Place }[]): Place[] {
  const passes = stops.flatMap(({ stop, at }, index) => {
    const isNewTrip = index > 0 && stop.trip !== stops[index - 1]!.stop.trip;
    return isNewTrip ? [from, at] : [at];
  });
  return [from, ...passes];
}

/** The stops of a route that no map can show, in driving order. */
export function unlocatedStops(route: PlanRoute): PlanStop[] {
  return route.stops.filter((stop) => stop.lat === null || stop.lng === null);
}
