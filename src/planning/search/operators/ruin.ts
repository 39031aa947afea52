import type { Neighbours } from "../neighbours.ts";
import type { Random } from "../random.ts";
import type { Routes } from "../routes.ts";
import { push, type StopPool } from "../stop-pool.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { emptyRoute, ruinRoute } from "./ruin-route.ts";
import { ruinStrings } from "./ruin-strings.ts";

/** What a ruin works on. Stops that it takes off their routes go to `removed`. */
export type RuinContext = {
  routes: Routes;
  choice: VehicleChoice;
  neighbours: Neighbours;
  random: Random;
  removed: StopPool;
};

/** How often a whole route goes, and the largest that may. */
const wholeRouteChance = 0.01;
const largestWholeRoute = 30;

/** Takes stops around `seed` off their routes; the routes that remain hold every rule and have the best vehicle. */
export function ruin(context: RuinContext, seed: number): void {
  const { routes, random, removed } = context;
  removed.count = 0;
  const route = routes.routeOf[seed]!;
  const isWhole =
    route >= 0 && routes.size[route]! <= largestWholeRoute && random.fraction() < wholeRouteChance;
  if (isWhole) ruinRoute(context, seed);
  ruinStrings(context, seed);
  for (let place = 0; place < routes.touchedCount; place++) settleRoute(context, routes.touched[place]!);
}

/**
 * Makes a shortened route whole again. Fewer stops can break a rule: a locked stop moves up, and where the matrix
 * breaks the triangle inequality, the way between two stops is longer without the third. Then more stops go.
 */
function settleRoute(context: RuinContext, route: number): void {
  const { routes, choice, removed } = context;
  for (let stop = firstMisplaced(routes, route); stop >= 0; stop = firstMisplaced(routes, route)) {
    routes.unlink(stop);
    push(removed, stop);
  }
  routes.refresh(route);
  if (routes.size[route]! > 0 && choice.cheapestAsIs(route) === Number.POSITIVE_INFINITY)
    emptyRoute(context, route);
  routes.setType(route, routes.size[route] === 0 ? -1 : choice.type);
  routes.rescore(route);
}

function firstMisplaced(routes: Routes, route: number): number {
  return routes.locks ? routes.locks.firstMisplaced(routes, route) : -1;
}
