import type { Model } from "../model.ts";
import type { Routes } from "../routes.ts";
import { BreakClock } from "./break-clock.ts";
import { PlainClock } from "./plain-clock.ts";
import { WindowClock } from "./window-clock.ts";
import { areWindowsSingle } from "./windows.ts";

/** When routes are where, as far as any rule, cost or objective asks. It agrees with `scheduleRoute`. */
export type RouteClock = {
  /** Earliest end and the shortest time to it, seconds; the latter only where the model needs it, [route]. */
  readonly end: Float64Array;
  readonly duration: Float64Array;
  /** Cost of the service that begins late, [route]. */
  readonly lateness: Float64Array;
  /** What the last `tryAlone` came to: seconds that the objective counts, and cost of lateness. */
  readonly alone: { span: number; lateness: number };
  /** Whether a vehicle of the type has the time to serve the stop and no other. */
  tryAlone(stop: number, type: number): boolean;
  /** Whether a stop behind a node leaves every window, break, the shift and the limit of the duration in time. */
  canInsert(stop: number, after: number): boolean;
  /** What `spanOf` and `lateness` would be were the stop behind a node. The place must be one that `canInsert`. */
  spanWith(stop: number, after: number): number;
  latenessWith(stop: number, after: number): number;
  /** Whether windows, breaks, shift and duration of a refreshed route hold. */
  holds(route: number): boolean;
  /** What the objective counts of a route: its duration, or the time from the start of its shift to its end. */
  spanOf(route: number): number;
  /** Recomputes a route. */
  refresh(route: number): void;
  /** As `refresh`, where a stop was put on the route, which was not empty, and nothing else has changed since. */
  refreshAround(route: number, stop: number): void;
  /** Starts a round: `undo` brings back what all nodes kept then, `restore` what a route came to, its nodes linked again. */
  begin(): void;
  undo(): void;
  restore(route: number): void;
};

/** The clock that the problem needs. */
export function createClock(model: Model, routes: Routes): RouteClock {
  const hasBreaks = model.types.breaks.some((breaks) => breaks.length > 0);
  // Where a trip waits for its load, a stop may hold back the middle of a route: that is driven from its start too.
  const hasWaitingTrips = model.reloads !== undefined && model.problem.stops.releaseSeconds !== undefined;
  if (hasBreaks || hasWaitingTrips) return new BreakClock(model, routes);
  return isPlain(model) ? new PlainClock(model, routes) : new WindowClock(model, routes);
}

/** Whether one window, the way and the service are all that makes up the time of a stop. */
function isPlain({ problem, hasLateness, hasSetup, hasOneService }: Model): boolean {
  const isReleased = problem.stops.releaseSeconds?.some((release) => release > Number.NEGATIVE_INFINITY);
  return hasOneService && !(hasSetup || hasLateness || isReleased) && areWindowsSingle(problem);
}
