import type { Problem } from "./problem.ts";
import { type Drive, driveRoute } from "./schedule/drive.ts";
import { type Times, timeRoute } from "./schedule/times.ts";
import { findViolations } from "./schedule/violations.ts";
import { reload } from "./schedule/visits.ts";
import type { SolutionRoute } from "./solution.ts";

/** A rule of the problem that a route can break. */
export type RouteLimit =
  | "not_allowed"
  | "conflict"
  | "apart"
  | "together"
  | "pair"
  | "capacity"
  | "position"
  | "max_stops"
  | "max_trips"
  | "time_window"
  | "break"
  | "shift"
  | "max_travel"
  | "max_distance"
  | "max_duration"
  // No route breaks this one: what an optional stop would cost is more than to leave it out.
  | "penalty";

/** One broken rule. `over` is by how much: load units, seconds, meters, stops, trips, classes, or places in the order. */
export type RouteViolation = { limit: RouteLimit; stop?: number; dimension?: number; over: number };

/** A break as it is taken: on the leg to a stop, by its place along the route, or on the way to the end. */
export type TakenBreak = {
  /** Index into the vehicle's breaks. */
  index: number;
  leg: number;
  /** Whether it is taken before the vehicle loads again on its way to that stop. */
  isBeforeReload?: true;
  /** When nothing is left to drive on the leg but the break is not open yet, the vehicle waits. */
  waitingSeconds: number;
  startSeconds: number;
  durationSeconds: number;
  /** How much of the leg is driven by then. */
  travelledSeconds: number;
};

/** Where a vehicle unloads what it has picked up and loads for its next trip. */
export type RouteReload = {
  /** The place among the stops before which it does. */
  before: number;
  /** The leg to it, from the stop before. */
  legDistanceMeters: number;
  legTravelSeconds: number;
  arrivalSeconds: number;
  /** Not before what it waits for can be loaded. */
  startSeconds: number;
  endSeconds: number;
  /** What it carries when it leaves, [dimension]. */
  startLoad: number[];
};

/** What a route does from minute to minute. Arrays run along the route's stops; seconds are the problem's. */
export type RouteSchedule = {
  departureSeconds: number;
  /** At the end of the leg, the breaks on it included. */
  arrivalSeconds: number[];
  /** Start of set-up and service; a time window holds this moment. */
  serviceStartSeconds: number[];
  waitingSeconds: number[];
  setupSeconds: number[];
  /** By how much service begins after it would be free. */
  latenessSeconds: number[];
  /** In the order in which they are taken. */
  breaks: TakenBreak[];
  /** In the order in which they are driven to. */
  reloads: RouteReload[];
  /** The leg to each stop, from the stop, start or reload before. */
  legDistanceMeters: number[];
  legTravelSeconds: number[];
  /** The leg from the last stop to the vehicle's end location, 0 when it has none. */
  returnDistanceMeters: number;
  returnTravelSeconds: number;
  endSeconds: number;
  distanceMeters: number;
  travelSeconds: number;
  /** Sum over the stops, set-up not included, and over the reloads. */
  serviceSeconds: number;
  /** From departure to end. */
  durationSeconds: number;
  /** What the vehicle carries when it leaves, [dimension]. */
  startLoad: number[];
  /** What it carries on from each stop, [stop along the route][dimension]. */
  loadAfter: number[][];
  /** The most it ever carries, [dimension]. */
  maximumLoad: number[];
  cost: number;
  violations: RouteViolation[];
};

/**
 * The exact schedule, loads and cost of one route, and every rule it breaks.
 *
 * The route ends as early as it can, and of all departures that allow this end it takes the latest: so time is
 * spent at home rather than waiting at a door. It does not leave later where that would make lateness cost more.
 * (Where stops have several windows, a later end could make a route shorter still, and waiting for the next window
 * or another place for a break could save lateness; that is not looked for.) A visit that misses its last window
 * starts on arrival and is a violation, and so is a break. Set-up is skipped where the place before, the start
 * included, is the stop's own location.
 */
export function scheduleRoute(problem: Problem, route: SolutionRoute): RouteSchedule {
  const drive = driveRoute(problem, route);
  const times = timeRoute(problem, drive);
  const totals = {
    distanceMeters: sum(drive.legMeters) + drive.returnMeters,
    travelSeconds: sum(drive.legSeconds) + drive.returnSeconds,
    serviceSeconds: sum(drive.serviceSeconds),
  };
  const schedule = {
    ...(route.reloads ? tellTrips(drive, times) : tellStops(drive, times)),
    departureSeconds: times.departureSeconds,
    endSeconds: times.endSeconds,
    durationSeconds: times.durationSeconds,
    returnDistanceMeters: drive.returnMeters,
    returnTravelSeconds: drive.returnSeconds,
    startLoad: drive.loadOn[0]!,
    maximumLoad: largestOf(drive.loadOn),
    ...totals,
    cost: route.stops.length === 0 ? 0 : costOf(problem, route, { drive, times, ...totals }),
  };
  return { ...schedule, violations: findViolations(problem, route, schedule) };
}

function costOf(
  { stops, vehicles }: Problem,
  route: SolutionRoute,
  {
    drive,
    times,
    ...totals
  }: Pick<RouteSchedule, "distanceMeters" | "travelSeconds" | "serviceSeconds"> & {
    drive: Drive;
    times: Times;
  },
): number {
  const { fixedCost, costPerMeter, costPerTravelSecond, costPerServiceSecond, costPerStop } = vehicles;
  const { latenessCostPerSecond } = stops;
  const { vehicle } = route;
  return (
    fixedCost[vehicle]! +
    (costPerStop?.[vehicle] ?? 0) * route.stops.length +
    sum(
      times.latenessSeconds.map((late, visit) => late * (latenessCostPerSecond?.[drive.visits[visit]!] ?? 0)),
    ) +
    costPerMeter[vehicle]! * totals.distanceMeters +
    costPerTravelSecond[vehicle]! * totals.travelSeconds +
    costPerServiceSecond[vehicle]! * (totals.serviceSeconds + sum(drive.setupSeconds))
  );
}

/** What is told stop by stop. */
type Told = Pick<
  RouteSchedule,
  | "arrivalSeconds"
  | "serviceStartSeconds"
  | "waitingSeconds"
  | "setupSeconds"
  | "latenessSeconds"
  | "legDistanceMeters"
  | "legTravelSeconds"
  | "loadAfter"
  | "breaks"
  | "reloads"
>;

function tellStops(drive: Drive, times: Times): Told {
  return {
    arrivalSeconds: times.arrivalSeconds,
    serviceStartSeconds: times.startSeconds,
    waitingSeconds: times.waitingSeconds,
    setupSeconds: drive.setupSeconds,
    latenessSeconds: times.latenessSeconds,
    legDistanceMeters: drive.legMeters,
    legTravelSeconds: drive.legSeconds,
    loadAfter: drive.loadOn.slice(1),
    breaks: times.breaks,
    reloads: [],
  };
}

/** The visits where the vehicle loads again are told apart from the stops. */
function tellTrips(drive: Drive, times: Times): Told {
  const { visits } = drive;
  const told = tellStops(drive, times);
  const stopsBefore = (visit: number): number =>
    visits.slice(0, visit).reduce((count, each) => count + (each === reload ? 0 : 1), 0);
  const ofStops = <Value>(values: Value[]): Value[] => values.filter((_, visit) => visits[visit] !== reload);
  const reloads = [...visits.keys()].filter((visit) => visits[visit] === reload);
  return {
    arrivalSeconds: ofStops(told.arrivalSeconds),
    serviceStartSeconds: ofStops(told.serviceStartSeconds),
    waitingSeconds: ofStops(told.waitingSeconds),
    setupSeconds: ofStops(told.setupSeconds),
    latenessSeconds: ofStops(told.latenessSeconds),
    legDistanceMeters: ofStops(told.legDistanceMeters),
    legTravelSeconds: ofStops(told.legTravelSeconds),
    loadAfter: ofStops(told.loadAfter),
    breaks: told.breaks.map((taken) => ({
      ...taken,
      leg: stopsBefore(taken.leg),
      ...(visits[taken.leg] === reload && { isBeforeReload: true }),
    })),
    reloads: reloads.map((visit) => ({
      before: stopsBefore(visit),
      legDistanceMeters: drive.legMeters[visit]!,
      legTravelSeconds: drive.legSeconds[visit]!,
      arrivalSeconds: times.arrivalSeconds[visit]!,
      startSeconds: times.startSeconds[visit]!,
      endSeconds: times.startSeconds[visit]! + drive.serviceSeconds[visit]!,
      startLoad: drive.loadOn[visit + 1]!,
    })),
  };
}

function largestOf(loads: number[][]): number[] {
  return loads.reduce((most, load) => most.map((amount, d) => Math.max(amount, load[d]!)));
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
