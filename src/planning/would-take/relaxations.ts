import type { LeftOut } from "../complete/obstacles.ts";
import { newTripsFor } from "../complete/trips.ts";
import { type Stay, scheduleTour, type Tour } from "../complete/visits.ts";
import type { Load } from "../prepare/cargo.ts";
import { fits, sumOfFills } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { RouteLimit, RouteViolation } from "../schedule.ts";
import { numberKinds } from "../vehicle-kinds.ts";
import { hasRelaxedRoom, type Relaxation, relax } from "./relax.ts";
import { roundUp } from "./round-up.ts";
import { sizeOf, sizeOfRoom } from "./sizes.ts";
import { findFaults, type Trial, trialsOf } from "./trials.ts";

/** A shipment that is on no route, and what the vehicles carry: those of the plan, by index. */
export type Wanted = Pick<LeftOut, "stop" | "part" | "carried">;

/** A relaxation that was tried, with the tour that it leads to. */
export type Relaxed = { relaxation: Relaxation; tour: Tour };

/**
 * The changes of one limit each that would admit the shipment where it is left out, the smallest of each kind, the
 * mildest first. Each was tried: with it the shipment fits onto the named vehicle's route, and no smaller one of its
 * kind is enough on any.
 */
export function findRelaxations(
  prepared: PreparedPlan,
  wanted: Wanted,
  hasTime: () => boolean = () => true,
): Relaxed[] {
  const best = new Map<RouteLimit, Relaxation>();
  const kinds = numberKinds(prepared.problem);
  const idleSeen = new Set<string>();
  for (const [vehicle, { stays }] of wanted.carried.entries()) {
    if (!hasTime()) break;
    if (!mayRide(prepared, wanted.stop, vehicle)) continue;
    const kind = `${kinds[vehicle]} ${prepared.room.capacity[vehicle]!.join(" ")}`;
    if (stays.length === 0 && idleSeen.has(kind)) continue;
    if (stays.length === 0) idleSeen.add(kind);
    for (const found of relaxationsOn(prepared, wanted, vehicle)) {
      const known = best.get(found.limit);
      if (!known || found.size < known.size) best.set(found.limit, found);
    }
  }
  const trip = oneMoreTrip(prepared, wanted, hasTime);
  const mildest = [...best.values()].map((one) => roundUp(one, prepared)).sort((a, b) => a.size - b.size);
  const admitted = mildest.flatMap((relaxation) => {
    const tour = admit(prepared, wanted, relaxation);
    return tour ? [{ relaxation, tour }] : [];
  });
  return [...admitted, ...trip].sort((a, b) => a.relaxation.size - b.relaxation.size);
}

/** The cheapest tour of the relaxation's vehicle that takes the shipment once that holds; undefined where none does. */
export function admit(
  prepared: PreparedPlan,
  { stop, part, carried }: Wanted,
  relaxation: Relaxation,
): Tour | undefined {
  const relaxed = relax(prepared, relaxation);
  const { vehicle } = relaxation;
  const stay: Stay = { stop, parts: [part] };
  const tour: Tour = { vehicle, stays: [...carried[vehicle]!.stays] };
  const tours = trialsOf(relaxed, tour, stay)
    .filter(({ load, breach }) => !breach && hasRelaxedRoom(relaxed, relaxation, load))
    .map(({ wider }) => wider())
    .filter((candidate) => findFaults(relaxed, candidate).length === 0);
  return cheapest(relaxed, tours);
}

function cheapest(prepared: PreparedPlan, tours: readonly Tour[]): Tour | undefined {
  const costs = tours.map((tour) => scheduleTour(prepared, tour).cost);
  return tours[costs.indexOf(Math.min(...costs))];
}

/** A trip more than a vehicle may drive, for the shipment alone: of the vehicles that could, the one to which it costs least. */
function oneMoreTrip(prepared: PreparedPlan, wanted: Wanted, hasTime: () => boolean): Relaxed[] {
  const { stop, part, carried } = wanted;
  let best: (Relaxed & { added: number }) | undefined;
  for (const [vehicle, { stays }] of carried.entries()) {
    if (!hasTime()) break;
    if (stays.length === 0 || !mayRide(prepared, stop, vehicle)) continue;
    if (!fits(prepared.room, vehicle, part.load)) continue;
    const relaxation: Relaxation = { vehicle, limit: "max_trips", amount: 1, size: sizeOf.max_trips! };
    const relaxed = relax(prepared, relaxation);
    const { cost } = scheduleTour(prepared, { vehicle, stays: [...stays] });
    // Of two that cost the same the later one: it is asked for in the evening, not in the morning.
    const tours = newTripsFor({ vehicle, stays: [...stays] }, { stop, parts: [part] }).toReversed();
    for (const tour of tours) {
      const added = scheduleTour(relaxed, tour).cost - cost;
      if (added >= (best?.added ?? Number.POSITIVE_INFINITY)) continue;
      if (findFaults(relaxed, tour).length === 0) best = { relaxation, tour, added };
    }
  }
  return best ? [{ relaxation: best.relaxation, tour: best.tour }] : [];
}

function mayRide({ problem }: PreparedPlan, stop: number, vehicle: number): boolean {
  return problem.stops.isAllowed[stop * problem.vehicles.count + vehicle] === 1;
}

/** What one vehicle's route would take the shipment for: more room, or the least of each other limit. */
function relaxationsOn(
  prepared: PreparedPlan,
  { stop, part, carried }: Wanted,
  vehicle: number,
): Relaxation[] {
  const least = new Map<RouteLimit, Relaxation>();
  const tour: Tour = { vehicle, stays: [...carried[vehicle]!.stays] };
  const trials = trialsOf(prepared, tour, { stop, parts: [part] });
  // The mildest first: what is sure to be worse need not be timed.
  const overOf = ({ breach }: Trial) => breach?.over ?? 0;
  for (const trial of trials.sort((a, b) => overOf(a) - overOf(b))) {
    const { breach } = trial;
    const room = lackOfRoom(prepared, vehicle, trial.load);
    const known = least.get(room ? "capacity" : (breach?.limit ?? "capacity"));
    // Room and another limit are two changes.
    if (room && (breach || (known && known.size <= room.size))) continue;
    if (breach && known && known.amount < breach.over) continue;
    const [fault, second] = findFaults(prepared, trial.wider());
    if (room && !fault) least.set("capacity", room);
    if (room || !fault || second) continue;
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

/** Limits that a number could be relaxed of; a trip more is looked at apart. */
const relaxed = new Set<RouteLimit>(["max_duration", "shift", "time_window", "max_distance", "max_stops"]);

function toRelaxation(vehicle: number, { limit, over, stop }: RouteViolation): Relaxation | undefined {
  if (!relaxed.has(limit) || over >= Number.MAX_SAFE_INTEGER) return undefined;
  return {
    vehicle,
    limit,
    amount: over,
    size: over * sizeOf[limit]!,
    ...(stop !== undefined && { stop }),
  };
}

/** The room that the vehicle lacks for a load of one trip, undefined where it lacks none. */
function lackOfRoom({ room }: PreparedPlan, vehicle: number, load: Load): Relaxation | undefined {
  if (fits(room, vehicle, load)) return undefined;
  const capacity = room.capacity[vehicle]!;
  const ofRoom = (amount: number): Relaxation => ({
    vehicle,
    limit: "capacity",
    amount,
    size: sizeOfRoom(amount),
  });
  if (room.model === "shared") return ofRoom(sumOfFills(load, capacity) - 1);
  const lacks = load.map((quantity, material) => Math.max(0, quantity - capacity[material]!));
  return {
    ...ofRoom(Math.max(...lacks.map((lack, index) => (lack === 0 ? 0 : lack / capacity[index]!)))),
    lacks,
  };
}
