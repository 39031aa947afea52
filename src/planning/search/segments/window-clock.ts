import type { Model } from "../model.ts";
import type { Routes } from "../routes.ts";
import type { RouteClock } from "./clock.ts";
import { endOfTime, Windows } from "./windows.ts";

/**
 * When routes without breaks are where. Each node keeps the earliest departure that the stops before it allow and the
 * latest arrival that the stops behind it bear, so that an insertion is tested in O(1)
 * (Savelsbergh 1992, "The vehicle routing problem with time windows: minimizing route duration"); only a stop that is
 * released after the route could leave takes the way from its start.
 */
export class WindowClock implements RouteClock {
  /** Earliest end of service, seconds, [node]; of a route's own node the earliest start of the route. */
  readonly departure: Float64Array;
  /** Latest arrival that keeps the rest of the route in time, seconds, [node]; of a route's own node at its end. */
  readonly latestArrival: Float64Array;
  /** 1 while every window and the shift hold, [route]. */
  readonly isInTime: Uint8Array;
  readonly end: Float64Array;
  readonly duration: Float64Array;
  readonly lateness: Float64Array;
  readonly alone = { span: 0, lateness: 0 };
  readonly #model: Model;
  readonly #routes: Routes;
  readonly #windows: Windows;
  readonly #release: Float64Array | undefined;
  /** What `#driveWith` came to: the end, the cost of lateness, and the start of each service, [node]. */
  #endWith = 0;
  #latenessWith = 0;
  readonly #begin: Float64Array;

  constructor(model: Model, routes: Routes) {
    const { routeCount, stopCount } = model;
    this.#model = model;
    this.#routes = routes;
    this.#windows = new Windows(model.problem);
    this.#release = model.problem.stops.releaseSeconds;
    this.departure = new Float64Array(stopCount + routeCount);
    this.latestArrival = new Float64Array(stopCount + routeCount);
    this.isInTime = new Uint8Array(routeCount);
    this.end = new Float64Array(routeCount);
    this.duration = new Float64Array(routeCount);
    this.lateness = new Float64Array(routeCount);
    this.#begin = new Float64Array(model.hasLateness ? stopCount : 0);
  }

  tryAlone(stop: number, type: number): boolean {
    const { types, location, seconds, problem } = this.#model;
    const legs = seconds[types.profile[type]!]!;
    const from = types.startLocation[type]!;
    const shiftStart = types.shiftStart[type]!;
    const start = this.#release ? Math.max(shiftStart, this.#release[stop]!) : shiftStart;
    const begin = this.#windows.firstOpen(stop, start + legs.between(from, location[stop]!));
    const legHome = legs.between(location[stop]!, types.endLocation[type]!);
    const stay = this.#routes.stayOf(stop, from, type);
    const end = begin + stay + legHome;
    const duration = legs.between(from, location[stop]!) + stay + legHome;
    this.alone.lateness = this.#windows.latenessAt(stop, begin);
    this.alone.span = problem.objective === "balanced" ? duration : end - shiftStart;
    return end <= Math.min(types.shiftEnd[type]!, endOfTime);
  }

  canInsert(stop: number, after: number): boolean {
    const { location, stopCount, hasSetup, needsDuration } = this.#model;
    const routes = this.#routes;
    const route = routes.routeOf[after]!;
    const type = routes.type[route]!;
    const before = routes.next[after]!;
    const seconds = routes.secondsOf(route);
    const from = routes.fromLocation[after]!;
    const at = location[stop]!;
    const to = routes.toLocation[before]!;
    const leave = this.#release ? this.#leaveWith(stop, after) : this.departure[after]!;
    const start = this.#windows.firstOpen(stop, leave + seconds.between(from, at));
    const arrival = start + routes.stayOf(stop, from, type) + seconds.between(at, to);
    if (arrival > this.latestArrival[before]!) return false;
    // Another place before the next stop may add its set-up to a stay that `latestArrival` counts without.
    if (hasSetup && before < stopCount && from === to && at !== to) {
      const later = this.#windows.firstOpen(before, arrival) + routes.stayOf(before, at, type);
      if (later + routes.legSeconds[before]! > this.latestArrival[routes.next[before]!]!) return false;
    }
    if (!needsDuration) return true;
    const most = this.#model.types.maxDurationSeconds[type]!;
    return most === Number.POSITIVE_INFINITY || this.#durationWith(stop, after) <= most;
  }

  /** In O(route). */
  spanWith(stop: number, after: number): number {
    if (this.#model.problem.objective === "balanced") return this.#durationWith(stop, after);
    this.#driveWith(stop, after);
    return this.#endWith - this.#shiftStartOf(this.#routes.routeOf[after]!);
  }

  /** In O(route). */
  latenessWith(stop: number, after: number): number {
    this.#driveWith(stop, after);
    return this.#latenessWith;
  }

  holds(route: number): boolean {
    if (this.isInTime[route] === 0) return false;
    const { needsDuration, types } = this.#model;
    return !needsDuration || this.duration[route]! <= types.maxDurationSeconds[this.#routes.type[route]!]!;
  }

  spanOf(route: number): number {
    if (this.#model.problem.objective === "balanced") return this.duration[route]!;
    return this.end[route]! - this.#shiftStartOf(route);
  }

  refreshAround(route: number): void {
    this.refresh(route);
  }

  begin(): void {}

  undo(): void {}

  restore(route: number): void {
    this.refresh(route);
  }

  refresh(route: number): void {
    const { stopCount, types, hasLateness } = this.#model;
    const { next, previous, legSeconds, fromLocation, type } = this.#routes;
    const of = type[route]!;
    const windows = this.#windows;
    const { departure, latestArrival } = this;
    const routes = this.#routes;
    const home = stopCount + route;
    let clock = this.#startOf(route);
    let lateness = 0;
    departure[home] = clock;
    clock += legSeconds[home]!;
    for (let node = next[home]!; node < stopCount; node = next[node]!) {
      const begin = windows.firstOpen(node, clock);
      if (hasLateness) {
        lateness += windows.latenessAt(node, begin);
        this.#begin[node] = begin;
      }
      departure[node] = begin + routes.stayOf(node, fromLocation[previous[node]!]!, of);
      clock = departure[node]! + legSeconds[node]!;
    }
    this.end[route] = clock;
    this.lateness[route] = lateness;
    latestArrival[home] = Math.min(types.shiftEnd[of]!, endOfTime);
    this.isInTime[route] = clock <= latestArrival[home]! ? 1 : 0;
    if (this.isInTime[route] === 0) return;
    for (let node = previous[home]!; node < stopCount; node = previous[node]!) {
      const stay = routes.stayOf(node, fromLocation[previous[node]!]!, of);
      const latest = latestArrival[next[node]!]! - legSeconds[node]! - stay;
      latestArrival[node] = windows.lastOpen(node, latest);
    }
    if (!this.#model.needsDuration) return;
    const last = previous[home]!;
    this.duration[route] = clock - this.#departureFor(last, clock - legSeconds[last]!);
  }

  #shiftStartOf(route: number): number {
    return this.#model.types.shiftStart[this.#routes.type[route]!]!;
  }

  /** The start of the route's shift, or the latest release of its stops. */
  #startOf(route: number): number {
    const { stopCount } = this.#model;
    const { next } = this.#routes;
    let start = this.#shiftStartOf(route);
    if (!this.#release) return start;
    for (let stop = next[stopCount + route]!; stop < stopCount; stop = next[stop]!) {
      start = Math.max(start, this.#release[stop]!);
    }
    return start;
  }

  /** The earliest departure from a node when the stop, which may delay the route's start, follows. */
  #leaveWith(stop: number, after: number): number {
    const home = this.#model.stopCount + this.#routes.routeOf[after]!;
    if (this.#release![stop]! <= this.departure[home]!) return this.departure[after]!;
    const { next, previous, legSeconds, fromLocation, type, routeOf } = this.#routes;
    const of = type[routeOf[after]!]!;
    let clock = this.#release![stop]!;
    for (let node = home; node !== after; ) {
      clock += legSeconds[node]!;
      node = next[node]!;
      const stay = this.#routes.stayOf(node, fromLocation[previous[node]!]!, of);
      clock = this.#windows.firstOpen(node, clock) + stay;
    }
    return clock;
  }

  /** Drives the route with the stop behind a node, from its start on where lateness counts. */
  #driveWith(stop: number, after: number): void {
    const { location, stopCount, hasLateness } = this.#model;
    const routes = this.#routes;
    const route = routes.routeOf[after]!;
    const type = routes.type[route]!;
    const seconds = routes.secondsOf(route);
    const from = routes.fromLocation[after]!;
    const at = location[stop]!;
    this.#latenessWith = 0;
    let clock = hasLateness
      ? this.#visitUpTo(after, stop)
      : this.#release
        ? this.#leaveWith(stop, after)
        : this.departure[after]!;
    clock = this.#begins(stop, clock + seconds.between(from, at)) + routes.stayOf(stop, from, type);
    let node = routes.next[after]!;
    clock += seconds.between(at, routes.toLocation[node]!);
    let place = at;
    for (; node < stopCount; node = routes.next[node]!) {
      clock = this.#begins(node, clock) + routes.stayOf(node, place, type) + routes.legSeconds[node]!;
      place = location[node]!;
    }
    this.#endWith = clock;
  }

  /** Drives the route from its start up to a node, from which it departs at the moment returned. */
  #visitUpTo(last: number, stop: number): number {
    const { next, previous, legSeconds, fromLocation, type, routeOf } = this.#routes;
    const home = this.#model.stopCount + routeOf[last]!;
    const start = this.departure[home]!;
    let clock = this.#release ? Math.max(start, this.#release[stop]!) : start;
    for (let node = home; node !== last; ) {
      clock += legSeconds[node]!;
      node = next[node]!;
      const stay = this.#routes.stayOf(node, fromLocation[previous[node]!]!, type[routeOf[last]!]!);
      clock = this.#begins(node, clock) + stay;
    }
    return clock;
  }

  /** The start of service after an arrival; notes it and its lateness. */
  #begins(stop: number, arrival: number): number {
    const begin = this.#windows.firstOpen(stop, arrival);
    if (this.#model.hasLateness) {
      this.#begin[stop] = begin;
      this.#latenessWith += this.#windows.latenessAt(stop, begin);
    }
    return begin;
  }

  #durationWith(stop: number, after: number): number {
    const { location, stopCount } = this.#model;
    const routes = this.#routes;
    const route = routes.routeOf[after]!;
    const type = routes.type[route]!;
    const before = routes.next[after]!;
    const seconds = routes.secondsOf(route);
    const from = routes.fromLocation[after]!;
    const at = location[stop]!;
    const legFrom = seconds.between(at, routes.toLocation[before]!);
    this.#driveWith(stop, after);
    let clock = this.#endWith;
    let node = routes.previous[stopCount + route]!;
    for (; node !== after; node = routes.previous[node]!) {
      const origin = node === before ? at : routes.fromLocation[routes.previous[node]!]!;
      clock = this.#lastStart(node, clock - routes.legSeconds[node]! - routes.stayOf(node, origin, type));
    }
    clock = this.#lastStart(stop, clock - legFrom - routes.stayOf(stop, from, type));
    return this.#endWith - this.#departureFor(after, clock - seconds.between(from, at));
  }

  /** The latest start of a route that leaves one of its nodes at `leave`, keeping to the windows before it. */
  #departureFor(node: number, leave: number): number {
    const { previous, legSeconds, fromLocation, type, routeOf } = this.#routes;
    let clock = leave;
    for (let at = node; at < this.#model.stopCount; at = previous[at]!) {
      const stay = this.#routes.stayOf(at, fromLocation[previous[at]!]!, type[routeOf[at]!]!);
      clock = this.#lastStart(at, clock - stay) - legSeconds[previous[at]!]!;
    }
    return clock;
  }

  /** The latest start of service up to `latest` that makes nothing later than it costs already. */
  #lastStart(stop: number, latest: number): number {
    if (!this.#model.hasLateness) return this.#windows.lastOpen(stop, latest);
    return this.#windows.lastAsCheap(stop, latest, this.#begin[stop]!);
  }
}
