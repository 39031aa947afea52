import { loadOf, tripLoads } from "../complete/loads.ts";
import { hasTripLeft, joinTrips, newTripsFor, reloadsOf, tripsOf } from "../complete/trips.ts";
import { type Stay, scheduleTour, type Tour } from "../complete/visits.ts";
import { addedCostOf, findBreach, lookAt, type RouteLook } from "../explain/route-look.ts";
import { addLoads } from "../prepare/cargo.ts";
import type { Conditions } from "../prepare/conditions.ts";
import { fits } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { RouteViolation } from "../schedule.ts";
import { type Draft, type DraftPart, type DraftRoute, openRoute, routeOf } from "./draft.ts";
import { type GivenPlan, prepareGiven } from "./given-plan.ts";

/** Where a stop may be put: before the stop that is at `index` now, on a trip; or into that stop. */
export type FoundPlace = {
  licensePlate: string;
  index: number;
  trip: number;
  /** Nothing stands there, so that the trips behind it move on. */
  isNewTrip: boolean;
  isJoined: boolean;
  /** Whether no limit of the route is broken by it that was not broken before. */
  isFeasible: boolean;
  addedCost: number;
};

/** What is to be put where: parts for one place on the best of some vehicles, on one trip where it is given. */
export type PlaceAsk = {
  parts: readonly DraftPart[];
  licensePlates: readonly string[];
  trip?: number | undefined;
};

/**
 * The place where parts cost least and break nothing: on the stop that their customer has there already, else between
 * two stops, else on a trip of their own. Where every place breaks something, the one that breaks least.
 */
export function findPlace(draft: Draft, { parts, licensePlates, trip }: PlaceAsk): FoundPlace | undefined {
  const given = prepareGiven(draft, { licensePlates, extra: parts });
  const found = licensePlates.flatMap((licensePlate) => {
    const route: DraftRoute = routeOf(draft, licensePlate) ?? { licensePlate, stops: [] };
    return findOn({ given, route, tour: given.tours.get(licensePlate)!, trip }) ?? [];
  });
  return found.reduce<FoundPlace | undefined>(
    (best, next) => (!best || isBetter(next, best) ? next : best),
    undefined,
  );
}

function isBetter(place: FoundPlace, other: FoundPlace): boolean {
  const [own, others] = [place, other].map(({ isFeasible, isJoined, addedCost }) => [
    isFeasible ? 0 : 1,
    isJoined ? 0 : 1,
    addedCost,
  ]);
  const differing = own!.findIndex((value, index) => value !== others![index]);
  return differing >= 0 && own![differing]! < others![differing]!;
}

type Search = { given: GivenPlan; route: DraftRoute; tour: Tour; trip: number | undefined };

function findOn(search: Search): FoundPlace | undefined {
  return joinOwnStop(search) ?? insertCheapest(search);
}

/** The customer's own stop on the route, where it is open as long for these shipments. */
function joinOwnStop({ given, route, tour, trip }: Search): FoundPlace | undefined {
  const { prepared, extra } = given;
  const own = prepared.stops[extra[0]!.stop]!;
  const loads = tripLoads(prepared, tour.stays);
  const load = loadOf(prepared, extra);
  const ends = stopEnds(route, tour);
  const places = route.stops.flatMap((stop, index): FoundPlace[] => {
    const there = prepared.stops[tour.stays[ends[index]! - 1]!.stop]!;
    const isOwn = there.place === own.place && isOpenAlike(there.conditions, own.conditions);
    if (!isOwn || (trip !== undefined && stop.trip !== trip)) return [];
    const isFeasible = fits(
      prepared.room,
      tour.vehicle,
      addLoads([loads[stop.trip - 1]!, load], load.length),
    );
    const where = { licensePlate: route.licensePlate, index, trip: stop.trip };
    return [{ ...where, isNewTrip: false, isJoined: true, isFeasible, addedCost: 0 }];
  });
  return places.find(({ isFeasible }) => isFeasible) ?? places[0];
}

function isOpenAlike(a: Conditions, b: Conditions): boolean {
  return a.position === b.position && JSON.stringify(a.windows) === JSON.stringify(b.windows);
}

/** How many stays come up to and with each stop of a route: a stop may be several, [stop]. */
function stopEnds({ stops }: DraftRoute, { stays }: Tour): number[] {
  let end = 0;
  return stops.map(({ parts }) => {
    for (let count = 0; count < parts.length; end++) count += stays[end]!.parts.length;
    return end;
  });
}

type Slot = { index: number; trip: number; tour: Tour; addedCost: number; isSure: boolean };

/** Slots in the order of what they cost; the first that breaks nothing is it. */
function insertCheapest({ given, route, tour, trip }: Search): FoundPlace {
  const { prepared, extra } = given;
  const before = brokenIn(prepared, tour);
  const load = loadOf(prepared, extra);
  const loads = tripLoads(prepared, tour.stays);
  const hasRoom = (on: number) =>
    fits(prepared.room, tour.vehicle, addLoads([loads[on] ?? [], load], load.length));
  const slots = slotsOf({ given, route, tour, trip });
  const roomy = slots.filter((slot) => hasRoom(slot.trip - 1));
  const toPlace = (slot: Slot, isFeasible: boolean): FoundPlace => ({
    licensePlate: route.licensePlate,
    index: slot.index,
    trip: slot.trip,
    isNewTrip: false,
    isJoined: false,
    isFeasible,
    addedCost: slot.addedCost,
  });
  const isDrivable = (slot: Slot) => slot.isSure && isKept(brokenIn(prepared, slot.tour), before);
  const free = roomy.find((slot) => keepsPositions(given, route, slot.index) && isDrivable(slot));
  if (free) return toPlace(free, true);
  const opened =
    trip === undefined && hasTripLeft(prepared, tour) ? openTrip({ given, route, tour, trip }) : undefined;
  if (opened && isKept(brokenIn(prepared, opened.tour), before))
    return { ...toPlace(opened, true), isNewTrip: true };
  const least = (roomy.length > 0 ? roomy : slots).find(isDrivable) ?? (roomy[0] ?? slots[0])!;
  return toPlace(least, false);
}

/** Every place between two stops of each trip, by what it costs. */
function slotsOf({ given, route, tour, trip }: Search): Slot[] {
  const { prepared, extra } = given;
  const reloads = reloadsOf(tour.stays);
  const stops = tour.stays.map(({ stop }) => stop);
  const look = lookAt(prepared.problem, { vehicle: tour.vehicle, stops, ...(reloads && { reloads }) });
  const ends = [0, ...stopEnds(route, tour)];
  const trips = route.stops.length === 0 ? [1] : [...new Set(route.stops.map((stop) => stop.trip))];
  const slots = trips.flatMap((own) => {
    if (trip !== undefined && own !== trip) return [];
    const first = Math.max(
      0,
      route.stops.findIndex((stop) => stop.trip === own),
    );
    const count = route.stops.filter((stop) => stop.trip === own).length;
    return Array.from({ length: count + 1 }, (_, step) =>
      toSlot({ look, tour, extra }, { index: first + step, trip: own, place: ends[first + step]! }),
    );
  });
  return slots.sort((a, b) => a.addedCost - b.addedCost || a.index - b.index);
}

type Insertion = { look: RouteLook; tour: Tour; extra: readonly Stay[] };

function toSlot(
  { look, tour, extra }: Insertion,
  { index, trip, place }: { index: number; trip: number; place: number },
): Slot {
  const at = { stop: extra[0]!.stop, position: place + trip - 1 };
  const trips = tour.stays.length === 0 ? [[]] : tripsOf(tour.stays);
  const before = trips.slice(0, trip - 1).reduce((sum, { length }) => sum + length, 0);
  const members = trips[trip - 1]!.toSpliced(place - before, 0, ...extra);
  return {
    index,
    trip,
    tour: { vehicle: tour.vehicle, stays: joinTrips(trips.with(trip - 1, members)) },
    addedCost: addedCostOf(look, at),
    isSure: findBreach(look, at) === undefined,
  };
}

/** A trip of its own, where that costs least. */
function openTrip({ given, route, tour }: Search): Slot | undefined {
  const { prepared, extra } = given;
  const [first, ...others] = extra;
  const { cost } = scheduleTour(prepared, tour);
  const tours = others.length > 0 ? [] : newTripsFor(tour, first!);
  const slots = tours.map((wider, trip): Slot => {
    const index = route.stops.filter((stop) => stop.trip <= trip).length;
    const addedCost = scheduleTour(prepared, wider).cost - cost;
    return { index, trip: trip + 1, tour: wider, addedCost, isSure: true };
  });
  const kept = slots.filter((slot) => isKept(brokenIn(prepared, slot.tour), brokenIn(prepared, tour)));
  return kept.sort((a, b) => a.addedCost - b.addedCost)[0];
}

/** Limits of time and distance by how much they are broken: room, positions, stops and company are counted elsewhere. */
function brokenIn(prepared: PreparedPlan, tour: Tour): Map<RouteViolation["limit"], number> {
  const broken = new Map<RouteViolation["limit"], number>();
  const others = new Set(["capacity", "position", "together", "apart", "max_stops", "not_allowed"]);
  if (tour.stays.length === 0) return broken;
  for (const { limit, over } of scheduleTour(prepared, tour).violations) {
    if (!others.has(limit)) broken.set(limit, (broken.get(limit) ?? 0) + over);
  }
  return broken;
}

function isKept(after: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): boolean {
  return [...after].every(([limit, over]) => over <= (before.get(limit) ?? 0));
}

/** Whether stops that are locked to their number keep it when one more comes before them. */
function keepsPositions({ prepared, tours, extra }: GivenPlan, route: DraftRoute, index: number): boolean {
  const tour = tours.get(route.licensePlate)!;
  const ends = stopEnds(route, tour);
  const positionAt = (stay: Stay | undefined) => (stay ? prepared.stops[stay.stop]!.conditions.position : 0);
  const own = positionAt(extra[0]);
  if (own > 0 && own !== index + 1) return false;
  return route.stops.every((_, at) => {
    const locked = positionAt(tour.stays[ends[at]! - 1]);
    return locked === 0 || locked !== at + 1 || at < index;
  });
}

/** Puts parts where a place was found, on one stop. */
export function putAt(draft: Draft, parts: readonly DraftPart[], place: FoundPlace): void {
  const route = openRoute(draft, place.licensePlate);
  if (place.isJoined) {
    route.stops[place.index]!.parts.push(...parts);
    return;
  }
  if (place.isNewTrip) {
    for (const stop of route.stops) if (stop.trip >= place.trip) stop.trip++;
  }
  route.stops.splice(place.index, 0, { trip: place.trip, parts: [...parts] });
}
