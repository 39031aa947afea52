import type { Problem, TravelMatrix } from "./problem.ts";
import { timeRoute } from "./schedule/times.ts";
import { findViolations } from "./schedule/violations.ts";
import type { SolutionRoute } from "./solution.ts";

/** A rule of the problem that a route can break. */
export type RouteLimit =
  | "not_allowed"
  | "conflict"
  | "apart"
  | "together"
  | "capacity"
  | "position"
  | "max_stops"
  | "time_window"
  | "break"
  | "shift"
  | "max_travel"
  | "max_distance"
  | "max_duration"
  // No route breaks this one: what an optional stop would cost is more than to leave it out.
  | "penalty";

/** One broken rule. `over` is by how much: load units, seconds, meters, stops, classes, or places in the order. */
export type RouteViolation = { limit: RouteLimit; stop?: number; dimension?: number; over: number };

/** A break as it is taken: on the leg to a stop, by its place along the route, or on the way to the end. */
export type TakenBreak = {
  /** Index into the vehicle's breaks. */
  index: number;
  leg: number;
  /** When nothing is left to drive on the leg but the break is not open yet, the vehicle waits. */
  waitingSeconds: number;
  startSeconds: number;
  durationSeconds: number;
  /** How much of the leg is driven by then. */
  travelledSeconds: number;
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
  /** The leg to each stop, from the stop or start before. */
  legDistanceMeters: number[];
  legTravelSeconds: number[];
  /** The leg from the last stop to the vehicle's end location, 0 when it has none. */
  returnDistanceMeters: number;
  returnTravelSeconds: number;
  endSeconds: number;
  distanceMeters: number;
  travelSeconds: number;
  /** Sum over the stops, set-up not included. */
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
  const legs = driveLegs(problem, route);
  const loads = loadRoute(problem, route);
  const times = timeRoute(problem, route, { ...legs, ...loads });
  const { fixedCost, costPerMeter, costPerTravelSecond, costPerServiceSecond, costPerStop } =
    problem.vehicles;
  const { vehicle, stops } = route;
  const distanceMeters = sum(legs.legDistanceMeters) + legs.returnDistanceMeters;
  const travelSeconds = sum(legs.legTravelSeconds) + legs.returnTravelSeconds;
  const serviceSeconds = sum(legs.serviceSecondsOf);
  const { latenessCostPerSecond } = problem.stops;
  const cost =
    fixedCost[vehicle]! +
    (costPerStop?.[vehicle] ?? 0) * stops.length +
    sum(times.latenessSeconds.map((late, index) => late * (latenessCostPerSecond?.[stops[index]!] ?? 0))) +
    costPerMeter[vehicle]! * distanceMeters +
    costPerTravelSecond[vehicle]! * travelSeconds +
    costPerServiceSecond[vehicle]! * (serviceSeconds + sum(legs.setupSeconds));
  const totals = { distanceMeters, travelSeconds, serviceSeconds, cost: stops.length === 0 ? 0 : cost };
  const { serviceSecondsOf: _, ...drive } = legs;
  const schedule = { ...drive, ...times, ...loads, ...totals };
  return { ...schedule, violations: findViolations(problem, route, schedule) };
}

/** What lies between and at the stops, whatever the clock says. */
export type Legs = Pick<
  RouteSchedule,
  "legDistanceMeters" | "legTravelSeconds" | "setupSeconds" | "returnDistanceMeters" | "returnTravelSeconds"
> & { serviceSecondsOf: number[] };

function driveLegs(problem: Problem, route: SolutionRoute): Legs {
  const { stops, vehicles, travel } = problem;
  const { serviceSeconds, setupSeconds: setups } =
    problem.serviceTables?.[vehicles.serviceType?.[route.vehicle] ?? -1] ?? stops;
  const matrix = travel[vehicles.profile[route.vehicle]!]!;
  const legDistanceMeters: number[] = [];
  const legTravelSeconds: number[] = [];
  const setupSeconds: number[] = [];
  let from = vehicles.startLocation[route.vehicle]!;
  for (const stop of route.stops) {
    const to = stops.location[stop]!;
    legDistanceMeters.push(between(matrix, matrix.distanceMeters, [from, to]));
    legTravelSeconds.push(between(matrix, matrix.durationSeconds, [from, to]));
    setupSeconds.push(from === to ? 0 : setups[stop]!);
    from = to;
  }
  const home: [number, number] = [route.stops.length === 0 ? -1 : from, vehicles.endLocation[route.vehicle]!];
  return {
    legDistanceMeters,
    legTravelSeconds,
    setupSeconds,
    serviceSecondsOf: route.stops.map((stop) => serviceSeconds[stop]!),
    returnDistanceMeters: between(matrix, matrix.distanceMeters, home),
    returnTravelSeconds: between(matrix, matrix.durationSeconds, home),
  };
}

/** A leg that begins or ends nowhere (location -1) takes nothing. */
function between({ size }: TravelMatrix, values: Int32Array, [from, to]: [number, number]): number {
  return from < 0 || to < 0 ? 0 : values[from * size + to]!;
}

/** What is on board. */
export type Loads = Pick<RouteSchedule, "startLoad" | "loadAfter" | "maximumLoad">;

function loadRoute({ stops, dimensions }: Problem, route: SolutionRoute): Loads {
  const startLoad = new Array<number>(dimensions).fill(0);
  for (const stop of route.stops) {
    for (let d = 0; d < dimensions; d++) startLoad[d]! += stops.delivery[stop * dimensions + d]!;
  }
  const maximumLoad = [...startLoad];
  const loadAfter: number[][] = [];
  let load = startLoad;
  for (const stop of route.stops) {
    const base = stop * dimensions;
    load = load.map((carried, d) => carried - stops.delivery[base + d]! + stops.pickup[base + d]!);
    loadAfter.push(load);
    for (let d = 0; d < dimensions; d++) maximumLoad[d] = Math.max(maximumLoad[d]!, load[d]!);
  }
  return { startLoad, loadAfter, maximumLoad };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
