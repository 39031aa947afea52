/** A list of stops with room for all of them, filled and emptied in the search without allocation. */
export type StopPool = { stops: Int32Array; count: number };

/** An empty pool for the stops of a problem. */
export function createPool(stopCount: number): StopPool {
  return { stops: new Int32Array(stopCount), count: 0 };
}

/** Adds a stop. */
export function push(pool: StopPool, stop: number): void {
  pool.stops[pool.count++] = stop;
}

/** Makes one pool hold what another does. */
export function copyPool(from: StopPool, to: StopPool): void {
  to.stops.set(from.stops.subarray(0, from.count));
  to.count = from.count;
}
