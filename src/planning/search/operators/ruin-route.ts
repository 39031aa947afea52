import type { Routes } from "../routes.ts";
import type { StopPool } from "../stop-pool.ts";
import type { RuinContext } from "./ruin.ts";
import { takeOff } from "./take-off.ts";

/** Empties the seed's route, so that its stops may find another vehicle, or do without one. */
export function ruinRoute(context: RuinContext, seed: number): void {
  const route = context.routes.routeOf[seed]!;
  if (route >= 0) emptyRoute(context, route);
}

/** Takes all stops off a route. */
export function emptyRoute({ routes, removed }: { routes: Routes; removed: StopPool }, route: number): void {
  const { next, model } = routes;
  const home = model.stopCount + route;
  for (let stop = next[home]!; stop < model.stopCount; stop = next[home]!) {
    if (stop < model.customerCount) takeOff(routes, removed, stop);
    else routes.unlink(stop);
  }
}
