import type { PlanChange } from "../../domain/plan-change.ts";
import type { VehicleRules } from "../../domain/vehicle.ts";
import type { WouldTake } from "../../domain/would-take.ts";
import { instantOf, timeOfDay } from "../prepare/clock.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { mostTripsOf } from "../schedule/visits.ts";
import type { RouteLimit } from "../schedule.ts";
import type { Relaxation } from "./relax.ts";
import { tellWindow } from "./tell-window.ts";

/** What is told of a change, before how the plan is changed by it. */
export type Told = Omit<WouldTake, "costYuan" | "changes"> & {
  /** The changes that make room for the shipments, before they are added; none where no change of a plan does it. */
  before?: PlanChange[];
};

type Place = { vehicle: number; licensePlate: string; amount: number };

/** A limit of a vehicle, or a window, in words and numbers. `ownStop`: the stop of the shipment that comes in. */
export function tellLimit(prepared: PreparedPlan, relaxation: Relaxation, ownStop: number): Told {
  const { limit, vehicle, amount } = relaxation;
  if (limit === "time_window") return tellWindow(prepared, relaxation, ownStop);
  const { licensePlate } = prepared.request.vehicles[vehicle]!;
  const tell = tellers[limit] ?? tellMinutes;
  return tell(prepared, { vehicle, licensePlate, amount });
}

const tellers: Partial<Record<RouteLimit, (prepared: PreparedPlan, place: Place) => Told>> = {
  max_stops: tellStops,
  max_trips: tellTrips,
  max_distance: tellKilometers,
  shift: tellShift,
};

function tellStops(prepared: PreparedPlan, { vehicle, licensePlate, amount }: Place): Told {
  const maxStops = prepared.problem.vehicles.maxStops[vehicle]! + amount;
  const text = `with ${counted(amount, "stop")} more on ${licensePlate}`;
  return {
    change: "more_stops",
    licensePlate,
    stops: amount,
    text,
    ...rule(prepared, vehicle, { maxStops }),
  };
}

function tellTrips(prepared: PreparedPlan, { vehicle, licensePlate, amount }: Place): Told {
  const maxTrips = mostTripsOf(prepared.problem, vehicle) + amount;
  const text = `with ${counted(amount, "trip")} more of ${licensePlate}`;
  return {
    change: "more_trips",
    licensePlate,
    trips: amount,
    text,
    ...rule(prepared, vehicle, { maxTrips }),
  };
}

function tellKilometers(prepared: PreparedPlan, { vehicle, licensePlate, amount }: Place): Told {
  const maxKilometers = (prepared.terms[vehicle]!.maxMeters + amount) / 1000;
  const kilometers = amount / 1000;
  return {
    change: "more_kilometers",
    licensePlate,
    kilometers,
    text: `with ${kilometers.toFixed(1)} km more on ${licensePlate}`,
    ...rule(prepared, vehicle, { maxKilometers }),
  };
}

function tellShift(prepared: PreparedPlan, { vehicle, licensePlate, amount }: Place): Told {
  const { clock, problem } = prepared;
  const end = problem.vehicles.shiftEnd[vehicle]! + amount;
  const until = instantOf(clock, end);
  return {
    change: "later_shift",
    licensePlate,
    minutes: Math.round(amount / 60),
    until,
    text: `if the shift of ${licensePlate} ended at ${timeOfDay(clock, end)}`,
    ...rule(prepared, vehicle, { shiftEnd: until }),
  };
}

function tellMinutes(prepared: PreparedPlan, { vehicle, licensePlate, amount }: Place): Told {
  const minutes = Math.round(amount / 60);
  const maxMinutes = Math.ceil((prepared.terms[vehicle]!.maxSeconds + amount) / 60);
  return {
    change: "more_minutes",
    licensePlate,
    minutes,
    text: `with ${counted(minutes, "minute")} more of route on ${licensePlate}`,
    ...rule(prepared, vehicle, { maxMinutes }),
  };
}

/** The change of the vehicle's rules; where what the plan says of all vehicles holds it back, that. */
function rule(
  { request }: PreparedPlan,
  vehicle: number,
  rules: VehicleRules,
): Pick<Told, "before" | "planLoadArguments"> {
  const { maxStops = 0, maxMinutes = 0 } = rules;
  const { maxStopsPerRoute = unlimited, maxRouteMinutes = unlimited } = request.options;
  if (maxStops > maxStopsPerRoute) return { planLoadArguments: { maxStopsPerRoute: maxStops } };
  if (maxMinutes > maxRouteMinutes) return { planLoadArguments: { maxRouteMinutes: maxMinutes } };
  const { licensePlate } = request.vehicles[vehicle]!;
  return { before: [{ op: "set_vehicle", licensePlate, rules }] };
}

const unlimited = Number.POSITIVE_INFINITY;

/** "1 trip", "2 trips". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
