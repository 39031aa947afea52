import type { Neighbours } from "./neighbours.ts";
import type { StopPool } from "./stop-pool.ts";

/**
 * Reorders a pool so that each stop is followed by its nearest neighbour that is not in line yet. Where none is left
 * near, the line goes on with the first of the rest. Stops inserted in this order fill one route after the other.
 */
export function chainStops({ stops, count }: StopPool, neighbours: Neighbours): void {
  const rest = stops.slice(0, count);
  const isWaiting = new Uint8Array(stops.length);
  for (const stop of rest) isWaiting[stop] = 1;
  let first = 0;
  let last = -1;
  for (let place = 0; place < count; place++) {
    let following = last < 0 ? -1 : nearestWaiting(last, neighbours, isWaiting);
    if (following < 0) {
      while (isWaiting[rest[first]!] === 0) first++;
      following = rest[first]!;
    }
    isWaiting[following] = 0;
    stops[place] = following;
    last = following;
  }
}

function nearestWaiting(stop: number, { stops, width }: Neighbours, isWaiting: Uint8Array): number {
  for (let rank = 0; rank < width; rank++) {
    const neighbour = stops[stop * width + rank]!;
    if (isWaiting[neighbour] === 1) return neighbour;
  }
  return -1;
}
