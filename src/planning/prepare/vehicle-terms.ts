import { Failure } from "../../domain/failure.ts";
import type { PlanOptions } from "../../domain/plan.ts";
import type { Vehicle, VehiclePause } from "../../domain/vehicle.ts";
import type { VehicleBreak } from "../problem.ts";
import type { PlanClock } from "./clock.ts";
import { firstAfter, lastBefore, onPlanDay } from "./day-times.ts";

/** When and how far a vehicle may drive, in the search's units; Infinity where nothing limits it. */
export type VehicleTerms = {
  /** Seconds from the plan's start, not negative. */
  shiftStart: number;
  shiftEnd: number;
  breaks: VehicleBreak[];
  maxMeters: number;
  maxSeconds: number;
  maxStops: number;
  mostTrips: number;
  reloadSeconds: number;
  /** Whether it drives on from its last stop. */
  isClosed: boolean;
};

const none = Number.POSITIVE_INFINITY;

/** What holds for one vehicle: its own rules and those of the whole plan, the tighter of two limits. */
export function readVehicleTerms(vehicle: Vehicle, options: PlanOptions, clock: PlanClock): VehicleTerms {
  const shift = readShift(vehicle, clock);
  const { maxKilometers = none, maxMinutes = none, maxStops = none } = vehicle;
  return {
    shiftStart: Math.max(0, shift.start),
    shiftEnd: shift.end,
    breaks: readBreaks(vehicle, shift, clock),
    maxMeters: Math.round(maxKilometers * 1000),
    maxSeconds: Math.round(Math.min(maxMinutes, options.maxRouteMinutes ?? none) * 60),
    maxStops: Math.min(maxStops, options.maxStopsPerRoute ?? none),
    mostTrips: vehicle.maxTrips ?? 1,
    reloadSeconds: Math.round((vehicle.reloadMinutes ?? 0) * 60),
    isClosed: vehicle.end !== undefined || (vehicle.returnsToStart ?? options.returnToDepot),
  };
}

type Shift = { start: number; end: number };

/** A shift that begins at a time of day is that of the plan's day, and goes on into the next one where it must. */
function readShift({ shiftStart, shiftEnd, licensePlate }: Vehicle, clock: PlanClock): Shift {
  const start = shiftStart === undefined ? 0 : onPlanDay(clock, shiftStart, "vehicle_rules.shift_start");
  const end =
    shiftEnd === undefined
      ? none
      : firstAfter(clock, shiftEnd, { bound: start, field: "vehicle_rules.shift_end" });
  const isBackwards = shiftStart !== undefined && end <= start;
  if (isBackwards) refuse("shift_end", `ends the shift of ${licensePlate} before it starts`);
  return { start, end };
}

/**
 * A break that is over when the vehicle may leave, or not yet open when its shift ends, is none of this plan's. At a
 * time of day it is the first one that ends after the shift begins.
 */
function readBreaks({ breaks = [], licensePlate }: Vehicle, shift: Shift, clock: PlanClock): VehicleBreak[] {
  const read = breaks.map(({ from, until, minutes }: VehiclePause) => {
    const durationSeconds = Math.round(minutes * 60);
    const end = firstAfter(clock, until, { bound: shift.start, field: "vehicle_rules.breaks.until" });
    const start = lastBefore(clock, from, { bound: end, field: "vehicle_rules.breaks.from" });
    if (start + durationSeconds > end) {
      refuse(
        "breaks",
        `give ${licensePlate} a break that is longer than the time from ${from} until ${until}`,
      );
    }
    return { start, latest: end - durationSeconds, durationSeconds };
  });
  return read
    .filter(({ start, latest }) => latest >= Math.max(0, shift.start) && start < shift.end)
    .sort((a, b) => a.start - b.start || a.latest - b.latest)
    .map(({ start, latest, durationSeconds }) => ({
      windows: [[Math.max(0, start), latest]],
      durationSeconds,
      isOnlyWhenOut: true,
    }));
}

function refuse(name: string, fault: string): never {
  const field = `vehicle_rules.${name}`;
  throw new Failure("invalid_input", `${field} ${fault}.`, {
    hint: "Give times as HH:MM on the day of start_at, or ISO 8601 with an offset.",
    fields: [field],
  });
}
