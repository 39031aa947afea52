import type { Problem } from "./problem.ts";
import { type RouteLimit, type RouteViolation, scheduleRoute } from "./schedule.ts";
import type { Solution, SolutionRoute } from "./solution.ts";

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

/** Limits in the order in which they are told: what no other order of the stops could mend comes first. */
const order: RouteLimit[] = [
  "not_allowed",
  "capacity",
  "max_stops",
  "max_travel",
  "max_distance",
  "max_duration",
  "shift",
  "time_window",
  "position",
];

/**
 * Why no vehicle takes the stop, one obstacle a vehicle, by vehicle index. Nothing is guessed: each vehicle is tried
 * idle, then every position of its route. A vehicle that would take the stop as it is has no obstacle.
 */
export function explainUnassigned(problem: Problem, solution: Solution, stop: number): VehicleObstacle[] {
  const routes = new Map(solution.routes.map((route) => [route.vehicle, route.stops]));
  const question = { problem, stop, isMixed: hasDeliveries(problem) && hasPickups(problem) };
  const obstacles: VehicleObstacle[] = [];
  for (let vehicle = 0; vehicle < problem.vehicles.count; vehicle++) {
    const obstacle = findObstacle(question, { vehicle, stops: routes.get(vehicle) ?? [] });
    if (obstacle) obstacles.push(obstacle);
  }
  return obstacles;
}

/** `isMixed`: some stops deliver and some pick up, so that the load depends on the order. */
type Question = { problem: Problem; stop: number; isMixed: boolean };

function findObstacle(question: Question, route: SolutionRoute): VehicleObstacle | undefined {
  const { problem, stop } = question;
  const { vehicle } = route;
  const alone = firstViolation(problem, { vehicle, stops: [stop] });
  // A stop that must be the second or a later one is never alone: its place is judged on the route.
  if (alone && (alone.limit !== "position" || route.stops.length === 0)) {
    return describe(problem, { scope: "vehicle", route: { vehicle, stops: [] }, stop }, alone);
  }
  if (route.stops.length === 0) return undefined;
  const violation = leastViolation(question, route);
  return violation && describe(problem, { scope: "route", route, stop }, violation);
}

/** The violation at the position that gets furthest in the order of limits and is over by least there. */
function leastViolation(
  { problem, stop, isMixed }: Question,
  route: SolutionRoute,
): RouteViolation | undefined {
  let least: RouteViolation | undefined;
  for (let position = 0; position <= route.stops.length; position++) {
    const stops = route.stops.toSpliced(position, 0, stop);
    const violation = firstViolation(problem, { vehicle: route.vehicle, stops });
    if (!violation) return undefined;
    if (!least || compare(violation, least) < 0) least = violation;
    if (isSameEverywhere(violation.limit, isMixed)) return least;
  }
  return least;
}

function compare(a: RouteViolation, b: RouteViolation): number {
  return order.indexOf(b.limit) - order.indexOf(a.limit) || a.over - b.over;
}

/** Whether no other position can change the violation, so that one look is enough. */
function isSameEverywhere(limit: RouteLimit, isMixed: boolean): boolean {
  return limit === "max_stops" || (limit === "capacity" && !isMixed);
}

function hasDeliveries({ stops }: Problem): boolean {
  return stops.delivery.some((amount) => amount > 0);
}

function hasPickups({ stops }: Problem): boolean {
  return stops.pickup.some((amount) => amount > 0);
}

function firstViolation(problem: Problem, route: SolutionRoute): RouteViolation | undefined {
  const { violations } = scheduleRoute(problem, route);
  return violations.toSorted((a, b) => order.indexOf(a.limit) - order.indexOf(b.limit))[0];
}

function describe(
  problem: Problem,
  { scope, route, stop }: { scope: VehicleObstacle["scope"]; route: SolutionRoute; stop: number },
  { limit, over, dimension }: RouteViolation,
): VehicleObstacle {
  const obstacle = { vehicle: route.vehicle, scope, limit, over };
  if (dimension === undefined) return obstacle;
  const { stops, vehicles, dimensions } = problem;
  const at = stop * dimensions + dimension;
  const capacity = vehicles.capacity[route.vehicle * dimensions + dimension]!;
  const carried = scheduleRoute(problem, route).maximumLoad[dimension]!;
  const need = Math.max(stops.delivery[at]!, stops.pickup[at]!);
  return { ...obstacle, dimension, need, capacity, free: capacity - carried };
}
