import { has, mutualConflicts } from "../conflicts.ts";
import { pairsOf } from "../pairs.ts";
import type { Problem } from "../problem.ts";
import type { RouteLimit, RouteSchedule, RouteViolation, TakenBreak } from "../schedule.ts";
import type { SolutionRoute } from "../solution.ts";
import { mostTripsOf, tripsOf } from "./visits.ts";
import { missedBy } from "./windows.ts";

type Schedule = Omit<RouteSchedule, "violations">;

/** Every rule that a scheduled route breaks. */
export function findViolations(problem: Problem, route: SolutionRoute, schedule: Schedule): RouteViolation[] {
  return [
    ...stopViolations(problem, route, schedule),
    ...companyViolations(problem, route),
    ...pairViolations(problem, route),
    ...breakViolations(problem, route, schedule),
    ...routeViolations(problem, route, schedule),
  ];
}

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
    const late = missedBy(stops, stop, schedule.serviceStartSeconds[index]!);
    if (late > 0) violations.push({ limit: "time_window", stop, over: late });
  }
  return violations;
}

/** Stops that may not share a trip or a route, and groups of which a part is missing. */
function companyViolations(problem: Problem, route: SolutionRoute): RouteViolation[] {
  const { stops: visited } = route;
  const { apartGroup, togetherGroup } = problem.stops;
  const violations: RouteViolation[] = [];
  const torn = tripsOf(route).reduce((met, trip) => met + conflictsMet(problem, trip), 0);
  if (torn > 0) violations.push({ limit: "conflict", over: torn });
  const inGroups = apartGroup ? visited.filter((stop) => apartGroup[stop]! >= 0) : [];
  const crowded = inGroups.length - new Set(inGroups.map((stop) => apartGroup![stop])).size;
  if (crowded > 0) violations.push({ limit: "apart", over: crowded });
  if (!togetherGroup || visited.length === 0) return violations;
  const aboard = new Set(visited);
  const groups = new Set(visited.map((stop) => togetherGroup[stop]!).filter((group) => group >= 0));
  if (groups.size === 0) return violations;
  const missing = togetherGroup.reduce(
    (count, group, stop) => count + (groups.has(group) && !aboard.has(stop) ? 1 : 0),
    0,
  );
  return missing > 0 ? [...violations, { limit: "together", over: missing }] : violations;
}

/** Stops of pairs whose other stop is not on the same trip of the route, or on the wrong side of it. */
function pairViolations(problem: Problem, { stops: visited, reloads = [] }: SolutionRoute): RouteViolation[] {
  const pairs = pairsOf(problem);
  if (!pairs) return [];
  const placeOf = new Map(visited.map((stop, place) => [stop, place]));
  const tripOf = (place: number): number => reloads.filter((reload) => reload <= place).length;
  return visited.flatMap((stop, place) => {
    const partner = pairs.partner[stop]!;
    if (partner < 0) return [];
    const other = placeOf.get(partner) ?? -1;
    const isInOrder = other >= 0 && other < place === (pairs.isDelivery[stop] === 1);
    return isInOrder && tripOf(other) === tripOf(place) ? [] : [{ limit: "pair" as const, stop, over: 1 }];
  });
}

/** Classes of loads on a trip that meet what they must not: another class, or their own on a second stop. */
function conflictsMet({ stops, conflicts }: Problem, visited: number[]): number {
  const { classes } = stops;
  if (!classes || !conflicts || visited.length === 0) return 0;
  const mutual = mutualConflicts(conflicts);
  const aboard = visited.reduce((all, stop) => all | classes[stop]!, 0);
  return mutual.reduce((met, others, own) => {
    if (!has(aboard, own)) return met;
    const carriers = visited.filter((stop) => has(classes[stop]!, own)).length;
    const meetsOther = (aboard & others & ~(1 << own)) !== 0;
    return met + (meetsOther || (has(others, own) && carriers > 1) ? 1 : 0);
  }, 0);
}

/** Breaks that begin after their last window, or with more on board than they allow. */
function breakViolations(
  { vehicles }: Problem,
  { vehicle }: SolutionRoute,
  { breaks, startLoad, loadAfter, reloads }: Schedule,
): RouteViolation[] {
  const loadOn = ({ leg, isBeforeReload }: TakenBreak): number[] => {
    const loaded = isBeforeReload ? undefined : reloads.find(({ before }) => before === leg);
    return loaded?.startLoad ?? loadAfter[leg - 1] ?? startLoad;
  };
  return breaks.flatMap((taken) => {
    const { index, startSeconds } = taken;
    const { windows, maximumLoad } = vehicles.breaks![vehicle]![index]!;
    const late = startSeconds - windows.at(-1)![1];
    const excess = maximumLoad
      ? Math.max(...loadOn(taken).map((carried, d) => carried - maximumLoad[d]!), 0)
      : 0;
    return [late, excess].filter((over) => over > 0).map((over) => ({ limit: "break" as const, over }));
  });
}

function routeViolations(problem: Problem, route: SolutionRoute, schedule: Schedule): RouteViolation[] {
  const { vehicles, dimensions } = problem;
  const { vehicle, stops, reloads = [] } = route;
  const violations: RouteViolation[] = [];
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const over = schedule.maximumLoad[dimension]! - vehicles.capacity[vehicle * dimensions + dimension]!;
    if (over > 0) violations.push({ limit: "capacity", dimension, over });
  }
  const limits: [RouteLimit, number, number][] = [
    ["max_stops", stops.length, vehicles.maxStops[vehicle]!],
    ["max_trips", reloads.length + 1, mostTripsOf(problem, vehicle)],
    ["shift", schedule.endSeconds, vehicles.shiftEnd[vehicle]!],
    ["max_travel", schedule.travelSeconds, vehicles.maxTravelSeconds[vehicle]!],
    ["max_distance", schedule.distanceMeters, vehicles.maxDistanceMeters[vehicle]!],
    ["max_duration", schedule.durationSeconds, vehicles.maxDurationSeconds[vehicle]!],
  ];
  for (const [limit, value, most] of limits) if (value > most) violations.push({ limit, over: value - most });
  return violations;
}
