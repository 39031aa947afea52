import { tripLoads } from "../complete/loads.ts";
import { insertInto } from "../complete/serve-left-out.ts";
import { hasTripLeft, newTripsFor, placesFor, reloadsOf } from "../complete/trips.ts";
import { drive, keepsLocks, type Stay, scheduleTour, type Tour } from "../complete/visits.ts";
import { type Breach, findBreach, lookAt } from "../explain/route-look.ts";
import { addLoads, type Load } from "../prepare/cargo.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { RouteViolation } from "../schedule.ts";

/** A tour with a shipment put in at one place, made when asked for, and what the trip that takes it carries then. */
export type Trial = {
  wider: () => Tour;
  load: Load;
  /** A limit that it is sure to break, found without timing it. */
  breach: Breach | undefined;
};

/** Every place for the stay on the tour: on each of its trips, and on one of its own where the vehicle has one left. */
export function trialsOf(prepared: PreparedPlan, tour: Tour, stay: Stay): Trial[] {
  const { vehicle, stays } = tour;
  const reloads = reloadsOf(stays);
  const look = lookAt(prepared.problem, {
    vehicle,
    stops: stays.map(({ stop }) => stop),
    ...(reloads && { reloads }),
  });
  const own = addLoads(
    stay.parts.map(({ load }) => load),
    prepared.cargo.materials.length,
  );
  const loads = tripLoads(prepared, stays).map((load) => addLoads([load, own], own.length));
  const along = placesFor(tour, stay).map(({ wider, position, trip }) => ({
    wider,
    load: loads[trip]!,
    breach: findBreach(look, { stop: stay.stop, position }),
  }));
  if (!hasTripLeft(prepared, tour)) return along;
  return [
    ...along,
    ...newTripsFor(tour, stay).map((wider) => ({ wider: () => wider, load: own, breach: undefined })),
  ];
}

/** What the tour breaks beside room: drivers count visits where the search counts stops. */
export function findFaults(prepared: PreparedPlan, tour: Tour): RouteViolation[] {
  const { violations } = scheduleTour(prepared, tour);
  const others = violations.filter(({ limit }) => limit !== "capacity");
  if (!others.some(({ limit }) => limit === "max_stops" || limit === "position")) return others;
  const { visits } = drive(prepared, tour);
  const crowd = visits.length - prepared.problem.vehicles.maxStops[tour.vehicle]!;
  const isOrdered = keepsLocks(prepared, visits);
  return others.flatMap((fault) => {
    if (fault.limit === "max_stops") return crowd > 0 ? [{ ...fault, over: crowd }] : [];
    return fault.limit === "position" && isOrdered ? [] : [fault];
  });
}

/** The tour with all of the stays, each where it costs least; undefined where one finds no place. */
export function insertAll(prepared: PreparedPlan, tour: Tour, stays: readonly Stay[]): Tour | undefined {
  return stays.reduce<Tour | undefined>(
    (wider, stay) => wider && insertInto(prepared, wider, stay)?.tour,
    tour,
  );
}

/** For members that are put aboard one after the other: until the last one is, their group is not whole. */
export function releaseGroups({ problem, ...prepared }: PreparedPlan): PreparedPlan {
  const { togetherGroup: _, ...stops } = problem.stops;
  return { ...prepared, problem: { ...problem, stops } };
}

/** The tour with a trip more at the end of the day, for all of the stays; undefined where one finds no place. */
export function openLastTrip(prepared: PreparedPlan, tour: Tour, stays: readonly Stay[]): Tour | undefined {
  const [first, ...others] = stays;
  const opened = first && newTripsFor(tour, first).at(-1);
  if (!opened || findFaults(prepared, opened).length > 0) return undefined;
  return insertAll(prepared, opened, others);
}
