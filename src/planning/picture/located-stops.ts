import type { Coordinates } from "../../domain/place.ts";
import type { PlanRoute, PlanStop } from "../../domain/plan.ts";

/** A stop that has its place on a map. */
export type LocatedStop = { stop: PlanStop; position: Coordinates };

/** The stops of a route that have a position, in driving order. */
export function locatedStops(route: PlanRoute): LocatedStop[] {
  return route.stops.flatMap((stop) =>
    stop.lat === null || stop.lng === null ? [] : [{ stop, position: { lat: stop.lat, lng: stop.lng } }],
  );
}

/** The stops of a route that no map can show, in driving order. */
export function unlocatedStops(route: PlanRoute): PlanStop[] {
  return route.stops.filter((stop) => stop.lat === null || stop.lng === null);
}
