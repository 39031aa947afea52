import type { Model } from "./model.ts";
import { type OrderedRoute, readOrder } from "./plan-order.ts";
import { Random } from "./random.ts";

/** A part of a plan that a chain works on by itself: its routes, and the idle vehicles that it may use. */
export type PlanPart = { routes: OrderedRoute[]; free: Int32Array; mostUsed: number };

/**
 * Smaller parts are hardly more than their edges, across which nothing is exchanged: measured, halves of 200 stops, or
 * of 21 routes, do worse than the whole; halves of 420 stops better than the whole with 1.8 times the iterations.
 */
const leastStops = 150;
const leastRoutes = 16;

/** Whether a plan is large enough for so many parts. */
export function isDivisible(order: Int32Array, parts: number): boolean {
  const routes = readOrder(order);
  const stops = routes.reduce((sum, route) => sum + route.stops.length, 0);
  return routes.length >= parts * leastRoutes && stops >= parts * leastStops;
}

/**
 * Cuts a plan into parts of about as many stops that lie side by side, each time along other lines. Routes are ranked
 * by how near they are to one stop, and how far from another to a degree, all drawn by lot: in the plane that ranks
 * them from a point outwards, or across a line, or anything between. Parts share the idle vehicles evenly.
 */
export function divide(
  model: Model,
  order: Int32Array,
  { parts, turn }: { parts: number; turn: number },
): PlanPart[] {
  const routes = readOrder(order);
  const random = new Random(turn);
  const poles = {
    near: random.below(model.customerCount),
    far: random.below(model.customerCount),
    degree: random.fraction(),
  };
  const ranked = routes
    .map((route, index) => ({ route, index, rank: rankOf(model, route, poles) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  const total = routes.reduce((sum, { stops }) => sum + stops.length, 0);
  const members: OrderedRoute[][] = Array.from({ length: parts }, () => []);
  let behind = 0;
  for (const { route } of ranked) {
    const middle = behind + route.stops.length / 2;
    members[Math.min(parts - 1, Math.floor((middle * parts) / total))]!.push(route);
    behind += route.stops.length;
  }
  const free = model.types.available.slice();
  for (const { type } of routes) free[type]!--;
  const idle = model.routeCount - routes.length;
  return members.map((own, part) => {
    const share = (count: number): number => Math.floor((count + ((part + turn) % parts)) / parts);
    return { routes: own, free: free.map(share), mostUsed: own.length + share(idle) };
  });
}

/** The whole plan as one part. */
export function asOnePart(model: Model, order: Int32Array): PlanPart {
  const routes = readOrder(order);
  const free = model.types.available.slice();
  for (const { type } of routes) free[type]!--;
  return { routes, free, mostUsed: model.routeCount };
}

type Poles = { near: number; far: number; degree: number };

function rankOf(model: Model, { stops }: OrderedRoute, { near, far, degree }: Poles): number {
  const { location } = model;
  const meters = model.meters[0]!;
  const [nearPole, farPole] = [location[near]!, location[far]!];
  let rank = 0;
  for (const stop of stops) {
    const at = location[stop]!;
    rank += meters.between(nearPole, at) - degree * meters.between(farPole, at);
  }
  return rank / stops.length;
}
