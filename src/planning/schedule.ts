import type { Problem, StopTable, TravelMatrix } from "./problem.ts";
import type { SolutionRoute } from "./solution.ts";

/** A rule of the problem that a route can break. */
export type RouteLimit =
  | "not_allowed"
  | "capacity"
  | "position"
  | "max_stops"
  | "time_window"
  | "shift"
  | "max_travel"
  | "max_distance"
  | "max_duration";

/** One broken rule. `over` is by how much: load units, seconds, meters, stops, or places in the order. */
export type RouteViolation = { limit: RouteLimit; stop?: number; dimension?: number; over: number };

/** What a route does from minute to minute. Arrays run along the route's stops; seconds are the problem's. */
export type RouteSchedule = {
  departureSeconds: number;
  arrivalSeconds: number[];
  /** Start of set-up and service; a time window holds this moment. */
  serviceStartSeconds: number[];
  waitingSeconds: number[];
  setupSeconds: number[];
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
 * spent at home rather than waiting at a door. (Where stops have several windows, a later end could make a route
 * shorter still; that is not looked for.) A visit that misses its last window starts on arrival and is a violation.
 * Set-up is skipped where the place before, the start included, is the stop's own location.
 */
export function scheduleRoute(problem: Problem, route: SolutionRoute): RouteSchedule {
  const legs = driveLegs(problem, route);
  const times = timeRoute(problem, route, legs);
  const loads = loadRoute(problem, route);
  const { fixedCost, costPerMeter, costPerTravelSecond, costPerServiceSecond } = problem.vehicles;
  const { vehicle, stops } = route;
  const distanceMeters = sum(legs.legDistanceMeters) + legs.returnDistanceMeters;
  const travelSeconds = sum(legs.legTravelSeconds) + legs.returnTravelSeconds;
  const serviceSeconds = sum(stops.map((stop) => problem.stops.serviceSeconds[stop]!));
  const cost =
    fixedCost[vehicle]! +
    costPerMeter[vehicle]! * distanceMeters +
    costPerTravelSecond[vehicle]! * travelSeconds +
    costPerServiceSecond[vehicle]! * (serviceSeconds + sum(legs.setupSeconds));
  const totals = { distanceMeters, travelSeconds, serviceSeconds, cost: stops.length === 0 ? 0 : cost };
  const schedule = { ...legs, ...times, ...loads, ...totals };
  return { ...schedule, violations: findViolations(problem, route, schedule) };
}

type Legs = Pick<
  RouteSchedule,
  "legDistanceMeters" | "legTravelSeconds" | "setupSeconds" | "returnDistanceMeters" | "returnTravelSeconds"
>;

function driveLegs({ stops, vehicles, travel }: Problem, route: SolutionRoute): Legs {
  const matrix = travel[vehicles.profile[route.vehicle]!]!;
  const legDistanceMeters: number[] = [];
  const legTravelSeconds: number[] = [];
  const setupSeconds: number[] = [];
  let from = vehicles.startLocation[route.vehicle]!;
  for (const stop of route.stops) {
    const to = stops.location[stop]!;
    legDistanceMeters.push(between(matrix, matrix.distanceMeters, [from, to]));
    legTravelSeconds.push(between(matrix, matrix.durationSeconds, [from, to]));
    setupSeconds.push(from === to ? 0 : stops.setupSeconds[stop]!);
    from = to;
  }
  const home: [number, number] = [route.stops.length === 0 ? -1 : from, vehicles.endLocation[route.vehicle]!];
  return {
    legDistanceMeters,
    legTravelSeconds,
    setupSeconds,
    returnDistanceMeters: between(matrix, matrix.distanceMeters, home),
    returnTravelSeconds: between(matrix, matrix.durationSeconds, home),
  };
}

/** A leg that begins or ends nowhere (location -1) takes nothing. */
function between({ size }: TravelMatrix, values: Int32Array, [from, to]: [number, number]): number {
  return from < 0 || to < 0 ? 0 : values[from * size + to]!;
}

type Times = Pick<
  RouteSchedule,
  | "departureSeconds"
  | "arrivalSeconds"
  | "serviceStartSeconds"
  | "waitingSeconds"
  | "endSeconds"
  | "durationSeconds"
>;

function timeRoute({ stops, vehicles }: Problem, route: SolutionRoute, legs: Legs): Times {
  const shiftStart = vehicles.shiftStart[route.vehicle]!;
  const stay = (index: number): number =>
    legs.setupSeconds[index]! + stops.serviceSeconds[route.stops[index]!]!;
  const forward = (departureSeconds: number): Times => {
    const arrivalSeconds: number[] = [];
    const serviceStartSeconds: number[] = [];
    let clock = departureSeconds;
    for (const [index, stop] of route.stops.entries()) {
      const arrival = clock + legs.legTravelSeconds[index]!;
      const start = earliestStart(stops, stop, arrival);
      arrivalSeconds.push(arrival);
      serviceStartSeconds.push(start);
      clock = start + stay(index);
    }
    const endSeconds = clock + legs.returnTravelSeconds;
    const waitingSeconds = serviceStartSeconds.map((start, index) => start - arrivalSeconds[index]!);
    const durationSeconds = endSeconds - departureSeconds;
    return {
      departureSeconds,
      arrivalSeconds,
      serviceStartSeconds,
      waitingSeconds,
      endSeconds,
      durationSeconds,
    };
  };

  const earliest = forward(shiftStart);
  let clock = earliest.endSeconds - legs.returnTravelSeconds;
  for (let index = route.stops.length - 1; index >= 0; index--) {
    const latest = clock - stay(index);
    const start = latestStart(stops, route.stops[index]!, latest);
    clock = Math.max(start, earliest.serviceStartSeconds[index]!) - legs.legTravelSeconds[index]!;
  }
  return forward(Math.max(shiftStart, clock));
}

/** The first moment from `arrival` on at which a window is open; `arrival` itself when all are over. */
function earliestStart(
  { windowOffset, windowStart, windowEnd }: StopTable,
  stop: number,
  arrival: number,
): number {
  for (let window = windowOffset[stop]!; window < windowOffset[stop + 1]!; window++) {
    if (arrival <= windowEnd[window]!) return Math.max(arrival, windowStart[window]!);
  }
  return arrival;
}

/** The last moment up to `latest` at which a window is open; -Infinity when none has opened by then. */
function latestStart(
  { windowOffset, windowStart, windowEnd }: StopTable,
  stop: number,
  latest: number,
): number {
  if (windowOffset[stop] === windowOffset[stop + 1]) return latest;
  for (let window = windowOffset[stop + 1]! - 1; window >= windowOffset[stop]!; window--) {
    if (latest >= windowStart[window]!) return Math.min(latest, windowEnd[window]!);
  }
  return Number.NEGATIVE_INFINITY;
}

type Loads = Pick<RouteSchedule, "startLoad" | "loadAfter" | "maximumLoad">;

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

function findViolations(
  problem: Problem,
  route: SolutionRoute,
  schedule: Omit<RouteSchedule, "violations">,
): RouteViolation[] {
  return [...stopViolations(problem, route, schedule), ...routeViolations(problem, route, schedule)];
}

type Schedule = Omit<RouteSchedule, "violations">;

function stopViolations(
  { stops, vehicles }: Problem,
  route: SolutionRoute,
  schedule: Schedule,
): RouteViolation[] {
  const violations: RouteViolation[] = [];
  for (const [index, stop] of route.stops.entries()) {
    if (stops.isAllowed[stop * vehicles.count + route.vehicle] === 0) {
      violations.push({ limit: "not_allowed", stop, over: 1 });
    }
    const locked = stops.lockedPosition[stop]!;
    if (locked > 0 && locked !== index + 1) {
      violations.push({ limit: "position", stop, over: Math.abs(index + 1 - locked) });
    }
    const hasWindow = stops.windowOffset[stop]! < stops.windowOffset[stop + 1]!;
    const late = schedule.serviceStartSeconds[index]! - stops.windowEnd[stops.windowOffset[stop + 1]! - 1]!;
    if (hasWindow && late > 0) violations.push({ limit: "time_window", stop, over: late });
  }
  return violations;
}

function routeViolations(
  { vehicles, dimensions }: Problem,
  route: SolutionRoute,
  schedule: Schedule,
): RouteViolation[] {
  const { vehicle, stops } = route;
  const violations: RouteViolation[] = [];
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const over = schedule.maximumLoad[dimension]! - vehicles.capacity[vehicle * dimensions + dimension]!;
    if (over > 0) violations.push({ limit: "capacity", dimension, over });
  }
  const limits: [RouteLimit, number, number][] = [
    ["max_stops", stops.length, vehicles.maxStops[vehicle]!],
    ["shift", schedule.endSeconds, vehicles.shiftEnd[vehicle]!],
    ["max_travel", schedule.travelSeconds, vehicles.maxTravelSeconds[vehicle]!],
    ["max_distance", schedule.distanceMeters, vehicles.maxDistanceMeters[vehicle]!],
    ["max_duration", schedule.durationSeconds, vehicles.maxDurationSeconds[vehicle]!],
  ];
  for (const [limit, value, most] of limits) if (value > most) violations.push({ limit, over: value - most });
  return violations;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
