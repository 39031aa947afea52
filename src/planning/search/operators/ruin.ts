import type { Neighbours } from "../neighbours.ts";
import type { Random } from "../random.ts";
import type { Routes } from "../routes.ts";
import type { StopPool } from "../stop-pool.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { barSome } from "./other-fleets.ts";
import { ruinRoute } from "./ruin-route.ts";
import { ruinStrings } from "./ruin-strings.ts";
import { settleRoute } from "./settle-route.ts";
import { takeOff, takePartners } from "./take-off.ts";
import { mergeTrips } from "./tidy-trips.ts";

/** What a ruin works on. Stops that it takes off their routes go to `removed`. */
export type RuinContext = {
  routes: Routes;
  choice: VehicleChoice;
  neighbours: Neighbours;
  random: Random;
  removed: StopPool;
  /** The stops at which ruins begin: those that the search works on. */
  seeds: StopPool;
};

/** How often a whole route goes, and the largest that may. */
const wholeRouteChance = 0.01;
const largestWholeRoute = 30;
/** How often groups of stops that ride together are taken out whole. */
const wholeGroupsChance = 0.5;

/** Takes stops around `seed` off their routes; the routes that remain hold every rule and have the best vehicle. */
export function ruin(context: RuinContext, seed: number): void {
  const { routes, random, removed } = context;
  removed.count = 0;
  const route = routes.routeOf[seed]!;
  const isBarring = barSome(context);
  const isWhole =
    route >= 0 &&
    routes.size[route]! <= largestWholeRoute &&
    (isBarring || random.fraction() < wholeRouteChance);
  if (isWhole) ruinRoute(context, seed);
  ruinStrings(context, seed);
  takePartners(context);
  if (routes.model.hasGroups && random.fraction() < wholeGroupsChance) takeMates(context);
  for (let place = 0; place < routes.touchedCount; place++) {
    settleRoute(context, routes.touched[place]!);
    if (routes.trips) mergeTrips(context, routes.touched[place]!);
  }
}

/** Takes the rest of some groups off as well: only as a whole can a group go to another vehicle. */
function takeMates({ routes, removed }: RuinContext): void {
  const { routeOf } = routes;
  for (let place = 0; place < removed.count; place++) {
    for (const mate of routes.company?.mates[removed.stops[place]!] ?? []) {
      if (routeOf[mate]! < 0) continue;
      takeOff(routes, removed, mate);
    }
  }
}
