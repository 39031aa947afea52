import type { RouteLimit, RouteViolation } from "../schedule.ts";

/** Limits in the order in which they are told: what no other order of the stops could mend comes first. */
const order: readonly RouteLimit[] = [
  "not_allowed",
  "conflict",
  "apart",
  "capacity",
  "max_stops",
  "max_travel",
  "max_distance",
  "max_duration",
  "shift",
  "break",
  "time_window",
  "position",
  "max_trips",
  "pair",
  "together",
  "penalty",
];

/** A limit and by how much it is broken. */
export type Broken = Pick<RouteViolation, "limit" | "over">;

/** Negative where the first gets further: its limit is told later, or it is the same one and broken by less. */
export function compareBroken(a: Broken, b: Broken): number {
  return order.indexOf(b.limit) - order.indexOf(a.limit) || a.over - b.over;
}

/** The violation that is told of a route. */
export function firstOf(violations: readonly RouteViolation[]): RouteViolation | undefined {
  return violations.toSorted((a, b) => order.indexOf(a.limit) - order.indexOf(b.limit))[0];
}
