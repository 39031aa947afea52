import { reload, visitsOf, withoutEmptyTrips } from "../schedule/visits.ts";
import { scheduleRoute } from "../schedule.ts";
import type { SolutionRoute } from "../solution.ts";
import type { Routes } from "./routes.ts";
import type { SearchParts } from "./search-parts.ts";
import { push } from "./stop-pool.ts";

/**
 * Offers an earlier plan as the best one so far, as it is and with all put in that it leaves out. Of its routes those
 * are left aside that break a rule, or name a vehicle or stop for the second time. What comes out of a search so is
 * never worse than the rest.
 */
export function warmStart(parts: SearchParts, earlier: readonly SolutionRoute[]): void {
  const { routes, placement, best, servable } = parts;
  routes.begin();
  routes.clear();
  for (const route of usableRoutes(routes, earlier)) driveAgain(routes, route);
  offerAsIs(parts);
  for (const stop of servable.stops.subarray(0, servable.count)) {
    if (routes.routeOf[stop]! < 0) placement.place(stop, "anywhere");
  }
  offerAsIs(parts);
  best.restore();
}

function offerAsIs({ routes, absence, best, servable }: SearchParts): void {
  absence.trial.count = 0;
  for (const stop of servable.stops.subarray(0, servable.count)) {
    if (routes.routeOf[stop]! < 0) push(absence.trial, stop);
  }
  absence.keepTrial();
  best.offer();
  routes.begin();
}

function usableRoutes({ model }: Routes, earlier: readonly SolutionRoute[]): SolutionRoute[] {
  const vehicles = new Set<number>();
  const served = new Set<number>();
  return earlier.map(withoutEmptyTrips).filter((route) => {
    const { vehicle, stops } = route;
    const isAsked = (stop: number): boolean => stop in model.location && stop < model.customerCount;
    const isKnown = vehicle in model.problem.vehicles.profile && stops.every(isAsked);
    if (!isKnown || stops.length === 0 || vehicles.has(vehicle)) return false;
    if (stops.some((stop) => served.has(stop)) || new Set(stops).size < stops.length) return false;
    if (scheduleRoute(model.problem, route).violations.length > 0) return false;
    vehicles.add(vehicle);
    for (const stop of stops) served.add(stop);
    return true;
  });
}

function driveAgain(routes: Routes, { vehicle, ...earlier }: SolutionRoute): void {
  const { stopCount, types } = routes.model;
  const route = routes.idleRoute();
  const type = types.members.findIndex((members) => members.includes(vehicle));
  routes.setType(route, type);
  let after = stopCount + route;
  for (const visit of visitsOf({ vehicle, ...earlier })) {
    const node = visit === reload ? routes.trips!.freeNode(routes, type) : visit;
    routes.link(node, after);
    after = node;
  }
  routes.refresh(route);
  routes.rescore(route);
}
