import type { Model } from "../model.ts";
import type { Routes } from "../routes.ts";
import type { RouteClock } from "./clock.ts";
import { ClockLog } from "./clock-log.ts";
import { endOfTime, readOnlyWindows } from "./windows.ts";

/**
 * When routes are where, for problems whose stops have one window at most and take the same time wherever the vehicle
 * comes from. Each node keeps the earliest departure that the stops before it allow and the latest arrival that the
 * stops behind it bear (Savelsbergh 1992, "The vehicle routing problem with time windows: minimizing route duration");
 * where durations or ends count, also the shortest duration up to it and from it on, with the starts that give it
 * (Vidal et al. 2013, "A hybrid genetic algorithm with adaptive diversity management for a large class of vehicle
 * routing problems with time-windows", section 4). So every question about an insertion takes O(1); after one, only
 * what it changes is recomputed, and `undo` writes back what was overwritten.
 */
export class PlainClock implements RouteClock {
  /** Earliest end of service, seconds, [node]; of a route's own node the start of its shift. */
  readonly departure: Float64Array;
  /** Latest arrival that keeps the rest of the route in time, seconds, [node]; of a route's own node at its end. */
  readonly latestArrival: Float64Array;
  /** When service may begin, and how long it takes, seconds, [stop]. */
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  readonly service: Float64Array;
  readonly end: Float64Array;
  readonly duration: Float64Array;
  readonly lateness: Float64Array;
  readonly alone = { span: 0, lateness: 0 };
  readonly #model: Model;
  readonly #routes: Routes;
  readonly #isInTime: Uint8Array; // 1 while every window and the shift hold, [route]
  /** Whether the two below are kept. */
  readonly #hasSpans: boolean;
  /** Shortest duration from the start of the route to the end of service, and the last start that gives it, [node]. */
  readonly #durationUpTo: Float64Array;
  readonly #lastStart: Float64Array;
  /** Shortest duration from arrival to the end of the route, and the first arrival that gives it, [node]. */
  readonly #durationFrom: Float64Array;
  readonly #firstArrival: Float64Array;
  readonly #log: ClockLog;

  constructor(model: Model, routes: Routes) {
    const { routeCount, stopCount, problem, services, needsDuration } = model;
    const nodes = stopCount + routeCount;
    this.#model = model;
    this.#routes = routes;
    this.#hasSpans = needsDuration || problem.objective === "earliest_finish";
    this.departure = new Float64Array(nodes);
    this.latestArrival = new Float64Array(nodes);
    const { opens, closes } = readOnlyWindows(model);
    this.opens = opens;
    this.closes = closes;
    this.service = (services[0] ?? problem.stops).serviceSeconds;
    this.end = new Float64Array(routeCount);
    this.duration = new Float64Array(routeCount);
    this.lateness = new Float64Array(routeCount);
    this.#isInTime = new Uint8Array(routeCount);
    const kept = this.#hasSpans ? nodes : 0;
    this.#durationUpTo = new Float64Array(kept);
    this.#lastStart = new Float64Array(kept);
    this.#durationFrom = new Float64Array(kept);
    this.#firstArrival = new Float64Array(kept);
    const spans = [this.#durationUpTo, this.#lastStart, this.#durationFrom, this.#firstArrival];
    this.#log = new ClockLog([this.departure, this.latestArrival, ...(this.#hasSpans ? spans : [])]);
  }

  tryAlone(stop: number, type: number): boolean {
    const { types, location, seconds, problem } = this.#model;
    const legs = seconds[types.profile[type]!]!;
    const legTo = legs.between(types.startLocation[type]!, location[stop]!);
    const legHome = legs.between(location[stop]!, types.endLocation[type]!);
    const begin = Math.max(types.shiftStart[type]! + legTo, this.opens[stop]!);
    if (begin > this.closes[stop]!) return false;
    const end = begin + this.service[stop]! + legHome;
    const duration = legTo + this.service[stop]! + legHome;
    this.alone.span = problem.objective === "balanced" ? duration : end - types.shiftStart[type]!;
    return end <= Math.min(types.shiftEnd[type]!, endOfTime);
  }

  canInsert(stop: number, after: number): boolean {
    const { location } = this.#model;
    const routes = this.#routes;
    const route = routes.routeOf[after]!;
    const before = routes.next[after]!;
    const seconds = routes.secondsOf(route);
    const legTo = seconds.between(routes.fromLocation[after]!, location[stop]!);
    const legFrom = seconds.between(location[stop]!, routes.toLocation[before]!);
    const begin = Math.max(this.departure[after]! + legTo, this.opens[stop]!);
    if (begin > this.closes[stop]!) return false;
    if (begin + this.service[stop]! + legFrom > this.latestArrival[before]!) return false;
    return this.isShortEnough(stop, after, legTo, legFrom);
  }

  /** Whether the duration of the route bears a stop behind a node, to and from which it takes so long. */
  isShortEnough(stop: number, after: number, legTo: number, legFrom: number): boolean {
    if (!this.#model.needsDuration) return true;
    const { routeOf, type } = this.#routes;
    const most = this.#model.types.maxDurationSeconds[type[routeOf[after]!]!]!;
    return most === Number.POSITIVE_INFINITY || this.#durationWith(stop, after, legTo, legFrom) <= most;
  }

  spanWith(stop: number, after: number): number {
    const { location, problem } = this.#model;
    const routes = this.#routes;
    const before = routes.next[after]!;
    const seconds = routes.secondsOf(routes.routeOf[after]!);
    const legTo = seconds.between(routes.fromLocation[after]!, location[stop]!);
    const legFrom = seconds.between(location[stop]!, routes.toLocation[before]!);
    if (problem.objective === "balanced") return this.#durationWith(stop, after, legTo, legFrom);
    const begin = Math.max(this.departure[after]! + legTo, this.opens[stop]!);
    const arrival = begin + this.service[stop]! + legFrom;
    return this.#endFrom(before, arrival) - this.#shiftStartOf(routes.routeOf[after]!);
  }

  latenessWith(): number {
    return 0;
  }

  holds(route: number): boolean {
    if (this.#isInTime[route] === 0) return false;
    const { needsDuration, types } = this.#model;
    return !needsDuration || this.duration[route]! <= types.maxDurationSeconds[this.#routes.type[route]!]!;
  }

  spanOf(route: number): number {
    if (this.#model.problem.objective === "balanced") return this.duration[route]!;
    return this.end[route]! - this.#shiftStartOf(route);
  }

  begin(): void {
    this.#log.begin();
  }

  undo(): void {
    this.#log.undo();
  }

  restore(route: number): void {
    this.#isInTime[route] = 1;
    this.#noteEnd(route);
  }

  refresh(route: number): void {
    const { stopCount, types } = this.#model;
    const { next, previous, legSeconds, type } = this.#routes;
    const { departure, latestArrival } = this;
    const home = stopCount + route;
    this.#log.note(home);
    departure[home] = this.#shiftStartOf(route);
    latestArrival[home] = Math.min(types.shiftEnd[type[route]!]!, endOfTime);
    if (this.#hasSpans) this.#openSpans(home);
    let isInTime = true;
    for (let node = next[home]!; node < stopCount; node = next[node]!) {
      this.#log.note(node);
      if (this.#depart(node, previous[node]!) > this.closes[node]! + this.service[node]!) isInTime = false;
    }
    const last = previous[home]!;
    isInTime &&= departure[last]! + legSeconds[last]! <= latestArrival[home]!;
    this.#isInTime[route] = isInTime ? 1 : 0;
    if (!isInTime) {
      this.end[route] = Number.POSITIVE_INFINITY;
      return;
    }
    for (let node = last; node < stopCount; node = previous[node]!) this.#arrive(node, next[node]!);
    this.#noteEnd(route);
  }

  refreshAround(route: number, stop: number): void {
    const { next, previous } = this.#routes;
    const { stopCount } = this.#model;
    this.#log.note(stop);
    this.#depart(stop, previous[stop]!);
    this.#arrive(stop, next[stop]!);
    for (let node = next[stop]!; node < stopCount; node = next[node]!) {
      this.#log.note(node);
      if (!this.#isNewDeparture(node, previous[node]!)) break;
    }
    for (let node = previous[stop]!; node < stopCount; node = previous[node]!) {
      this.#log.note(node);
      if (!this.#isNewArrival(node, next[node]!)) break;
    }
    this.#noteEnd(route);
  }

  /** Recomputes how a node is left; false when that changes nothing. */
  #isNewDeparture(node: number, before: number): boolean {
    const old = this.departure[node]!;
    if (!this.#hasSpans) return this.#depart(node, before) !== old;
    const duration = this.#durationUpTo[node]!;
    const start = this.#lastStart[node]!;
    const isLater = this.#depart(node, before) !== old;
    return isLater || this.#durationUpTo[node] !== duration || this.#lastStart[node] !== start;
  }

  /** Recomputes how a node may be reached; false when that changes nothing. */
  #isNewArrival(node: number, behind: number): boolean {
    const old = this.latestArrival[node]!;
    if (!this.#hasSpans) return this.#arrive(node, behind) !== old;
    const duration = this.#durationFrom[node]!;
    const first = this.#firstArrival[node]!;
    const isEarlier = this.#arrive(node, behind) !== old;
    return isEarlier || this.#durationFrom[node] !== duration || this.#firstArrival[node] !== first;
  }

  #depart(node: number, before: number): number {
    const leg = this.#routes.legSeconds[before]!;
    const arrival = this.departure[before]! + leg;
    const departure = Math.max(arrival, this.opens[node]!) + this.service[node]!;
    this.departure[node] = departure;
    if (this.#hasSpans) {
      const drive = this.#durationUpTo[before]! + leg;
      const lastStart = this.#lastStart[before]!;
      const wait = Math.max(0, this.opens[node]! - drive - lastStart);
      this.#durationUpTo[node] = drive + wait + this.service[node]!;
      this.#lastStart[node] = Math.min(this.closes[node]! - drive, lastStart);
    }
    return departure;
  }

  #arrive(node: number, behind: number): number {
    const drive = this.service[node]! + this.#routes.legSeconds[node]!;
    const latest = Math.min(this.latestArrival[behind]! - drive, this.closes[node]!);
    this.latestArrival[node] = latest;
    if (this.#hasSpans) {
      const first = this.#firstArrival[behind]! - drive;
      const wait = Math.max(0, first - this.closes[node]!);
      this.#durationFrom[node] = this.#durationFrom[behind]! + drive + wait;
      this.#firstArrival[node] = Math.max(first, this.opens[node]!) - wait;
    }
    return latest;
  }

  #openSpans(home: number): void {
    this.#durationUpTo[home] = 0;
    this.#lastStart[home] = this.latestArrival[home]!;
    this.#durationFrom[home] = 0;
    this.#firstArrival[home] = this.departure[home]!;
  }

  /** What the route comes to, by what its last stop and its end keep. */
  #noteEnd(route: number): void {
    const { previous, legSeconds } = this.#routes;
    const last = previous[this.#model.stopCount + route]!;
    const leg = legSeconds[last]!;
    this.end[route] = this.departure[last]! + leg;
    if (this.#hasSpans) this.duration[route] = this.#durationUpTo[last]! + leg;
  }

  /** When a route that comes to one of its nodes then ends. */
  #endFrom(node: number, arrival: number): number {
    return Math.max(arrival, this.#firstArrival[node]!) + this.#durationFrom[node]!;
  }

  /** The duration up to the stop, then with the wait between it and what is behind, and what that takes. */
  #durationWith(stop: number, after: number, legTo: number, legFrom: number): number {
    const before = this.#routes.next[after]!;
    const drive = this.#durationUpTo[after]! + legTo;
    const lastStart = this.#lastStart[after]!;
    const wait = Math.max(0, this.opens[stop]! - drive - lastStart);
    const upTo = drive + wait + this.service[stop]! + legFrom;
    const start = Math.min(this.closes[stop]! - drive, lastStart);
    return upTo + Math.max(0, this.#firstArrival[before]! - upTo - start) + this.#durationFrom[before]!;
  }

  #shiftStartOf(route: number): number {
    return this.#model.types.shiftStart[this.#routes.type[route]!]!;
  }
}
