import { addedCostOf, findBreach } from "../explain/route-look.ts";
import { addLoads } from "../prepare/cargo.ts";
import { fits } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { RouteViolation } from "../schedule.ts";
import { type KnownTour, type Register, readRegister, readTour } from "./known-tours.ts";
import { loadOf } from "./loads.ts";
import { hasTripLeft, newTripsFor, placesFor, reloadsOf } from "./trips.ts";
import { drive, keepsLocks, type Stay, scheduleTour, type Tour } from "./visits.ts";

/** Tours, one for each vehicle, and what is on none of them. */
export type Served = { tours: Tour[]; leftOut: Stay[] };

/** What is being put together: the tours so far, by vehicle. */
type Work = { prepared: PreparedPlan; register: Register; tours: KnownTour[]; hasTime: () => boolean };

/** The tours of the vehicles that are used, what they leave out, and whether there is time to go on. */
export type LeftOut = { used: readonly Tour[]; left: readonly Stay[]; hasTime: () => boolean };

/**
 * Puts whatever was left out where there is a place for it, the most important first: a stop as a whole, else its
 * shipments one by one, on a visit to their own place or on a new one where it costs least. Goes on until nothing fits
 * or there is no more time.
 */
export function serveLeftOut(prepared: PreparedPlan, { used, left, hasTime }: LeftOut): Served {
  const byVehicle = new Map(used.map((tour) => [tour.vehicle, tour]));
  const register = readRegister(prepared);
  const tours = prepared.fleet.map((_, vehicle) =>
    readTour(prepared, byVehicle.get(vehicle) ?? { vehicle, stays: [] }, register.keys),
  );
  const work: Work = { prepared, register, tours, hasTime };
  const { priority } = prepared.problem.stops;
  let leftOut = [...left].sort((a, b) => priority[b.stop]! - priority[a.stop]! || a.stop - b.stop);
  for (let isChanged = true; isChanged; ) {
    const remaining = leftOut.flatMap((stay) => servePart(work, stay));
    isChanged = countParts(remaining) < countParts(leftOut);
    leftOut = remaining;
  }
  return { tours: tours.map(({ tour }) => tour), leftOut };
}

function countParts(stays: readonly Stay[]): number {
  return stays.reduce((sum, { parts }) => sum + parts.length, 0);
}

/** What stays left out of a stay. Changes the tours. */
function servePart(work: Work, stay: Stay): Stay[] {
  if (!work.hasTime()) return [stay];
  if (serve(work, stay)) return [];
  const parts = stay.parts.filter(
    (part) => stay.parts.length === 1 || !serve(work, { ...stay, parts: [part] }),
  );
  return parts.length === 0 ? [] : [{ ...stay, parts }];
}

function serve(work: Work, stay: Stay): boolean {
  const { prepared, register, tours } = work;
  const load = loadOf(prepared, [stay]);
  const widened = joinOwnVisit(work, stay, load) ?? insertCheapest(work, stay, load);
  if (widened) tours[widened.vehicle] = readTour(prepared, widened, register.keys);
  return widened !== undefined;
}

/** A tour on which a stay at the same place under the same conditions takes more: that needs no more than room. */
function joinOwnVisit({ prepared, register, tours }: Work, stay: Stay, load: number[]): Tour | undefined {
  const key = register.keys[stay.stop]!;
  for (const { tour, loads, stayAt } of tours) {
    const { vehicle, stays } = tour;
    const index = stayAt.get(key);
    if (index === undefined) continue;
    const trip = reloadsOf(stays)?.filter((place) => place <= index).length ?? 0;
    if (!hasRoom(prepared, vehicle, [loads[trip]!, load])) continue;
    const parts = [...stays[index]!.parts, ...stay.parts];
    return { vehicle, stays: stays.with(index, { ...stays[index]!, parts }) };
  }
  return undefined;
}

function hasRoom({ room, cargo }: PreparedPlan, vehicle: number, loads: number[][]): boolean {
  return fits(room, vehicle, addLoads(loads, cargo.materials.length));
}

type Widened = { tour: Tour; addedCost: number };

/** Idle vehicles of one kind are tried once: another would cost the same. */
function insertCheapest({ prepared, register, tours }: Work, stay: Stay, load: number[]): Tour | undefined {
  const { stops, vehicles } = prepared.problem;
  const idleTried = new Set<string>();
  // An optional stop is only put where that costs less than to leave it out.
  const worth = stops.penalty?.[stay.stop] ?? Number.POSITIVE_INFINITY;
  let best: Widened | undefined;
  for (const known of tours) {
    const { vehicle, stays } = known.tour;
    if (stops.isAllowed[stay.stop * vehicles.count + vehicle] === 0) continue;
    const kind = register.kinds[vehicle]!;
    if (stays.length === 0 && idleTried.has(kind)) continue;
    if (stays.length === 0) idleTried.add(kind);
    best = insertCheaper(prepared, known, { stay, load, below: best?.addedCost ?? worth }) ?? best;
  }
  return best?.tour;
}

/** The tour with the stay at its cheapest position, undefined when it breaks a rule at each. */
export function insertInto(prepared: PreparedPlan, tour: Tour, stay: Stay): Widened | undefined {
  const { stops, vehicles } = prepared.problem;
  if (stops.isAllowed[stay.stop * vehicles.count + tour.vehicle] === 0) return undefined;
  return insertCheaper(prepared, readTour(prepared, tour), { stay, load: loadOf(prepared, [stay]) });
}

type Insert = { stay: Stay; load: number[]; below?: number | undefined };

/** The same where it costs less than `below`. The cheapest position is timed first, and no other when it is drivable. */
function insertCheaper(prepared: PreparedPlan, known: KnownTour, insert: Insert): Widened | undefined {
  const { stay, load, below = Number.POSITIVE_INFINITY } = insert;
  const { tour, look, loads } = known;
  const isFull = loads.map((carried) => !hasRoom(prepared, tour.vehicle, [carried, load]));
  const places = isFull.includes(false) ? placesFor(tour, stay).filter(({ trip }) => !isFull[trip]) : [];
  const ranked = places
    .map(({ wider, position }) => {
      const place = { stop: stay.stop, position };
      return { wider, place, addedCost: addedCostOf(look, place) };
    })
    .filter(({ addedCost }) => addedCost < below)
    .sort((a, b) => a.addedCost - b.addedCost || a.place.position - b.place.position);
  for (const { addedCost, wider, place } of ranked) {
    if (findBreach(look, place)) continue;
    const candidate = wider();
    const { violations } = scheduleTour(prepared, candidate);
    if (!isDrivable(prepared, candidate, violations)) continue;
    return openTrip(prepared, known, { ...insert, below: addedCost }) ?? { tour: candidate, addedCost };
  }
  return openTrip(prepared, known, insert);
}

/** The tour with a trip for the stay alone, where the vehicle has one left and that costs less than `below`. */
function openTrip(
  prepared: PreparedPlan,
  { tour }: KnownTour,
  { stay, load, below = Number.POSITIVE_INFINITY }: Insert,
): Widened | undefined {
  if (!hasTripLeft(prepared, tour) || !hasRoom(prepared, tour.vehicle, [load])) return undefined;
  const { cost } = scheduleTour(prepared, tour);
  let best: Widened | undefined;
  for (const candidate of newTripsFor(tour, stay)) {
    const schedule = scheduleTour(prepared, candidate);
    const addedCost = schedule.cost - cost;
    if (addedCost >= (best?.addedCost ?? below)) continue;
    if (isDrivable(prepared, candidate, schedule.violations)) best = { tour: candidate, addedCost };
  }
  return best;
}

/** The search counts stops where drivers count visits, and whole stops where some carry less: both are done anew. */
function isDrivable(prepared: PreparedPlan, tour: Tour, violations: readonly RouteViolation[]): boolean {
  const broken = new Set(violations.map(({ limit }) => limit));
  broken.delete("capacity");
  if (broken.size === 0) return true;
  broken.delete("max_stops");
  broken.delete("position");
  if (broken.size > 0) return false;
  const { visits } = drive(prepared, tour);
  return visits.length <= prepared.problem.vehicles.maxStops[tour.vehicle]! && keepsLocks(prepared, visits);
}
