import { costOf } from "../../src/planning/cost-of.ts";
import type { Problem } from "../../src/planning/problem.ts";
import { type RouteSchedule, scheduleRoute } from "../../src/planning/schedule.ts";
import type { Solution, SolutionRoute } from "../../src/planning/solution.ts";
import { compareSolutions } from "./compare-solutions.ts";

/**
 * The best of all plans there are, for a handful of stops: the best order of every set of stops on every vehicle, then
 * every way to share the stops out. (The order that ends first need not be the cheapest of those in the best plan.)
 */
export function bestOfEveryPlan(problem: Problem): Solution {
  const all = Array.from({ length: problem.stops.count }, (_, stop) => stop);
  const routesOf = Array.from({ length: problem.vehicles.count }, (_, vehicle) =>
    bestRoutes(problem, vehicle),
  );
  let best = toSolution(problem, [], all);
  const choose = (vehicle: number, left: number, routes: SolutionRoute[]): void => {
    if (vehicle === problem.vehicles.count) {
      const plan = toSolution(
        problem,
        routes,
        all.filter((stop) => (left & (1 << stop)) !== 0),
      );
      if (compareSolutions(problem, plan, best) < 0) best = plan;
      return;
    }
    choose(vehicle + 1, left, routes);
    for (const [set, route] of routesOf[vehicle]!) {
      if ((set & ~left) === 0) choose(vehicle + 1, left & ~set, [...routes, route]);
    }
  };
  choose(0, (1 << all.length) - 1, []);
  return best;
}

/** Limits that no further stop at the end of a route can mend. */
const isForGood = new Set([
  "not_allowed",
  "capacity",
  "conflict",
  "apart",
  "max_stops",
  "max_trips",
  "position",
]);

/** The best order and trips of each set of stops, as a bit set, that the vehicle can serve at all. */
function bestRoutes(problem: Problem, vehicle: number): Map<number, SolutionRoute> {
  const best = new Map<number, { route: SolutionRoute; value: number[] }>();
  const visit = (stops: number[], reloads: number[], set: number): void => {
    for (let stop = 0; stop < problem.stops.count; stop++) {
      if ((set & (1 << stop)) !== 0) continue;
      const pickup = problem.stops.pickupOf?.[stop] ?? -1;
      if (pickup >= 0 && !stops.includes(pickup)) continue;
      follow([...stops, stop], reloads, set | (1 << stop));
      const mayReload = stops.length > 0 && reloads.length + 1 < (problem.vehicles.mostTrips?.[vehicle] ?? 1);
      if (mayReload) follow([...stops, stop], [...reloads, stops.length], set | (1 << stop));
    }
  };
  const follow = (stops: number[], reloads: number[], set: number): void => {
    const route = { vehicle, stops, ...(reloads.length > 0 && { reloads }) };
    const schedule = scheduleRoute(problem, route);
    if (schedule.violations.some(({ limit }) => isForGood.has(limit))) return;
    const value = worthOf(problem, schedule);
    const known = best.get(set)?.value;
    const isBetter = !known || value[0]! < known[0]! || (value[0] === known[0] && value[1]! < known[1]!);
    if (schedule.violations.length === 0 && isBetter) best.set(set, { route, value });
    visit(stops, reloads, set);
  };
  visit([], [], 0);
  return new Map([...best].map(([set, { route }]) => [set, route]));
}

function worthOf({ objective }: Problem, { cost, durationSeconds, endSeconds }: RouteSchedule): number[] {
  if (objective === "cost") return [cost, 0];
  return [objective === "balanced" ? durationSeconds : endSeconds, cost];
}

function toSolution(problem: Problem, routes: SolutionRoute[], unassigned: number[]): Solution {
  const cost = costOf(problem, { routes, unassigned });
  return { routes, unassigned, cost, iterations: 0, stoppedBy: "exhausted" };
}
