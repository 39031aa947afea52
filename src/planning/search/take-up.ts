import type { PlanPart } from "./divide.ts";
import type { CommonPlan } from "./meeting.ts";
import type { SearchParts } from "./search-parts.ts";
import { push } from "./stop-pool.ts";

/**
 * Makes a part of a plan all that a search knows: other stops are on no route of its own and left alone, as if there
 * were none. Its best plan is then that part's.
 */
export function takeUpPart(parts: SearchParts, part: PlanPart, common: CommonPlan): void {
  const { routes, seeds, absence, best, elsewhere } = parts;
  seeds.count = 0;
  for (const { stops } of part.routes) {
    seeds.stops.set(stops, seeds.count);
    seeds.count += stops.length;
  }
  absence.trial.count = 0;
  absence.keepTrial();
  drive(parts, part);
  best.forget();
  best.offer();
  elsewhere.cost = common.cost - routes.total;
  elsewhere.routes = common.routes - part.routes.length;
  elsewhere.served = common.served - seeds.count;
  elsewhere.leastCost = common.leastCost;
}

/** Makes a whole plan the current one; what it leaves out is left out. */
export function takeUpWhole(parts: SearchParts, whole: PlanPart): void {
  const { routes, absence, best, seeds, servable } = parts;
  drive(parts, whole);
  absence.trial.count = 0;
  for (let place = 0; place < servable.count; place++) {
    const stop = servable.stops[place]!;
    if (stop < routes.model.customerCount && routes.routeOf[stop]! < 0) push(absence.trial, stop);
  }
  absence.keepTrial();
  seeds.count = routes.model.customerCount;
  for (let stop = 0; stop < seeds.count; stop++) seeds.stops[stop] = stop;
  best.offer();
}

function drive({ routes }: SearchParts, { routes: ordered, free, mostUsed }: PlanPart): void {
  const { stopCount, routeCount } = routes.model;
  routes.begin();
  routes.mostUsed = routeCount;
  routes.clear();
  // Sums of fractions leave something behind.
  routes.total = 0;
  for (const [route, { type, stops }] of ordered.entries()) {
    routes.setType(route, type);
    let after = stopCount + route;
    for (const stop of stops) {
      routes.link(stop, after);
      after = stop;
    }
    routes.refresh(route);
    routes.rescore(route);
  }
  routes.free.set(free);
  routes.mostUsed = mostUsed;
}
