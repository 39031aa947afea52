import type { PlanChange } from "../../domain/plan-change.ts";
import type { VehicleRules } from "../../domain/vehicle.ts";
import type { WouldTake } from "../../domain/would-take.ts";
import { instantOf, timeOfDay } from "../prepare/clock.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { mostTripsOf } from "../schedule/visits.ts";
import type { Relaxation } from "./relax.ts";
import { tellWindow } from "./tell-window.ts";

/** What is told of a change, before how the plan is changed by it. */
export type Told = Omit<WouldTake, "costYuan" | "changes"> & {
  /** The changes that make room for the shipments, before they are added; none where no change of a plan does it. */
  before?: PlanChange[];
};

/** A limit of a vehicle, or a window, in words and numbers. `ownStop`: the stop of the shipment that comes in. */
export function tellLimit(prepared: PreparedPlan, relaxation: Relaxation, ownStop: number): Told {
  const { problem, clock, terms, request } = prepared;
  const { limit, vehicle, amount } = relaxation;
  const { licensePlate } = request.vehicles[vehicle]!;
  const minutes = Math.round(amount / 60);
  switch (limit) {
    case "max_stops": {
      const most = problem.vehicles.maxStops[vehicle]! + amount;
      const text = `with ${counted(amount, "stop")} more on ${licensePlate}`;
      return {
        change: "more_stops",
        licensePlate,
        stops: amount,
        text,
        ...rule(prepared, vehicle, { maxStops: most }),
      };
    }
    case "max_trips": {
      const most = mostTripsOf(problem, vehicle) + amount;
      const text = `with ${counted(amount, "trip")} more of ${licensePlate}`;
      return {
        change: "more_trips",
        licensePlate,
        trips: amount,
        text,
        ...rule(prepared, vehicle, { maxTrips: most }),
      };
    }
    case "max_distance": {
      const most = (terms[vehicle]!.maxMeters + amount) / 1000;
      const kilometers = amount / 1000;
      const text = `with ${kilometers.toFixed(1)} km more on ${licensePlate}`;
      return {
        change: "more_kilometers",
        licensePlate,
        kilometers,
        text,
        ...rule(prepared, vehicle, { maxKilometers: most }),
      };
    }
    case "shift": {
      const end = problem.vehicles.shiftEnd[vehicle]! + amount;
      const until = instantOf(clock, end);
      const text = `if the shift of ${licensePlate} ended at ${timeOfDay(clock, end)}`;
      return {
        change: "later_shift",
        licensePlate,
        minutes,
        until,
        text,
        ...rule(prepared, vehicle, { shiftEnd: until }),
      };
    }
    case "time_window":
      return tellWindow(prepared, relaxation, ownStop);
    default: {
      const most = Math.round((terms[vehicle]!.maxSeconds + amount) / 60);
      const text = `with ${counted(minutes, "minute")} more of route on ${licensePlate}`;
      return {
        change: "more_minutes",
        licensePlate,
        minutes,
        text,
        ...rule(prepared, vehicle, { maxMinutes: most }),
      };
    }
  }
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
