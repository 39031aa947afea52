import { costOf } from "../cost-of.ts";
import type { Problem } from "../problem.ts";
import type { Solution, SolutionRoute } from "../solution.ts";
import type { Routes } from "./routes.ts";
import type { StopBudget } from "./stop-budget.ts";

/** The routes as plain data: each gets a vehicle of its type, and its cost is summed anew from the problem. */
export function toSolution(problem: Problem, routes: Routes | undefined, budget: StopBudget): Solution {
  const assigned = routes ? nameVehicles(routes) : [];
  const visited = new Set(assigned.flatMap((route) => route.stops));
  const all = Array.from({ length: problem.stops.count }, (_, stop) => stop);
  const unassigned = all.filter((stop) => !visited.has(stop));
  return {
    routes: assigned,
    unassigned,
    cost: costOf(problem, { routes: assigned, unassigned }),
    iterations: budget.iterations,
    stoppedBy: budget.stoppedBy ?? "exhausted",
  };
}

function nameVehicles({ model, next, type, size }: Routes): SolutionRoute[] {
  const taken = new Int32Array(model.types.count);
  const named: SolutionRoute[] = [];
  for (let route = 0; route < model.routeCount; route++) {
    if (size[route] === 0) continue;
    const of = type[route]!;
    const vehicle = model.types.members[of]![taken[of]!++]!;
    const stops: number[] = [];
    const reloads: number[] = [];
    const home = model.stopCount + route;
    for (let node = next[home]!; node !== home; node = next[node]!) {
      if (node < model.customerCount) stops.push(node);
      else reloads.push(stops.length);
    }
    named.push({ vehicle, stops, ...(reloads.length > 0 && { reloads }) });
  }
  return named.toSorted((a, b) => a.vehicle - b.vehicle);
}
