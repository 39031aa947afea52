import { findBreach, lookAt } from "../explain/route-look.ts";
import { addLoads } from "../prepare/cargo.ts";
import { fits, sumOfFills } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { mostTripsOf } from "../schedule/visits.ts";
import type { RouteLimit, RouteViolation } from "../schedule.ts";
import { numberKinds } from "../vehicle-kinds.ts";
import type { LeftOut } from "./obstacles.ts";
import { hasRelaxedRoom, type Relaxation, relax } from "./relax.ts";
import { roundUp } from "./relaxation-words.ts";
import { newTripsFor } from "./trips.ts";
import { drive, keepsLocks, type Stay, scheduleTour, type Tour } from "./visits.ts";

/** A tour with a shipment put in at one place: what that breaks. */
type Trial = { tour: Tour; stay: Stay };

/** Limits that one number could be relaxed of, and by what a number is divided so that limits can be compared. */
const weights: Partial<Record<RouteLimit, number>> = {
  max_stops: 10,
  max_duration: 8 * 3600,
  shift: 8 * 3600,
  time_window: 4 * 3600,
  max_distance: 200_000,
};

/** A trip more is a large change beside some minutes or rolls. */
const sizeOfTrip = 0.5;

/**
 * The changes of one number each that would admit the shipment where it is left out, the smallest of each kind, at
 * most `most` of them, the mildest first. Each was tried: with it the shipment fits onto the named vehicle's route,
 * and no smaller one of its kind is enough on any.
 */
export function findRelaxations(
  prepared: PreparedPlan,
  leftOut: LeftOut,
  { most, hasTime }: { most: number; hasTime: () => boolean },
): Relaxation[] {
  const best = new Map<string, Relaxation>();
  const kinds = numberKinds(prepared.problem);
  const idleSeen = new Set<string>();
  for (const [vehicle, { stays }] of leftOut.carried.entries()) {
    if (!hasTime()) break;
    if (!mayRide(prepared, leftOut.stop, vehicle)) continue;
    const trip = oneMoreTrip(prepared, leftOut, vehicle);
    if (trip && !best.has(trip.limit)) best.set(trip.limit, trip);
    // What more trips of a vehicle would do depends on the rest of its day: of that its obstacle tells.
    if (mostTripsOf(prepared.problem, vehicle) > 1) continue;
    const kind = `${kinds[vehicle]} ${prepared.room.capacity[vehicle]!.join(" ")}`;
    if (stays.length === 0 && idleSeen.has(kind)) continue;
    if (stays.length === 0) idleSeen.add(kind);
    for (const found of relaxationsOn(prepared, leftOut, { vehicle, stays: [...stays] })) {
      const known = best.get(found.limit);
      if (!known || found.size < known.size) best.set(found.limit, found);
    }
  }
  const mildest = [...best.values()].map((one) => roundUp(one, prepared)).sort((a, b) => a.size - b.size);
  return mildest.filter((one) => admits(prepared, leftOut, one)).slice(0, most);
}

/** Whether the shipment fits onto the relaxation's vehicle once that holds. */
export function admits(
  prepared: PreparedPlan,
  { stop, part, carried }: LeftOut,
  relaxation: Relaxation,
): boolean {
  const relaxed = relax(prepared, relaxation);
  const { vehicle } = relaxation;
  const { stays, load } = carried[vehicle]!;
  const stay: Stay = { stop, parts: [part] };
  if (relaxation.limit === "max_trips") {
    const tours = newTripsFor({ vehicle, stays: [...stays] }, stay);
    return (
      fits(relaxed.room, vehicle, part.load) &&
      tours.some((tour) => findFaults(relaxed, { tour, stay }).length === 0)
    );
  }
  if (!hasRelaxedRoom(relaxed, relaxation, addLoads([load, part.load], load.length))) return false;
  return Array.from({ length: stays.length + 1 }, (_, position) => position).some((position) => {
    const tour = { vehicle, stays: stays.toSpliced(position, 0, stay) };
    return findFaults(relaxed, { tour, stay }).length === 0;
  });
}

/** A trip more than the vehicle may drive, for the shipment alone. */
function oneMoreTrip(prepared: PreparedPlan, leftOut: LeftOut, vehicle: number): Relaxation | undefined {
  const { stays } = leftOut.carried[vehicle]!;
  if (stays.length === 0 || prepared.problem.vehicles.startLocation[vehicle]! < 0) return undefined;
  const relaxation: Relaxation = { vehicle, limit: "max_trips", amount: 1, size: sizeOfTrip };
  return admits(prepared, leftOut, relaxation) ? relaxation : undefined;
}

function mayRide({ problem }: PreparedPlan, stop: number, vehicle: number): boolean {
  return problem.stops.isAllowed[stop * problem.vehicles.count + vehicle] === 1;
}

/** What one vehicle's route would take the shipment for: more room, or the least of each other limit. */
function relaxationsOn(prepared: PreparedPlan, { stop, part, carried }: LeftOut, tour: Tour): Relaxation[] {
  const { vehicle, stays } = tour;
  const room = lackOfRoom(prepared, vehicle, addLoads([carried[vehicle]!.load, part.load], part.load.length));
  if (room === "several") return [];
  const stay: Stay = { stop, parts: [part] };
  const look = lookAt(prepared.problem, { vehicle, stops: stays.map((one) => one.stop) });
  const least = new Map<RouteLimit, Relaxation>();
  for (let position = 0; position <= stays.length; position++) {
    const breach = findBreach(look, { stop, position });
    const known = breach && least.get(breach.limit);
    if (breach && (room || (known && known.amount < breach.over))) continue;
    const trial = { tour: { vehicle, stays: stays.toSpliced(position, 0, stay) }, stay };
    const [fault, second] = findFaults(prepared, trial);
    if (!fault && room) return [room];
    if (!fault || second || room) continue;
    const relaxation = toRelaxation(vehicle, fault);
    const other = relaxation && least.get(fault.limit);
    // Of two windows that would do, its own is the one to ask about.
    const isOwn = other?.amount === relaxation?.amount && fault.stop === stop;
    if (relaxation && (!other || relaxation.amount < other.amount || isOwn)) {
      least.set(fault.limit, relaxation);
    }
  }
  return [...least.values()];
}

/** What the tour breaks beside room: drivers count visits where the search counts stops. */
function findFaults(prepared: PreparedPlan, { tour }: Trial): RouteViolation[] {
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

function toRelaxation(vehicle: number, { limit, over, stop }: RouteViolation): Relaxation | undefined {
  const weight = weights[limit];
  if (weight === undefined || over >= Number.MAX_SAFE_INTEGER) return undefined;
  return { vehicle, limit, amount: over, size: over / weight, ...(stop !== undefined && { stop }) };
}

/** The one material of which the vehicle lacks room for a load, if it is one; several can't be had by one number. */
function lackOfRoom(
  { room }: PreparedPlan,
  vehicle: number,
  load: readonly number[],
): Relaxation | "several" | undefined {
  const capacity = room.capacity[vehicle]!;
  const lacking = load.flatMap((quantity, material) => (quantity > capacity[material]! ? [material] : []));
  if (lacking.length > 1) return "several";
  const [material] = lacking;
  if (material !== undefined) {
    const amount = load[material]! - capacity[material]!;
    if (room.model === "shared" || capacity[material] === 0) return "several";
    return { vehicle, limit: "capacity", amount, size: amount / capacity[material]!, material };
  }
  if (fits(room, vehicle, load)) return undefined;
  const amount = sumOfFills(load, capacity) - 1;
  return { vehicle, limit: "capacity", amount, size: amount };
}
