import { lookAt, type RouteLook } from "../explain/route-look.ts";
import { visitKey } from "../prepare/stops.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { numberKinds } from "../vehicle-kinds.ts";
import { tripLoads } from "./loads.ts";
import { reloadsOf } from "./trips.ts";
import type { Tour } from "./visits.ts";

/** A tour with what is asked of it again and again. */
export type KnownTour = {
  tour: Tour;
  look: RouteLook;
  /** What each of its trips unloads, [trip][material]; one of nothing while the vehicle is idle. */
  loads: number[][];
  /** Its first stay for each place and conditions, by the stop's key. */
  stayAt: Map<string, number>;
};

/** What is asked of stops and vehicles again and again. */
export type Register = {
  /** Place and conditions, [stop]: stays of one key may be unloaded as one. */
  keys: string[];
  /** Idle vehicles of one kind take the same, but for the stops that they are allowed, [vehicle]. */
  kinds: string[];
};

/** The keys of a plan's stops and the kinds of its vehicles. */
export function readRegister({ stops, problem, room }: PreparedPlan): Register {
  const kinds = numberKinds(problem);
  return {
    keys: stops.map(({ place, conditions }, stop) => visitKey(place, conditions, `apart ${stop}`)),
    kinds: room.capacity.map((most, vehicle) => [kinds[vehicle], ...most].join()),
  };
}

/** Looks at a tour once; `keys` are the register's, and without them no stay is found by its key. */
export function readTour(prepared: PreparedPlan, tour: Tour, keys: readonly string[] = []): KnownTour {
  const stops = tour.stays.map(({ stop }) => stop);
  const stayAt = new Map<string, number>();
  for (const [index, stop] of stops.entries()) {
    const key = keys[stop];
    if (key !== undefined && !stayAt.has(key)) stayAt.set(key, index);
  }
  const reloads = reloadsOf(tour.stays);
  const look = lookAt(prepared.problem, { vehicle: tour.vehicle, stops, ...(reloads && { reloads }) });
  return { tour, look, loads: tripLoads(prepared, tour.stays), stayAt };
}
