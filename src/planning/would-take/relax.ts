import type { Load } from "../prepare/cargo.ts";
import { fits, sumOfFills } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { Problem, VehicleTable } from "../problem.ts";
import { mostTripsOf } from "../schedule/visits.ts";
import type { RouteLimit } from "../schedule.ts";

/** One limit that is changed so that a shipment fits: one of a vehicle, or the end of a stop's time window. */
export type Relaxation = {
  vehicle: number;
  limit: RouteLimit;
  /** By how much: seconds, meters, stops, trips; of room the part of it. */
  amount: number;
  /** How large the change is beside others, in minutes of a longer route. */
  size: number;
  /** With limit "capacity" where each material has its own room: how much more of each, [material]. */
  lacks?: number[];
  /** With limit "time_window": the stop whose last window ends later. */
  stop?: number;
};

const columnOf: Partial<
  Record<RouteLimit, "maxStops" | "maxDurationSeconds" | "shiftEnd" | "maxDistanceMeters">
> = {
  max_stops: "maxStops",
  max_duration: "maxDurationSeconds",
  shift: "shiftEnd",
  max_distance: "maxDistanceMeters",
};

/** The plan's problem with that one limit changed. */
export function relax(prepared: PreparedPlan, relaxation: Relaxation): PreparedPlan {
  const { limit, vehicle, amount } = relaxation;
  if (limit === "capacity") return { ...prepared, room: relaxRoom(prepared, relaxation) };
  const { problem } = prepared;
  if (limit === "time_window") return { ...prepared, problem: endLater(problem, relaxation) };
  if (limit === "max_trips") {
    const trips = Int32Array.from({ length: problem.vehicles.count }, (_, one) => mostTripsOf(problem, one));
    const mostTrips = trips.with(vehicle, trips[vehicle]! + amount);
    // Where no vehicle loads again, the table does not say how long it would take.
    const reloadSeconds = Float64Array.from(prepared.terms, (term) => term.reloadSeconds);
    return {
      ...prepared,
      problem: { ...problem, vehicles: { ...problem.vehicles, mostTrips, reloadSeconds } },
    };
  }
  const name = columnOf[limit];
  if (!name) return prepared;
  const vehicles: VehicleTable = {
    ...problem.vehicles,
    [name]: problem.vehicles[name].with(vehicle, problem.vehicles[name][vehicle]! + amount),
  };
  return { ...prepared, problem: { ...problem, vehicles } };
}

/** Whether the vehicle has room for a load once the relaxation holds. */
export function hasRelaxedRoom({ room }: PreparedPlan, relaxation: Relaxation, load: Load): boolean {
  const { limit, vehicle, lacks, amount } = relaxation;
  if (limit !== "capacity" || lacks) return fits(room, vehicle, load);
  // Sums of fractions may be off in their last digits.
  return sumOfFills(load, room.capacity[vehicle]!) <= 1 + amount + 1e-9;
}

function relaxRoom({ room }: PreparedPlan, { vehicle, lacks }: Relaxation): PreparedPlan["room"] {
  const wider = room.capacity[vehicle]!.map((most, material) => most + (lacks?.[material] ?? 0));
  return { ...room, capacity: room.capacity.with(vehicle, wider) };
}

/** The search's table and the stop's conditions say the same. */
function endLater({ stops, ...problem }: Problem, { stop = 0, amount }: Relaxation): Problem {
  const last = stops.windowOffset[stop + 1]! - 1;
  return {
    ...problem,
    stops: { ...stops, windowEnd: stops.windowEnd.with(last, stops.windowEnd[last]! + amount) },
  };
}
