import type { Routes } from "../routes.ts";
import { push, type StopPool } from "../stop-pool.ts";

/** Takes a stop off its route, and the other stop of its pair. In the pool the pickup stands for the pair. */
export function takeOff(routes: Routes, pool: StopPool, stop: number): void {
  const { pairs } = routes.model;
  routes.unlink(stop);
  const partner = pairs ? pairs.partner[stop]! : -1;
  if (partner >= 0 && routes.routeOf[partner]! >= 0) routes.unlink(partner);
  push(pool, partner >= 0 && pairs?.isDelivery[stop] === 1 ? partner : stop);
}

/** Takes off what is left of the pairs of which one stop was taken off. In the pool the pickup stands for the pair. */
export function takePartners({ routes, removed }: { routes: Routes; removed: StopPool }): void {
  const { routeOf, model } = routes;
  if (!model.pairs) return;
  const { partner, isDelivery } = model.pairs;
  const { stops, count } = removed;
  removed.count = 0;
  for (let place = 0; place < count; place++) {
    const stop = stops[place]!;
    const other = partner[stop]!;
    const isSplit = other >= 0 && routeOf[other]! >= 0;
    if (isSplit) routes.unlink(other);
    if (isDelivery[stop] === 0) push(removed, stop);
    else if (isSplit) push(removed, other);
  }
}
