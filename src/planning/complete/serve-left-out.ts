import { fits } from "../prepare/room.ts";
import { visitKey } from "../prepare/stops.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { RouteViolation } from "../schedule.ts";
import { loadOf } from "./loads.ts";
import { drive, keepsLocks, type Stay, scheduleTour, type Tour } from "./visits.ts";

/** Tours, one for each vehicle, and what is on none of them. */
export type Served = { tours: Tour[]; leftOut: Stay[] };

/**
 * Puts whatever was left out where there is a place for it, the most important first: a stop as a whole, else its
 * shipments one by one, on a visit to their own place or on a new one where it costs least. Goes on until nothing fits.
 */
export function serveLeftOut(prepared: PreparedPlan, used: readonly Tour[], left: readonly Stay[]): Served {
  const byVehicle = new Map(used.map((tour) => [tour.vehicle, tour]));
  const tours = prepared.fleet.map((_, vehicle) => byVehicle.get(vehicle) ?? { vehicle, stays: [] });
  const { priority } = prepared.problem.stops;
  let leftOut = [...left].sort((a, b) => priority[b.stop]! - priority[a.stop]! || a.stop - b.stop);
  for (let isChanged = true; isChanged; ) {
    const remaining = leftOut.flatMap((stay) => servePart(prepared, tours, stay));
    isChanged = countParts(remaining) < countParts(leftOut);
    leftOut = remaining;
  }
  return { tours, leftOut };
}

function countParts(stays: readonly Stay[]): number {
  return stays.reduce((sum, { parts }) => sum + parts.length, 0);
}

/** What stays left out of a stay. Changes the tours. */
function servePart(prepared: PreparedPlan, tours: Tour[], stay: Stay): Stay[] {
  if (serve(prepared, tours, stay)) return [];
  const parts = stay.parts.filter(
    (part) => stay.parts.length === 1 || !serve(prepared, tours, { ...stay, parts: [part] }),
  );
  return parts.length === 0 ? [] : [{ ...stay, parts }];
}

function serve(prepared: PreparedPlan, tours: Tour[], stay: Stay): boolean {
  const widened = joinOwnVisit(prepared, tours, stay) ?? insertCheapest(prepared, tours, stay);
  if (widened) tours[widened.vehicle] = widened;
  return widened !== undefined;
}

/** A tour on which a stay at the same place under the same conditions takes more: that needs no more than room. */
function joinOwnVisit(prepared: PreparedPlan, tours: readonly Tour[], stay: Stay): Tour | undefined {
  const keyOf = ({ stop }: Stay) => visitKey(prepared.stops[stop]!.place, prepared.stops[stop]!.conditions);
  const key = keyOf(stay);
  for (const { vehicle, stays } of tours) {
    const index = stays.findIndex((other) => keyOf(other) === key);
    if (index < 0 || !fits(prepared.room, vehicle, loadOf(prepared, [...stays, stay]))) continue;
    const parts = [...stays[index]!.parts, ...stay.parts];
    return { vehicle, stays: stays.with(index, { ...stays[index]!, parts }) };
  }
  return undefined;
}

type Widened = { tour: Tour; addedCost: number };

function insertCheapest(prepared: PreparedPlan, tours: readonly Tour[], stay: Stay): Tour | undefined {
  let best: Widened | undefined;
  for (const tour of tours) {
    const widened = insertInto(prepared, tour, stay);
    if (widened && (!best || widened.addedCost < best.addedCost)) best = widened;
  }
  return best?.tour;
}

/** The tour with the stay at its cheapest position, undefined when it breaks a rule at each. */
export function insertInto(prepared: PreparedPlan, tour: Tour, stay: Stay): Widened | undefined {
  const { problem, room } = prepared;
  const { vehicle, stays } = tour;
  if (problem.stops.isAllowed[stay.stop * problem.vehicles.count + vehicle] === 0) return undefined;
  if (!fits(room, vehicle, loadOf(prepared, [...stays, stay]))) return undefined;
  const costBefore = scheduleTour(prepared, tour).cost;
  let best: Widened | undefined;
  for (let position = 0; position <= stays.length; position++) {
    const candidate = { vehicle, stays: stays.toSpliced(position, 0, stay) };
    const { cost, violations } = scheduleTour(prepared, candidate);
    const addedCost = cost - costBefore;
    const isCheaper = !best || addedCost < best.addedCost;
    if (isCheaper && isDrivable(prepared, candidate, violations)) best = { tour: candidate, addedCost };
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
