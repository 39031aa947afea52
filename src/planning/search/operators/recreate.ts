import type { Absence } from "../absence.ts";
import type { Routes } from "../routes.ts";
import { push, type StopPool } from "../stop-pool.ts";
import type { Insertion } from "./insertion.ts";
import type { InsertionOrders } from "./insertion-orders.ts";

/** What a recreate works with. `removed`: the stops that the ruin took out. */
export type RecreateContext = {
  routes: Routes;
  insertion: Insertion;
  orders: InsertionOrders;
  absence: Absence;
  removed: StopPool;
};

/**
 * Greedy insertion with blinks (SISR, section 5.2) of the stops removed and of some that were left out before.
 * Those that fit nowhere make up `absence.trial`.
 */
export function recreate({ routes, insertion, orders, absence, removed }: RecreateContext): void {
  absence.callSome(removed);
  orders.shuffle(removed);
  for (let place = 0; place < removed.count; place++) {
    const stop = removed.stops[place]!;
    const isFound = absence.isAbsent(stop) ? insertion.findAmongTouched(stop) : insertion.find(stop);
    if (isFound) insertion.apply(stop);
    else push(absence.trial, stop);
  }
  insertLocked(routes, insertion, absence.trial);
}

/** Tries the locked stops of a pool once more: by now their routes may be long enough. Those that fit leave it. */
export function insertLocked({ locks }: Routes, insertion: Insertion, pool: StopPool): void {
  if (!locks) return;
  const { stops, count } = pool;
  pool.count = 0;
  for (let place = 0; place < count; place++) {
    const stop = stops[place]!;
    if (locks.positionOf(stop) > 0 && insertion.findAnywhere(stop)) insertion.apply(stop);
    else push(pool, stop);
  }
}
