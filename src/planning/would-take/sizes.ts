import type { RouteLimit } from "../schedule.ts";

/**
 * How large a change is beside others, in minutes of a longer route: what a dispatcher decides alone before what he has
 * to ask for. Of each kind, per unit as `Relaxation.amount` counts it.
 */
export const sizeOf: Partial<Record<RouteLimit, number>> = {
  max_duration: 1 / 60,
  shift: 1 / 60,
  // A customer has to be asked.
  time_window: 2 / 60,
  max_distance: 2.4 / 1000,
  max_stops: 48,
  max_trips: 240,
};

/** A tenth more may be squeezed in; for more than that another vehicle has to be found. */
export function sizeOfRoom(part: number): number {
  return (part > 0.1 ? sizeOfSpare : 0) + 480 * part;
}

/** Each part of a shipment beside the first. */
export const sizeOfPart = 60;

/** A vehicle that the company has but the plan was not offered, and one more that it would have to hire. */
export const sizeOfSpare = 300;
export const sizeOfHired = 480;

/** What was agreed is taken back; what must not ride together does. */
export const sizeOfUnlocking = 360;
export const sizeOfRule = 600;
