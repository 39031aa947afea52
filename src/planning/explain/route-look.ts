import { type Legs, legsOf } from "../legs.ts";
import type { Problem, ServiceTable } from "../problem.ts";
import { type Drive, driveRoute } from "../schedule/drive.ts";
import { reload, reloadLocationOf } from "../schedule/visits.ts";
import { earliestStart, missedBy } from "../schedule/windows.ts";
import type { RouteLimit } from "../schedule.ts";
import type { SolutionRoute } from "../solution.ts";

/** A limit that a route is sure to break; `over` is by how much at least. */
export type Breach = { limit: RouteLimit; over: number };

/** A stop and where among the visits of the route it would be, 0 for the first place. */
export type Place = { stop: number; position: number };

/** A route as it is driven now, so that one more stop is tested without timing all of it again. */
export type RouteLook = {
  problem: Problem;
  route: SolutionRoute;
  drive: Drive;
  legs: { meters: Legs; seconds: Legs };
  service: ServiceTable;
  /** Matrix index or -1: the start, each visit, the end, [node]. */
  location: Int32Array;
  /** Earliest departure from the start and each visit, seconds, [node]. */
  departure: Float64Array;
  endSeconds: number;
  meters: number;
  travelSeconds: number;
  staySeconds: number;
  /** The last node that may be waited at, 0 when there is none: behind it a delay is passed on as it is. */
  lastWindowed: number;
  /** Whether the clock of this route tells which stop would be the first one late. */
  isExact: boolean;
};

/** Drives a route once. What is true of it with one more stop is then told by `findBreach` and `addedCostOf`. */
export function lookAt(problem: Problem, route: SolutionRoute): RouteLook {
  const { stops, vehicles } = problem;
  const { vehicle } = route;
  const drive = driveRoute(problem, route);
  const { visits } = drive;
  const count = visits.length;
  const location = new Int32Array(count + 2);
  location[0] = vehicles.startLocation[vehicle]!;
  for (const [index, visit] of visits.entries()) {
    location[index + 1] = visit === reload ? reloadLocationOf(problem, vehicle) : stops.location[visit]!;
  }
  location[count + 1] = vehicles.endLocation[vehicle]!;
  const look: RouteLook = {
    problem,
    route,
    drive,
    location,
    legs: legsOf(problem.travel[vehicles.profile[vehicle]!]!),
    service: problem.serviceTables?.[vehicles.serviceType?.[vehicle] ?? -1] ?? stops,
    departure: new Float64Array(count + 1),
    endSeconds: 0,
    meters: 0,
    travelSeconds: 0,
    staySeconds: 0,
    lastWindowed: visits.findLastIndex((visit) => visit === reload || hasWindows(problem, visit)) + 1,
    isExact: (vehicles.breaks?.[vehicle]?.length ?? 0) === 0,
  };
  driveThrough(look);
  return look;
}

function hasWindows({ stops: { windowOffset } }: Problem, stop: number): boolean {
  return windowOffset[stop + 1]! > windowOffset[stop]!;
}

function driveThrough(look: RouteLook): void {
  const { problem, drive, departure } = look;
  let clock = drive.startSeconds;
  departure[0] = clock;
  for (const [index, visit] of drive.visits.entries()) {
    const travel = drive.legSeconds[index]!;
    const stay = drive.setupSeconds[index]! + drive.serviceSeconds[index]!;
    const start = startAt(look, index, clock + travel);
    if (visit !== reload && missedBy(problem.stops, visit, start) > 0) look.isExact = false;
    clock = start + stay;
    departure[index + 1] = clock;
    look.meters += drive.legMeters[index]!;
    look.travelSeconds += travel;
    look.staySeconds += stay;
  }
  look.endSeconds = clock + drive.returnSeconds;
  look.meters += drive.returnMeters;
  look.travelSeconds += drive.returnSeconds;
}

/** When a visit that is reached at a moment begins. */
function startAt({ problem, drive }: RouteLook, index: number, arrival: number): number {
  const visit = drive.visits[index]!;
  if (visit === reload) return Math.max(arrival, drive.opensSeconds[index]!);
  return earliestStart(problem.stops, visit, arrival);
}

type Leg = { from: number; to: number };

function legOf(legs: Legs, { from, to }: Leg): number {
  return from < 0 || to < 0 ? 0 : legs.between(from, to);
}

/** Set-up and service of a stop that is come to from a location, or the time to load again. */
function stayOf({ problem, service, route }: RouteLook, stop: number, from: number): number {
  if (stop === reload) return problem.vehicles.reloadSeconds?.[route.vehicle] ?? 0;
  const setup = problem.stops.location[stop] === from ? 0 : service.setupSeconds[stop]!;
  return service.serviceSeconds[stop]! + setup;
}

/** What one more stop adds to a route wherever time does not come in. */
type Detour = { meters: number; seconds: number; stay: number };

function detourOf(look: RouteLook, { stop, position }: Place): Detour {
  const { problem, route, legs, location } = look;
  const from = location[position]!;
  const to = location[position + 1]!;
  const at = problem.stops.location[stop]!;
  const added = (measure: Legs) => {
    const direct = route.stops.length === 0 ? 0 : legOf(measure, { from, to });
    return legOf(measure, { from, to: at }) + legOf(measure, { from: at, to }) - direct;
  };
  const next = look.drive.visits[position];
  const change = next === undefined ? 0 : stayOf(look, next, at) - stayOf(look, next, from);
  return {
    meters: added(legs.meters),
    seconds: added(legs.seconds),
    stay: stayOf(look, stop, from) + change,
  };
}

/** What the stop would cost there, lateness left out, in the problem's units. */
export function addedCostOf(look: RouteLook, place: Place): number {
  const { route, problem } = look;
  const { vehicle, stops } = route;
  const { fixedCost, costPerMeter, costPerTravelSecond, costPerServiceSecond, costPerStop } =
    problem.vehicles;
  const { meters, seconds, stay } = detourOf(look, place);
  return (
    (stops.length === 0 ? fixedCost[vehicle]! : 0) +
    (costPerStop?.[vehicle] ?? 0) +
    costPerMeter[vehicle]! * meters +
    costPerTravelSecond[vehicle]! * seconds +
    costPerServiceSecond[vehicle]! * stay
  );
}

/**
 * A limit of distance or time that the route would break with the stop, undefined when none is sure to be broken. The
 * exact schedule breaks this limit by no less, or one that is told before it; and no such limit means nothing.
 */
export function findBreach(look: RouteLook, place: Place): Breach | undefined {
  const { vehicle } = look.route;
  const limits = look.problem.vehicles;
  const detour = detourOf(look, place);
  const travelSeconds = look.travelSeconds + detour.seconds;
  const least = travelSeconds + look.staySeconds + detour.stay;
  return (
    breachOf("max_travel", travelSeconds - limits.maxTravelSeconds[vehicle]!) ??
    breachOf("max_distance", look.meters + detour.meters - limits.maxDistanceMeters[vehicle]!) ??
    breachOf("max_duration", least - limits.maxDurationSeconds[vehicle]!) ??
    findLate(look, place)
  );
}

/** Sums in another order may differ in their last digits where they are no integers. */
const roundingError = 1e-6;

function breachOf(limit: RouteLimit, over: number): Breach | undefined {
  const least = Number.isInteger(over) ? over : over - roundingError;
  return least > 0 && least < Number.POSITIVE_INFINITY ? { limit, over: least } : undefined;
}

/** Drives on from the stop until the delay is gone, or no window is left that could take it up. */
function findLate(look: RouteLook, { stop, position }: Place): Breach | undefined {
  const { problem, route, drive, legs, location, departure, lastWindowed } = look;
  const { stops, vehicles } = problem;
  const { visits } = drive;
  const isReleased = (stops.releaseSeconds?.[stop] ?? Number.NEGATIVE_INFINITY) <= departure[0]!;
  let from = location[position]!;
  let clock = departure[position]!;
  let late = 0;
  const goTo = (to: number) => clock + legOf(legs.seconds, { from, to });
  const serve = (next: number, start: number) => {
    if (late === 0 && next !== reload) late = Math.max(0, missedBy(stops, next, start));
    clock = start + stayOf(look, next, from);
  };
  const at = stops.location[stop]!;
  serve(stop, earliestStart(stops, stop, goTo(at)));
  from = at;
  let node = position + 1;
  for (; node <= visits.length; node++) {
    const to = location[node]!;
    serve(visits[node - 1]!, startAt(look, node - 1, goTo(to)));
    from = to;
    if (node >= lastWindowed || clock === departure[node]!) break;
  }
  const isAtEnd = node > visits.length;
  const end = isAtEnd
    ? clock + legOf(legs.seconds, { from, to: location.at(-1)! })
    : look.endSeconds + (clock - departure[node]!);
  const ofShift = breachOf("shift", end - vehicles.shiftEnd[route.vehicle]!);
  if (ofShift) return ofShift;
  return look.isExact && isReleased ? breachOf("time_window", late) : undefined;
}
