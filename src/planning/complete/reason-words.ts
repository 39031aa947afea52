import type { UnassignedReason } from "../../domain/plan.ts";
import type { VehicleObstacle } from "../explain.ts";
import type { Load } from "../prepare/cargo.ts";
import { timeOfDay } from "../prepare/clock.ts";
import { describeFraction, describeLoad, describeRoomFor, joinWords } from "../prepare/load-words.ts";
import { yuanText } from "../prepare/money.ts";
import { sumOfFills } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { scheduleRoute } from "../schedule.ts";
import type { LeftOut } from "./obstacles.ts";

/** "Shipment 17". */
export function describeSubject({ consignments }: PreparedPlan, { part }: LeftOut): string {
  return `Shipment ${consignments[part.consignment]!.shipment.id}`;
}

/** What the vehicles with one kind of obstacle have in common, after "Shipment 17 ". */
export function describeObstacles(
  prepared: PreparedPlan,
  leftOut: LeftOut,
  obstacles: readonly VehicleObstacle[],
): string {
  const onTrips = obstacles.filter(({ limit }) => limit === "max_trips");
  const mildest = onTrips.length > 0 ? onTrips : obstacles;
  const nearest = mildest.reduce((least, next) => (next.over < least.over ? next : least));
  switch (nearest.limit) {
    case "max_trips":
      return `finds no room, but ${prepared.fleet[nearest.vehicle]!.licensePlate} could bring it on one trip more than its ${prepared.fleet[nearest.vehicle]!.mostTrips}`;
    case "capacity":
      return describeFull(prepared, leftOut, obstacles);
    case "max_stops":
      return `finds no room: every vehicle that could take it is at the limit of stops, ${prepared.terms[nearest.vehicle]!.maxStops} a route`;
    case "time_window":
      return describeLate(prepared, leftOut, nearest);
    case "shift":
      if (Number.isFinite(prepared.terms[nearest.vehicle]!.shiftEnd)) return describeShift(prepared, nearest);
      return "can't be where it is locked to: stops without a position are the last of a route";
    case "position":
      return describeMisplaced(prepared.stops[leftOut.stop]!.conditions.position);
    case "not_allowed":
      return "is locked to a vehicle that can't take it";
    case "conflict":
      return "carries what must not ride with anything that is on a vehicle with room for it";
    case "apart":
      return "rides with no shipment of its group (different_vehicles), and every vehicle with room has one";
    case "together":
      return describeGroup(prepared, leftOut);
    case "break":
      return `leaves ${prepared.fleet[nearest.vehicle]!.licensePlate}, the nearest, no time for its break, by ${minutesOf(nearest.over)}`;
    case "max_distance":
      return describeFar(prepared, nearest);
    case "penalty":
      return `costs ${yuanText(nearest.over)} yuan more than its penalty, to serve it on ${prepared.fleet[nearest.vehicle]!.licensePlate}, the nearest`;
    default:
      return describeLong(prepared, leftOut, nearest);
  }
}

function describeShift({ terms, fleet, clock }: PreparedPlan, { vehicle, over }: VehicleObstacle): string {
  const ends = timeOfDay(clock, terms[vehicle]!.shiftEnd);
  return `fits into no shift: that of ${fleet[vehicle]!.licensePlate}, the nearest, ends at ${ends}, ${minutesOf(over)} too early`;
}

function describeFar({ terms, fleet }: PreparedPlan, { vehicle, over }: VehicleObstacle): string {
  const most = (terms[vehicle]!.maxMeters / 1000).toFixed(1);
  return `is too far: ${fleet[vehicle]!.licensePlate}, the nearest, may drive ${most} km and would drive ${(over / 1000).toFixed(1)} km more`;
}

/** A group is served whole or not at all. */
function describeGroup({ stops, consignments }: PreparedPlan, { stop, part }: LeftOut): string {
  const group = stops[stop]!.conditions.together;
  const others = consignments.flatMap(({ shipment, conditions }, index) =>
    conditions.together === group && index !== part.consignment ? [String(shipment.id)] : [],
  );
  const shown = others.length > 5 ? [...others.slice(0, 5), `${others.length - 5} more`] : others;
  return `rides with ${joinWords(shown)} or not at all (same_vehicle), and no vehicle has a place for all`;
}

function describeMisplaced(position: number): string {
  if (position > 0) return `can't be stop ${position} of any route it may be on`;
  return "would push another stop from the position that it is locked to";
}

/** What is told where the time was too short to try a shipment on every vehicle, after "Shipment 17 ". */
export function describeUnexamined({ fleet }: PreparedPlan, { explanation }: LeftOut): string {
  const { length } = explanation.unexamined;
  const vehicles = `${length} of ${fleet.length} vehicles ${length === 1 ? "was" : "were"} not examined`;
  return `was left out, and the time was too short to find out why: ${vehicles}; allow more time`;
}

/** "2 vehicles more would be overfull". */
export function describeOthers(reason: UnassignedReason, count: number): string {
  const vehicles = count === 1 ? "1 vehicle more" : `${count} vehicles more`;
  if (reason === "fleet_full") return `${vehicles} would be overfull`;
  if (reason === "stop_limit") return `${vehicles} would pass the limit of stops`;
  if (reason === "time_window") return `${vehicles} would miss a time window`;
  if (reason === "rules_conflict") return `${vehicles} would break a rule on what rides together`;
  if (reason === "not_worth_it") return `${vehicles} would cost more than its penalty`;
  if (reason === "route_time") return `${vehicles} would take too long`;
  return `${vehicles} would break its shift or what was agreed`;
}

/** Names the vehicle with the most room left for this load, and what it lacks. */
function describeFull(
  prepared: PreparedPlan,
  { stop, part, carried: carriedOf }: LeftOut,
  obstacles: readonly VehicleObstacle[],
): string {
  const { room, cargo, fleet, stops } = prepared;
  const { load } = part;
  const tries = obstacles.map(({ vehicle }) => {
    const carried = carriedOf[vehicle]!.load;
    return { vehicle, carried, lack: lackOf(prepared, { vehicle, load, carried }) };
  });
  const best = tries.reduce((least, next) => (next.lack < least.lack ? next : least));
  const capacity = room.capacity[best.vehicle]!;
  const isPinned = stops[stop]!.conditions.vehicle >= 0;
  const which = `${fleet[best.vehicle]!.licensePlate}, ${isPinned ? "to which it is locked" : "with the most room left"},`;
  const needs = `needs ${describeLoad(load, cargo)}`;
  if (room.model === "shared") {
    const left = describeFraction(1 - sumOfFills(best.carried, capacity));
    return `${needs}; ${which} has ${left} of its room, and it takes ${describeFraction(sumOfFills(load, capacity))}`;
  }
  const free = capacity.map((most, material) => most - best.carried[material]!);
  const missing = load.map((quantity, material) => Math.max(0, quantity - free[material]!));
  return `${needs}; ${which} has ${describeRoomFor(load, free, cargo)}: ${describeLoad(missing, cargo)} too little`;
}

/** How much of its room a vehicle lacks for a load: the largest fraction of one material, or the sum where they share. */
function lackOf(
  { room }: PreparedPlan,
  { vehicle, load, carried }: { vehicle: number; load: Load; carried: Load },
): number {
  const capacity = room.capacity[vehicle]!;
  if (room.model === "shared") return sumOfFills(load, capacity) + sumOfFills(carried, capacity);
  const lacks = load.map((quantity, material) => {
    const over = carried[material]! + quantity - capacity[material]!;
    return quantity === 0 ? 0 : over / capacity[material]!;
  });
  return Math.max(...lacks);
}

function describeLate(
  prepared: PreparedPlan,
  leftOut: LeftOut,
  { vehicle, scope, over }: VehicleObstacle,
): string {
  const { clock, fleet } = prepared;
  const plate = fleet[vehicle]!.licensePlate;
  if (scope === "route")
    return `fits no route without missing a time window; on ${plate}, the nearest, by ${minutesOf(over)}`;
  const { serviceStartSeconds } = scheduleRoute(prepared.problem, { vehicle, stops: [leftOut.stop] });
  const latest = prepared.stops[leftOut.stop]!.conditions.windows.at(-1)!.end;
  const arrival = serviceStartSeconds[0]!;
  return `must be reached by ${timeOfDay(clock, latest)}; the earliest arrival is ${timeOfDay(clock, arrival)}, ${minutesOf(arrival - latest)} late`;
}

function describeLong(
  prepared: PreparedPlan,
  leftOut: LeftOut,
  { vehicle, scope, over }: VehicleObstacle,
): string {
  const { fleet, request, terms } = prepared;
  const most = Math.floor(terms[vehicle]!.maxSeconds / 60);
  const limit = `${isForAll(request) ? "a route" : fleet[vehicle]!.licensePlate} may take ${most} minutes`;
  if (scope === "route") {
    return `makes every route too long: ${limit}, and ${fleet[vehicle]!.licensePlate}, the nearest, would take ${minutesOf(over)} more`;
  }
  const { durationSeconds } = scheduleRoute(prepared.problem, { vehicle, stops: [leftOut.stop] });
  return `alone takes a vehicle ${minutesOf(durationSeconds)}; ${limit}`;
}

/** Whether the longest route is that of the whole plan. */
function isForAll({ vehicles }: PreparedPlan["request"]): boolean {
  return vehicles.every(({ maxMinutes }) => maxMinutes === undefined);
}

/** Rounded up, so that no fault reads as zero. */
function minutesOf(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
