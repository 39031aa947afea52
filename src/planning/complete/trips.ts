import type { PreparedPlan } from "../prepare-plan.ts";
import { mostTripsOf } from "../schedule/visits.ts";
import type { Stay, Tour } from "./visits.ts";

/** The stays of each trip of a tour; none for an idle vehicle. */
export function tripsOf(stays: readonly Stay[]): Stay[][] {
  const trips: Stay[][] = [];
  for (const stay of stays) {
    if (trips.length === 0 || stay.startsTrip) trips.push([]);
    trips.at(-1)!.push(stay);
  }
  return trips;
}

/** The stays of trips one after the other, trips without stays left out. */
export function joinTrips(trips: readonly (readonly Stay[])[]): Stay[] {
  const driven = trips.filter(({ length }) => length > 0);
  return driven.flatMap((trip, index) =>
    trip.map(({ startsTrip: _, ...stay }, place) =>
      index > 0 && place === 0 ? { ...stay, startsTrip: true as const } : stay,
    ),
  );
}

/** Ascending places in the stays before which the vehicle loads again; undefined where it never does. */
export function reloadsOf(stays: readonly Stay[]): number[] | undefined {
  const places = stays.flatMap(({ startsTrip }, place) => (startsTrip && place > 0 ? [place] : []));
  return places.length > 0 ? places : undefined;
}

/** Whether the vehicle may drive another trip. */
export function hasTripLeft({ problem }: PreparedPlan, { vehicle, stays }: Tour): boolean {
  return stays.length > 0 && tripsOf(stays).length < mostTripsOf(problem, vehicle);
}

/** A place for a stay: among the stops and reloads of a tour, and by the trip; the tour with it there is made when asked for. */
export type TourPlace = { position: number; trip: number; wider: () => Tour };

/** Every place for a stay on each trip of a tour. */
export function placesFor({ vehicle, stays }: Tour, stay: Stay): TourPlace[] {
  const trips = stays.length > 0 ? tripsOf(stays) : [[]];
  let position = -1;
  return trips.flatMap((members, trip) =>
    [...members.keys(), members.length].map((place) => {
      position++;
      const wider = () => ({
        vehicle,
        stays: joinTrips(trips.with(trip, members.toSpliced(place, 0, stay))),
      });
      return { position, trip, wider };
    }),
  );
}

/** The tours with a trip for the stay alone: first, between two trips, or last. */
export function newTripsFor({ vehicle, stays }: Tour, stay: Stay): Tour[] {
  const trips = tripsOf(stays);
  return [...trips.keys(), trips.length].map((trip) => ({
    vehicle,
    stays: joinTrips(trips.toSpliced(trip, 0, [stay])),
  }));
}
