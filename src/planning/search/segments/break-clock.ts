import type { Model } from "../model.ts";
import type { Routes } from "../routes.ts";
import type { RouteClock } from "./clock.ts";
import { Timetable } from "./timetable.ts";
import { endOfTime, Windows } from "./windows.ts";

/**
 * When routes with breaks, or with trips that wait for their load, are where. Each node keeps the earliest departure and the latest arrival for each number of
 * breaks taken by then, so that most insertions are tested in O(breaks^3); those that move the start of the route, a
 * set-up behind them, or the load at a break that limits it, are driven from the start.
 */
export class BreakClock implements RouteClock {
  readonly isInTime: Uint8Array; // [route]
  readonly end: Float64Array;
  readonly duration: Float64Array;
  readonly lateness: Float64Array;
  readonly alone = { span: 0, lateness: 0 };
  readonly #model: Model;
  readonly #routes: Routes;
  readonly #windows: Windows;
  readonly #table: Timetable;
  readonly #release: Float64Array | undefined;
  readonly #start: Float64Array; // earliest departure, [route]
  readonly #departure: Float64Array; // [node * width + breaks taken]
  readonly #arrival: Float64Array; // likewise

  constructor(model: Model, routes: Routes) {
    const { routeCount, stopCount } = model;
    this.#model = model;
    this.#routes = routes;
    this.#windows = new Windows(model.problem);
    this.#table = new Timetable(model, routes, this.#windows);
    this.#release = model.problem.stops.releaseSeconds;
    this.isInTime = new Uint8Array(routeCount);
    this.end = new Float64Array(routeCount);
    this.duration = new Float64Array(routeCount);
    this.lateness = new Float64Array(routeCount);
    this.#start = new Float64Array(routeCount);
    this.#departure = new Float64Array((stopCount + routeCount) * this.#table.width);
    this.#arrival = new Float64Array((stopCount + routeCount) * this.#table.width);
  }

  tryAlone(stop: number, type: number): boolean {
    const table = this.#table;
    const { types, problem, hasLateness, needsDuration } = this.#model;
    table.open(type);
    table.add(stop);
    if (!(table.drive() <= this.#latestEnd(type))) return false;
    const duration = needsDuration ? table.duration() : 0;
    this.alone.span = problem.objective === "balanced" ? duration : table.end - types.shiftStart[type]!;
    this.alone.lateness = hasLateness ? table.lateness() : 0;
    return !needsDuration || duration <= types.maxDurationSeconds[type]!;
  }

  canInsert(stop: number, after: number): boolean {
    const { needsDuration, types } = this.#model;
    const type = this.#routes.type[this.#routes.routeOf[after]!]!;
    const most = needsDuration ? types.maxDurationSeconds[type]! : Number.POSITIVE_INFINITY;
    if (this.#isLocal(stop, after)) {
      if (!this.#fitsBetween(stop, after)) return false;
      return most === Number.POSITIVE_INFINITY || this.#durationWith(stop, after) <= most;
    }
    if (!(this.#driveWith(stop, after) <= this.#latestEnd(type))) return false;
    return most === Number.POSITIVE_INFINITY || this.#table.duration() <= most;
  }

  /** In O(route). */
  spanWith(stop: number, after: number): number {
    if (this.#model.problem.objective === "balanced") return this.#durationWith(stop, after);
    const type = this.#routes.type[this.#routes.routeOf[after]!]!;
    return this.#driveWith(stop, after) - this.#model.types.shiftStart[type]!;
  }

  /** In O(route). */
  latenessWith(stop: number, after: number): number {
    this.#driveWith(stop, after);
    return this.#table.lateness();
  }

  holds(route: number): boolean {
    if (this.isInTime[route] === 0) return false;
    const { needsDuration, types } = this.#model;
    return !needsDuration || this.duration[route]! <= types.maxDurationSeconds[this.#routes.type[route]!]!;
  }

  spanOf(route: number): number {
    if (this.#model.problem.objective === "balanced") return this.duration[route]!;
    return this.end[route]! - this.#model.types.shiftStart[this.#routes.type[route]!]!;
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
    const { stopCount, needsDuration, hasLateness } = this.#model;
    const { next, type } = this.#routes;
    const table = this.#table;
    const latestEnd = this.#latestEnd(type[route]!);
    table.open(type[route]!);
    for (let stop = next[stopCount + route]!; stop < stopCount; stop = next[stop]!) table.add(stop);
    this.end[route] = table.drive();
    this.isInTime[route] = this.end[route]! <= latestEnd ? 1 : 0;
    if (this.isInTime[route] === 0) return;
    this.#start[route] = table.departure[0]!;
    this.#copyDepartures(route);
    table.findLatest(latestEnd);
    this.#copyArrivals(route);
    if (needsDuration) this.duration[route] = table.duration();
    if (hasLateness) this.lateness[route] = table.lateness();
  }

  /** Whether the stop leaves all earliest departures before it and all latest arrivals behind it as they are. */
  #isLocal(stop: number, after: number): boolean {
    const { next, routeOf, type, fromLocation, toLocation } = this.#routes;
    const { hasSetup, location, stopCount } = this.#model;
    const route = routeOf[after]!;
    if (this.#release && this.#release[stop]! > this.#leaves(route, after)) return false;
    if (this.#table.plans[type[route]!]!.hasLoadLimit) return false;
    const before = next[after]!;
    const from = fromLocation[after]!;
    return !(hasSetup && before < stopCount && from === toLocation[before]! && location[stop] !== from);
  }

  /** The earliest departure of the trip that a node is on. */
  #leaves(route: number, node: number): number {
    const { trips, tripOf } = this.#routes;
    if (!trips || tripOf[node] === route) return this.#start[route]!;
    const { width } = this.#table;
    const at = trips.startOf(tripOf[node]!) * width;
    return this.#departure.subarray(at, at + width).reduce((a, b) => Math.min(a, b));
  }

  #fitsBetween(stop: number, after: number): boolean {
    const { next, routeOf, type, fromLocation, toLocation } = this.#routes;
    const { location } = this.#model;
    const { width, plans } = this.#table;
    const of = type[routeOf[after]!]!;
    const plan = plans[of]!;
    const seconds = this.#routes.secondsOf(routeOf[after]!);
    const from = fromLocation[after]!;
    const before = next[after]!;
    const legTo = seconds.between(from, location[stop]!);
    const legFrom = seconds.between(location[stop]!, toLocation[before]!);
    const stay = this.#routes.stayOf(stop, from, of);
    for (let first = 0; first <= plan.count; first++) {
      const leave = this.#departure[after * width + first]!;
      if (leave === Number.POSITIVE_INFINITY) continue;
      for (let taken = first; taken <= plan.count; taken++) {
        const begin = this.#windows.firstOpen(stop, plan.cross(leave, legTo, first, taken));
        if (begin === Number.POSITIVE_INFINITY) continue;
        for (let last = taken; last <= plan.count; last++) {
          const arrival = plan.cross(begin + stay, legFrom, taken, last);
          if (arrival <= this.#arrival[before * width + last]!) return true;
        }
      }
    }
    return false;
  }

  #durationWith(stop: number, after: number): number {
    this.#driveWith(stop, after);
    return this.#table.duration();
  }

  /** Drives the route with the stop behind a node: its end. */
  #driveWith(stop: number, after: number): number {
    const { stopCount } = this.#model;
    const { next, routeOf, type } = this.#routes;
    const route = routeOf[after]!;
    const table = this.#table;
    table.open(type[route]!);
    if (after >= stopCount) table.add(stop);
    for (let node = next[stopCount + route]!; node < stopCount; node = next[node]!) {
      table.add(node);
      if (node === after) table.add(stop);
    }
    return table.drive();
  }

  #copyDepartures(route: number): void {
    const { width, departure } = this.#table;
    const { next, model } = this.#routes;
    let node = model.stopCount + route;
    for (let place = 0; place <= this.#table.count; place++) {
      for (let k = 0; k < width; k++) this.#departure[node * width + k] = departure[place * width + k]!;
      node = next[node]!;
    }
  }

  #copyArrivals(route: number): void {
    const { width, arrival } = this.#table;
    const { next, model } = this.#routes;
    let node = next[model.stopCount + route]!;
    for (let place = 0; place <= this.#table.count; place++) {
      for (let k = 0; k < width; k++) this.#arrival[node * width + k] = arrival[place * width + k]!;
      node = next[node]!;
    }
  }

  #latestEnd(type: number): number {
    return Math.min(this.#model.types.shiftEnd[type]!, endOfTime);
  }
}
