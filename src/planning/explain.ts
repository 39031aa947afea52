import { type Facts, readFacts } from "./explain/facts.ts";
import { compareBroken, firstOf } from "./explain/limit-order.ts";
import { type Ends, leastOfPair } from "./explain/pair-look.ts";
import { type Breach, findBreach, lookAt, type RouteLook } from "./explain/route-look.ts";
import { tryNewTrip } from "./explain/trip-look.ts";
import { type Pairs, pairsOf } from "./pairs.ts";
import type { Problem } from "./problem.ts";
import { routeOf } from "./schedule/visits.ts";
import { type RouteLimit, type RouteViolation, scheduleRoute } from "./schedule.ts";
import type { Solution, SolutionRoute } from "./solution.ts";
import { numberKinds } from "./vehicle-kinds.ts";

/**
 * The limit that keeps a stop off one vehicle. `scope` "vehicle": not even alone on the idle vehicle; "route": alone
 * it would fit, but at no position of what the vehicle drives in this solution.
 */
export type VehicleObstacle = {
  vehicle: number;
  scope: "vehicle" | "route";
  limit: RouteLimit;
  /** By how much the limit is broken where it is broken least: load units, seconds, meters, stops or places. */
  over: number;
  /** With limit "capacity": the dimension, what the stop needs, what the vehicle takes, and what it has left. */
  dimension?: number;
  need?: number;
  capacity?: number;
  free?: number;
};

/** What keeps a stop off the vehicles, one obstacle a vehicle, and those that the time was too short for. */
export type Explanation = { obstacles: VehicleObstacle[]; unexamined: number[] };

/**
 * Tells of stop after stop why no vehicle takes it, by vehicle index. Nothing is guessed: each kind of vehicle is
 * tried idle, then every position of each route, of a pair both stops at every two, and a trip of its own where the
 * vehicle may load again. A vehicle that would take the stop as it is has no obstacle.
 *
 * With limit "max_trips" a trip of its own is what the vehicle has none left for; with "together" it would take the
 * stop, but the search found no room for its whole group; with "penalty" it would, but that costs more than to leave
 * the stop out. Once `hasTime` says no, routes that only a look at their positions could tell of are left unexamined;
 * all else is told as before.
 */
export function createExplainer(
  problem: Problem,
  solution: Pick<Solution, "routes">,
  hasTime: () => boolean = () => true,
): (stop: number) => Explanation {
  const { count } = problem.vehicles;
  const routeBy = new Map(solution.routes.map((route) => [route.vehicle, route]));
  const facts = readFacts(problem);
  const kinds = numberKinds(problem);
  const driven = Array.from({ length: count }, (_, vehicle) =>
    readRoute(problem, routeBy.get(vehicle) ?? { vehicle, stops: [] }),
  );
  const idle = driven.map((route) =>
    route.stops.length === 0 ? route : readRoute(problem, { vehicle: route.vehicle, stops: [] }),
  );
  const pairs = pairsOf(problem);
  return (asked) => {
    const ends = pairs && endsOf(pairs, asked);
    const stop = ends?.pickup ?? asked;
    const obstacles: VehicleObstacle[] = [];
    const alone = new Map<number, RouteViolation | undefined>();
    const unexamined: number[] = [];
    for (let vehicle = 0; vehicle < count; vehicle++) {
      const question: Question = { problem, facts, stop, ends, hasTime };
      const kind = kinds[vehicle]!;
      const isAllowed = [stop, ends?.delivery ?? stop].every(
        (each) => problem.stops.isAllowed[each * count + vehicle] === 1,
      );
      if (isAllowed && !alone.has(kind)) alone.set(kind, tryIdle(question, idle[vehicle]!));
      const ofVehicle = isAllowed ? alone.get(kind) : notAllowed;
      const found = findObstacle(question, { driven: driven[vehicle]!, idle: idle[vehicle]! }, ofVehicle);
      if (found === "unexamined") unexamined.push(vehicle);
      else if (found) obstacles.push(found);
    }
    return { obstacles, unexamined };
  };
}

const notAllowed: RouteViolation = { limit: "not_allowed", over: 1 };

/** `ends`: of the pair that the stop is the pickup of, if it is. */
type Question = {
  problem: Problem;
  facts: Facts;
  stop: number;
  ends: Ends | undefined;
  hasTime: () => boolean;
};

/** The pair of a stop. */
function endsOf({ partner, isDelivery }: Pairs, stop: number): Ends | undefined {
  const other = partner[stop]!;
  if (other < 0) return undefined;
  return isDelivery[stop] === 1 ? { pickup: other, delivery: stop } : { pickup: stop, delivery: other };
}

/** A route with what all questions about it need: its clock, and the most that it carries of each dimension. */
type KnownRoute = SolutionRoute & { look: RouteLook; maximumLoad: number[]; cost: number };

function readRoute(problem: Problem, route: SolutionRoute): KnownRoute {
  const { maximumLoad, cost } = scheduleRoute(problem, route);
  return { ...route, look: lookAt(problem, route), maximumLoad, cost };
}

function tryIdle(question: Question, idle: KnownRoute): RouteViolation | undefined {
  return sameEverywhere(question, idle) ?? leastViolation(question, idle);
}

function findObstacle(
  question: Question,
  { driven, idle }: { driven: KnownRoute; idle: KnownRoute },
  alone: RouteViolation | undefined,
): VehicleObstacle | "unexamined" | undefined {
  const isIdle = driven.stops.length === 0;
  if (alone && (!dependsOnRoute(alone.limit) || isIdle)) return describe(question, idle, alone);
  if (isIdle) return undefined;
  const everywhere = sameEverywhere(question, driven);
  if (!everywhere && !question.hasTime()) return "unexamined";
  const violation = everywhere ?? leastOf(question, driven);
  return violation && describe(question, driven, violation);
}

/** The violation that is the least on the trips that the vehicle drives, or on one more. */
function leastOf(question: Question, driven: KnownRoute): RouteViolation | undefined {
  const { problem, stop, ends } = question;
  const onTrips = leastViolation(question, driven);
  if (!onTrips) return undefined;
  const found = tryNewTrip(problem, driven, {
    stops: ends ? [ends.pickup, ends.delivery] : [stop],
    judge: (route) => judge(question, driven, route),
  });
  if (found === "fits") return undefined;
  return found && compareBroken(found, onTrips) < 0 ? found : onTrips;
}

/** Whether other stops may help: they move the stop to its place, bring its group along, or make the way there cheap. */
function dependsOnRoute(limit: RouteLimit): boolean {
  return limit === "position" || limit === "together" || limit === "penalty";
}

/** The limit of room or number that the stop breaks wherever it is, told without timing the route. */
function sameEverywhere(
  { problem, facts, stop, ends }: Question,
  { vehicle, stops, maximumLoad }: KnownRoute,
): RouteViolation | undefined {
  if (facts.hasCompany || facts.isMixed || ends) return undefined;
  const { dimensions, vehicles } = problem;
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const at = stop * dimensions + dimension;
    const load = maximumLoad[dimension]! + problem.stops.delivery[at]! + problem.stops.pickup[at]!;
    const over = load - vehicles.capacity[vehicle * dimensions + dimension]!;
    if (over > 0) return { limit: "capacity", dimension, over };
  }
  const over = stops.length + 1 - vehicles.maxStops[vehicle]!;
  return over > 0 ? { limit: "max_stops", over } : undefined;
}

type Closed = { position: number; breach: Breach };

/**
 * The violation at the position that gets furthest in the order of limits and is over by least there. A position at
 * which the look at the route finds a breach is timed only if it may still be the least and the look is not exact.
 */
function leastViolation(question: Question, route: KnownRoute): RouteViolation | undefined {
  const { stop, ends, problem } = question;
  if (ends) return leastOfPair(problem, route, { ends, judge: (driven) => judge(question, route, driven) });
  const open: number[] = [];
  const closed: Closed[] = [];
  let nearest: Breach | undefined;
  for (let position = 0; position <= route.look.drive.visits.length; position++) {
    const breach = findBreach(route.look, { stop, position });
    if (!breach) open.push(position);
    else {
      closed.push({ position, breach });
      if (!nearest || compareBroken(breach, nearest) < 0) nearest = breach;
    }
  }
  if (nearest && open.length === 0 && isExact(question, route, nearest.limit)) return nearest;
  return leastTimed(question, route, { open, closed });
}

/** Whether the schedule would break just this limit, by just as much, at the position where the look breaks it least. */
function isExact(
  { problem, facts, stop }: Question,
  { vehicle, look }: KnownRoute,
  limit: RouteLimit,
): boolean {
  if (!facts.isPlain || facts.isMixed || facts.hasCompany || !look.isExact) return false;
  if (limit === "max_travel" || limit === "max_distance") return true;
  const { windowOffset } = problem.stops;
  const neverWaits = look.lastWindowed === 0 && windowOffset[stop + 1] === windowOffset[stop];
  const isUnlimited = problem.vehicles.maxDurationSeconds[vehicle] === Number.POSITIVE_INFINITY;
  return neverWaits || (isUnlimited && limit !== "max_duration");
}

function leastTimed(
  question: Question,
  route: KnownRoute,
  { open, closed }: { open: number[]; closed: Closed[] },
): RouteViolation | undefined {
  closed.sort((a, b) => compareBroken(a.breach, b.breach) || a.position - b.position);
  const tries = [...open.map((position) => ({ position, breach: undefined })), ...closed];
  let least: (RouteViolation & { position: number }) | undefined;
  for (const { position, breach } of tries) {
    if (least && breach && compareBroken(breach, least) >= 0) return least;
    const violation = firstViolation(question, route, position);
    if (!violation || isSameEverywhere(violation.limit, question.facts)) return violation;
    const difference = least ? compareBroken(violation, least) || position - least.position : -1;
    if (difference < 0) least = { ...violation, position };
  }
  return least;
}

/** Whether no other position can change the violation, so that one look is enough. */
function isSameEverywhere(limit: RouteLimit, { isMixed, hasTrips }: Facts): boolean {
  if (limit === "conflict") return !hasTrips;
  return limit === "apart" || (limit === "capacity" && !isMixed);
}

function firstViolation(question: Question, route: KnownRoute, position: number): RouteViolation | undefined {
  const visits = route.look.drive.visits.toSpliced(position, 0, question.stop);
  return judge(question, route, routeOf(route.vehicle, visits));
}

/** What a route breaks that is driven with the stop: the first of the limits, or what the stop is worth. */
function judge(
  { problem, stop }: Question,
  route: KnownRoute,
  driven: SolutionRoute,
): RouteViolation | undefined {
  const { violations, cost } = scheduleRoute(problem, driven);
  const first = firstOf(violations);
  const penalty = problem.stops.penalty?.[stop] ?? Number.POSITIVE_INFINITY;
  if (first || penalty === Number.POSITIVE_INFINITY) return first;
  const over = cost - route.cost - penalty;
  const isWorthIt = problem.objective === "cost" ? over < 0 : penalty > 0;
  return isWorthIt ? undefined : { limit: "penalty", over };
}

function describe(
  { problem, stop, ends }: Question,
  { vehicle, stops: driven, maximumLoad }: KnownRoute,
  { limit, over, dimension }: RouteViolation,
): VehicleObstacle {
  const scope = driven.length === 0 ? "vehicle" : "route";
  const obstacle: VehicleObstacle = { vehicle, scope, limit, over };
  if (dimension === undefined) return obstacle;
  const { stops, vehicles, dimensions } = problem;
  const at = stop * dimensions + dimension;
  const capacity = vehicles.capacity[vehicle * dimensions + dimension]!;
  const need = Math.max(stops.delivery[at]!, stops.pickup[at]!);
  const free = ends ? need - over : capacity - maximumLoad[dimension]!;
  return { ...obstacle, dimension, need, capacity, free };
}
