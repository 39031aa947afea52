import type { Routes } from "../routes.ts";
import type { StopPool } from "../stop-pool.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { emptyRoute } from "./ruin-route.ts";
import { takeOff } from "./take-off.ts";
import { closeEmptyTrips } from "./tidy-trips.ts";

/**
 * Makes a shortened route whole again. Fewer stops can break a rule: a locked stop moves up, and where the matrix
 * breaks the triangle inequality, the way between two stops is longer without the third. Then more stops go.
 */
export function settleRoute(
  context: { routes: Routes; choice: VehicleChoice; removed: StopPool },
  route: number,
): void {
  const { routes, choice, removed } = context;
  for (let stop = firstMisplaced(routes, route); stop >= 0; stop = firstMisplaced(routes, route)) {
    takeOff(routes, removed, stop);
  }
  closeEmptyTrips(routes, route);
  routes.refresh(route);
  if (routes.size[route]! > 0 && choice.cheapestAsIs(route) === Number.POSITIVE_INFINITY)
    emptyRoute(context, route);
  routes.setType(route, routes.size[route] === 0 ? -1 : choice.type);
  routes.rescore(route);
}

function firstMisplaced(routes: Routes, route: number): number {
  return routes.locks ? routes.locks.firstMisplaced(routes, route) : -1;
}
