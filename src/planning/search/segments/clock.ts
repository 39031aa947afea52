import type { Model } from "../model.ts";
import type { Routes } from "../routes.ts";

/** Stands for "no end of shift", so that what never comes true (Infinity) is later than it. */
export const endOfTime = Number.MAX_SAFE_INTEGER;

/**
 * When routes with time windows can be where. Each node keeps the earliest departure that the stops before it allow
 * and the latest arrival that the stops behind it bear, so that an insertion is tested in O(1)
 * (Savelsbergh 1992, "The vehicle routing problem with time windows: minimizing route duration").
 * The waits of the two passes agree with `scheduleRoute`.
 */
export class Clock {
  /** Earliest end of service, seconds, [node]; of a route's own node the start of its shift. */
  readonly departure: Float64Array;
  /** Latest arrival that keeps the rest of the route in time, seconds, [node]; of a route's own node at its end. */
  readonly latestArrival: Float64Array;
  /** 1 while every window and the shift hold, [route]. */
  readonly isInTime: Uint8Array;
  /** Earliest end and the shortest time to it, seconds, [route]. */
  readonly end: Float64Array;
  readonly duration: Float64Array;
  readonly #model: Model;
  readonly #routes: Routes;
  /** As in StopTable, but a stop without windows has one that never closes. */
  readonly #windowOffset: Int32Array;
  readonly #windowStart: Float64Array;
  readonly #windowEnd: Float64Array;

  constructor(model: Model, routes: Routes) {
    const { routeCount, stopCount } = model;
    const { windowOffset, windowStart, windowEnd } = model.problem.stops;
    this.#model = model;
    this.#routes = routes;
    this.departure = new Float64Array(stopCount + routeCount);
    this.latestArrival = new Float64Array(stopCount + routeCount);
    this.isInTime = new Uint8Array(routeCount);
    this.end = new Float64Array(routeCount);
    this.duration = new Float64Array(routeCount);
    this.#windowOffset = new Int32Array(stopCount + 1);
    const starts: number[] = [];
    const ends: number[] = [];
    for (let stop = 0; stop < stopCount; stop++) {
      const [from, to] = [windowOffset[stop]!, windowOffset[stop + 1]!];
      starts.push(...(from === to ? [Number.NEGATIVE_INFINITY] : windowStart.subarray(from, to)));
      ends.push(...(from === to ? [Number.POSITIVE_INFINITY] : windowEnd.subarray(from, to)));
      this.#windowOffset[stop + 1] = starts.length;
    }
    this.#windowStart = Float64Array.from(starts);
    this.#windowEnd = Float64Array.from(ends);
  }

  /** The first moment from `arrival` on at which the stop is open; Infinity when there is none. */
  firstOpen(stop: number, arrival: number): number {
    const ends = this.#windowEnd;
    const after = this.#windowOffset[stop + 1]!;
    for (let window = this.#windowOffset[stop]!; window < after; window++) {
      if (arrival <= ends[window]!) return Math.max(arrival, this.#windowStart[window]!);
    }
    return Number.POSITIVE_INFINITY;
  }

  /** The last moment up to `latest` at which the stop is open; -Infinity when there is none. */
  lastOpen(stop: number, latest: number): number {
    const starts = this.#windowStart;
    const first = this.#windowOffset[stop]!;
    for (let window = this.#windowOffset[stop + 1]! - 1; window >= first; window--) {
      if (latest >= starts[window]!) return Math.min(latest, this.#windowEnd[window]!);
    }
    return Number.NEGATIVE_INFINITY;
  }

  /** Whether a stop behind a node leaves every window, the shift and the limit of the duration in time. */
  canInsert(stop: number, after: number): boolean {
    const { size, location, stopCount, hasSetup, needsDuration } = this.#model;
    const routes = this.#routes;
    const route = routes.routeOf[after]!;
    const before = routes.next[after]!;
    const seconds = routes.secondsOf(route);
    const from = routes.fromLocation[after]!;
    const at = location[stop]!;
    const to = routes.toLocation[before]!;
    const start = this.firstOpen(stop, this.departure[after]! + seconds[from * size + at]!);
    const arrival = start + routes.stayOf(stop, from) + seconds[at * size + to]!;
    if (arrival > this.latestArrival[before]!) return false;
    // Another place before the next stop may add its set-up to a stay that `latestArrival` counts without.
    if (hasSetup && before < stopCount && from === to && at !== to) {
      const leave = this.firstOpen(before, arrival) + routes.stayOf(before, at);
      if (leave + routes.legSeconds[before]! > this.latestArrival[routes.next[before]!]!) return false;
    }
    if (!needsDuration) return true;
    const most = this.#model.types.maxDurationSeconds[routes.type[route]!]!;
    return most === Number.POSITIVE_INFINITY || this.#durationWith(stop, after) <= most;
  }

  /** What `spanOf` would be were the stop behind a node, in O(route). The place must be one that `canInsert`. */
  spanWith(stop: number, after: number): number {
    if (this.#model.problem.objective === "balanced") return this.#durationWith(stop, after);
    const route = this.#routes.routeOf[after]!;
    return this.#endWith(stop, after) - this.#model.types.shiftStart[this.#routes.type[route]!]!;
  }

  #endWith(stop: number, after: number): number {
    const { size, location, stopCount } = this.#model;
    const routes = this.#routes;
    const before = routes.next[after]!;
    const seconds = routes.secondsOf(routes.routeOf[after]!);
    const from = routes.fromLocation[after]!;
    const at = location[stop]!;
    const start = this.firstOpen(stop, this.departure[after]! + seconds[from * size + at]!);
    let clock = start + routes.stayOf(stop, from) + seconds[at * size + routes.toLocation[before]!]!;
    let place = at;
    for (let node = before; node < stopCount; node = routes.next[node]!) {
      clock = this.firstOpen(node, clock) + routes.stayOf(node, place) + routes.legSeconds[node]!;
      place = location[node]!;
    }
    return clock;
  }

  #durationWith(stop: number, after: number): number {
    const { size, location, stopCount } = this.#model;
    const routes = this.#routes;
    const before = routes.next[after]!;
    const seconds = routes.secondsOf(routes.routeOf[after]!);
    const from = routes.fromLocation[after]!;
    const at = location[stop]!;
    const legFrom = seconds[at * size + routes.toLocation[before]!]!;
    const end = this.#endWith(stop, after);
    let clock = end;
    let node = routes.previous[stopCount + routes.routeOf[after]!]!;
    for (; node !== after; node = routes.previous[node]!) {
      const origin = node === before ? at : routes.fromLocation[routes.previous[node]!]!;
      clock = this.lastOpen(node, clock - routes.legSeconds[node]! - routes.stayOf(node, origin));
    }
    clock = this.lastOpen(stop, clock - legFrom - routes.stayOf(stop, from)) - seconds[from * size + at]!;
    return end - this.#departureFor(after, clock);
  }

  /** Whether windows, shift and duration of a refreshed route hold. */
  holds(route: number): boolean {
    if (this.isInTime[route] === 0) return false;
    const { needsDuration, types } = this.#model;
    return !needsDuration || this.duration[route]! <= types.maxDurationSeconds[this.#routes.type[route]!]!;
  }

  /** What the objective counts of a route: its duration, or the time from the start of its shift to its end. */
  spanOf(route: number): number {
    if (this.#model.problem.objective === "balanced") return this.duration[route]!;
    return this.end[route]! - this.#model.types.shiftStart[this.#routes.type[route]!]!;
  }

  /** Recomputes a route's nodes, end and duration. */
  refresh(route: number): void {
    const { stopCount, types } = this.#model;
    const { next, previous, legSeconds, fromLocation, type } = this.#routes;
    const home = stopCount + route;
    let clock = types.shiftStart[type[route]!]!;
    this.departure[home] = clock;
    clock += legSeconds[home]!;
    for (let node = next[home]!; node < stopCount; node = next[node]!) {
      const stay = this.#routes.stayOf(node, fromLocation[previous[node]!]!);
      this.departure[node] = this.firstOpen(node, clock) + stay;
      clock = this.departure[node]! + legSeconds[node]!;
    }
    this.end[route] = clock;
    this.latestArrival[home] = Math.min(types.shiftEnd[type[route]!]!, endOfTime);
    this.isInTime[route] = clock <= this.latestArrival[home]! ? 1 : 0;
    if (this.isInTime[route] === 0) return;
    for (let node = previous[home]!; node < stopCount; node = previous[node]!) {
      const stay = this.#routes.stayOf(node, fromLocation[previous[node]!]!);
      const latest = this.latestArrival[next[node]!]! - legSeconds[node]! - stay;
      this.latestArrival[node] = this.lastOpen(node, latest);
    }
    if (!this.#model.needsDuration) return;
    const last = previous[home]!;
    this.duration[route] = clock - this.#departureFor(last, clock - legSeconds[last]!);
  }

  /** The latest start of a route that leaves one of its nodes at `leave`, keeping to the windows before it. */
  #departureFor(node: number, leave: number): number {
    const { previous, legSeconds, fromLocation } = this.#routes;
    let clock = leave;
    for (let at = node; at < this.#model.stopCount; at = previous[at]!) {
      const stay = this.#routes.stayOf(at, fromLocation[previous[at]!]!);
      clock = this.lastOpen(at, clock - stay) - legSeconds[previous[at]!]!;
    }
    return clock;
  }
}
