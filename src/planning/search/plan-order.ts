import type { Routes } from "./routes.ts";

/** What holds routes: the current ones, or those of the best plan. */
export type LinkedRoutes = Pick<Routes, "next" | "type"> & { opened: number; stopCount: number };

/** How many numbers a plan takes at most. */
export function orderLength({ stopCount, routeCount }: { stopCount: number; routeCount: number }): number {
  return 1 + stopCount + routeCount;
}

/** Writes routes as numbers that cross threads: how many follow, then for each route -1 - its type and its stops. */
export function writeOrder({ next, type, opened, stopCount }: LinkedRoutes, order: Int32Array): void {
  let place = 1;
  for (let route = 0; route < opened; route++) {
    const home = stopCount + route;
    if (next[home] === home) continue;
    order[place++] = -1 - type[route]!;
    for (let stop = next[home]!; stop < stopCount; stop = next[stop]!) order[place++] = stop;
  }
  order[0] = place - 1;
}

/** A route of an order: its vehicle type and its stops. */
export type OrderedRoute = { type: number; stops: Int32Array };

/** The routes of an order. Their stops are views of it. */
export function readOrder(order: Int32Array): OrderedRoute[] {
  const end = 1 + order[0]!;
  const routes: OrderedRoute[] = [];
  for (let place = 1; place < end; ) {
    const type = -1 - order[place]!;
    const first = ++place;
    while (place < end && order[place]! >= 0) place++;
    routes.push({ type, stops: order.subarray(first, place) });
  }
  return routes;
}

/** Writes the routes of several orders one behind the other. */
export function joinOrders(orders: readonly Int32Array[], whole: Int32Array): void {
  let place = 1;
  for (const order of orders) {
    whole.set(order.subarray(1, 1 + order[0]!), place);
    place += order[0]!;
  }
  whole[0] = place - 1;
}
