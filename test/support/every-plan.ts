import { compareSolutions } from "../../src/planning/compare-solutions.ts";
import type { Problem } from "../../src/planning/problem.ts";
import { scheduleRoute } from "../../src/planning/schedule.ts";
import type { Solution, SolutionRoute } from "../../src/planning/solution.ts";

/** The best of all plans there are, found by looking at each: for a handful of stops. */
export function bestOfEveryPlan(problem: Problem): Solution {
  let best = toSolution(problem, []);
  const choose = (vehicle: number, left: number[], routes: SolutionRoute[]): void => {
    if (vehicle === problem.vehicles.count) {
      const plan = toSolution(problem, routes);
      if (compareSolutions(problem, plan, best) < 0) best = plan;
      return;
    }
    for (const stops of sequences(left)) {
      const route = { vehicle, stops };
      if (stops.length > 0 && scheduleRoute(problem, route).violations.length > 0) continue;
      const rest = left.filter((stop) => !stops.includes(stop));
      choose(vehicle + 1, rest, stops.length > 0 ? [...routes, route] : routes);
    }
  };
  choose(
    0,
    Array.from({ length: problem.stops.count }, (_, stop) => stop),
    [],
  );
  return best;
}

/** Every order of every choice of the stops. */
function sequences(stops: number[]): number[][] {
  return [
    [],
    ...stops.flatMap((stop) =>
      sequences(stops.filter((other) => other !== stop)).map((rest) => [stop, ...rest]),
    ),
  ];
}

function toSolution(problem: Problem, routes: SolutionRoute[]): Solution {
  const visited = routes.flatMap((route) => route.stops);
  const unassigned = Array.from({ length: problem.stops.count }, (_, stop) => stop).filter(
    (stop) => !visited.includes(stop),
  );
  const cost = routes.reduce((sum, route) => sum + scheduleRoute(problem, route).cost, 0);
  return { routes, unassigned, cost, iterations: 0, stoppedBy: "exhausted" };
}
