import type { Absence } from "../absence.ts";
import type { Neighbours } from "../neighbours.ts";
import type { Random } from "../random.ts";
import type { Routes } from "../routes.ts";
import { push, type StopPool } from "../stop-pool.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { breakUpGroups } from "./break-up-groups.ts";
import type { InsertionOrders } from "./insertion-orders.ts";
import { drawDiscount, endOtherFleet } from "./other-fleets.ts";
import type { Placement } from "./placement.ts";

/** What a recreate works with. `removed`: the stops that the ruin took out. */
export type RecreateContext = {
  routes: Routes;
  choice: VehicleChoice;
  placement: Placement;
  orders: InsertionOrders;
  absence: Absence;
  random: Random;
  neighbours: Neighbours;
  removed: StopPool;
};

/** On some rounds optional stops may cost so many times more than it costs to leave them out: first ones pay for next ones. */
const generousChance = 0.5;
/** On some a route may be opened for less than its way costs, in the hope of what is served along it. */
const openingChance = 0.2;

/**
 * Greedy insertion with blinks (SISR, section 5.2) of the stops removed and of some that were left out before.
 * Those that fit nowhere make up `absence.trial`. `seed`: where the ruin began. Where all stops are served, it gives up
 * and answers false once the score reaches the limit, since one more stop would only raise it.
 */
export function recreate(context: RecreateContext, seed: number, limit = Number.POSITIVE_INFINITY): boolean {
  const { routes, placement, orders, absence, removed } = context;
  if (routes.model.penalty) absence.callNear(removed, context.neighbours, seed);
  else absence.callSome(removed);
  orders.shuffle(removed);
  if (routes.model.penalty) {
    placement.generosity = drawGenerosity(context.random);
    placement.entry = drawEntry(context.random);
  }
  drawDiscount(context);
  const mayFall = absence.current.count > 0 || routes.model.penalty || context.choice.discount.share > 0;
  const most = mayFall ? Number.POSITIVE_INFINITY : limit;
  for (let place = 0; place < removed.count; place++) {
    const stop = removed.stops[place]!;
    // Stops that ride together were put in with the first of them.
    if (routes.routeOf[stop]! >= 0) continue;
    if (routes.total >= most) {
      endOtherFleet(context);
      return false;
    }
    const isOn = placement.place(stop, absence.isAbsent(stop) ? "touched" : "near");
    if (!isOn) push(absence.trial, stop);
  }
  placement.generosity = 1;
  placement.entry = 1;
  endOtherFleet(context);
  insertLocked(routes, placement, absence.trial);
  breakUpGroups(context);
  return true;
}

/** Tries the locked stops of a pool once more: by now their routes may be long enough. Those that fit leave it. */
export function insertLocked({ locks, routeOf }: Routes, placement: Placement, pool: StopPool): void {
  if (!locks) return;
  const { stops, count } = pool;
  pool.count = 0;
  for (let place = 0; place < count; place++) {
    const stop = stops[place]!;
    if (routeOf[stop]! >= 0) continue;
    if (locks.lockOf(stop) === 0 || !placement.place(stop, "anywhere")) push(pool, stop);
  }
}

function drawEntry(random: Random): number {
  return random.fraction() < openingChance ? random.fraction() ** 2 : 1;
}

function drawGenerosity(random: Random): number {
  return random.fraction() < generousChance ? 1 / (1 - random.fraction()) : 1;
}
