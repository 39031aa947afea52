import type { Coordinates } from "../../domain/place.ts";
import { roadMeters } from "../road.ts";

/** Two places this near are one: a route that ends where it starts is a round trip. */
const samePlaceMeters = 50;

/** Whether two stops are at one place. */
export function isSamePlace(a: Coordinates, b: Coordinates): boolean {
  return roadMeters(a, b) <= samePlaceMeters;
}

/**
 * The driving order of places as indices into them. The first is the start. routemate.txt (优化如何工作) says that
 * the last is the end, but its own sample moves the last stop into the middle. So only a round trip keeps its end
 * here; the last stop of any other route is put wherever the way gets shortest.
 */
export function orderStops(places: readonly Coordinates[]): number[] {
  const [first] = places;
  const last = places.at(-1);
  if (!first || !last) return [];
  const hasFixedEnd = places.length > 2 && isSamePlace(first, last);
  const size = places.length;
  const meters = Float64Array.from({ length: size * size }, (_, cell) => {
    const from = places[Math.floor(cell / size)] ?? first;
    return roadMeters(from, places[cell % size] ?? first);
  });
  const way = (from: number, to: number) => meters[from * size + to] ?? 0;
  const order = nearestFirst(size, hasFixedEnd, way);
  untangle(order, hasFixedEnd, way);
  return order;
}

type Way = (from: number, to: number) => number;

/** From the start always on to the nearest place that is left. */
function nearestFirst(size: number, hasFixedEnd: boolean, way: Way): number[] {
  const end = size - 1;
  const order = [0];
  const left = new Set(Array.from({ length: hasFixedEnd ? size - 2 : size - 1 }, (_, index) => index + 1));
  let here = 0;
  while (left.size > 0) {
    const from = here;
    here = [...left].reduce((best, place) => (way(from, place) < way(from, best) ? place : best));
    left.delete(here);
    order.push(here);
  }
  return hasFixedEnd ? [...order, end] : order;
}

/** Turns parts of the route round as long as that makes it shorter (2-opt). */
function untangle(order: number[], hasFixedEnd: boolean, way: Way): void {
  const lastMovable = hasFixedEnd ? order.length - 2 : order.length - 1;
  let hasImproved = true;
  while (hasImproved) {
    hasImproved = false;
    for (let from = 1; from < lastMovable; from++) {
      for (let to = from + 1; to <= lastMovable; to++) {
        if (turnGain(order, { from, to }, way) < 1e-6) continue;
        order.splice(from, to - from + 1, ...order.slice(from, to + 1).reverse());
        hasImproved = true;
      }
    }
  }
}

/** The meters that turning order[from..to] round saves. */
function turnGain(order: readonly number[], { from, to }: { from: number; to: number }, way: Way): number {
  const before = order[from - 1] ?? 0;
  const first = order[from] ?? 0;
  const last = order[to] ?? 0;
  const after = order[to + 1];
  const saved = way(before, first) - way(before, last);
  return after === undefined ? saved : saved + way(last, after) - way(first, after);
}
