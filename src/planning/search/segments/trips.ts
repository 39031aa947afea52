import type { Model } from "../model.ts";
import type { ReloadNodes } from "../reload-nodes.ts";
import type { Routes } from "../routes.ts";

/**
 * The trips of routes on which vehicles load again. A route's own node begins its first trip, each reload node on it
 * another one, so trips are numbered: that of route r is r, that of the k-th reload node is routeCount + k.
 */
export class Trips {
  /** [node]; of a reload node the trip that it begins. */
  readonly tripOf: Int32Array;
  /** Stops on the trip, [trip]. */
  readonly size: Int32Array;
  /** The trip that follows on its route, -1 for none, [trip]. */
  readonly following: Int32Array;
  /** The round in which a stop joined or left it last, [trip]. */
  readonly touchedIn: Int32Array;
  /** How often the route loads again, [route]. */
  readonly reloads: Int32Array;
  /** Trips that routes drive besides their first ones. */
  extra = 0;
  readonly #model: Model;
  readonly #nodes: ReloadNodes;
  /** Where the search for a free node goes on, [kind]. */
  readonly #cursor: Int32Array;
  /** Nodes that no route visits, [kind]. */
  readonly #free: Int32Array;

  constructor(model: Model, nodes: ReloadNodes) {
    const { stopCount, customerCount, routeCount, tripCount } = model;
    this.#model = model;
    this.#nodes = nodes;
    this.tripOf = new Int32Array(stopCount + routeCount).fill(-1);
    for (let trip = 0; trip < tripCount; trip++) {
      this.tripOf[trip < routeCount ? stopCount + trip : customerCount + trip - routeCount] = trip;
    }
    this.size = new Int32Array(tripCount);
    this.touchedIn = new Int32Array(tripCount);
    this.following = new Int32Array(tripCount).fill(-1);
    this.reloads = new Int32Array(routeCount);
    this.#cursor = nodes.offset.slice(0, -1);
    this.#free = this.#cursor.map((first, kind) => nodes.offset[kind + 1]! - first);
  }

  /** The node at which a trip begins. */
  startOf(trip: number): number {
    const { stopCount, customerCount, routeCount } = this.#model;
    return trip < routeCount ? stopCount + trip : customerCount + trip - routeCount;
  }

  /** The node at which a trip of a route ends: where the vehicle loads again, or the route's own. */
  endOf(trip: number, route: number): number {
    const following = this.following[trip]!;
    return following < 0 ? this.#model.stopCount + route : this.startOf(following);
  }

  /** A reload node that no route visits, for a vehicle of a type; -1 when all are in use. */
  freeNode({ routeOf }: Routes, type: number): number {
    const kind = this.#model.types.reloadKind[type]!;
    const cursor = this.#cursor;
    if (this.#free[kind] === 0) return -1;
    while (routeOf[cursor[kind]!]! >= 0) {
      cursor[kind]!++;
      if (cursor[kind] === this.#nodes.offset[kind + 1]) cursor[kind] = this.#nodes.offset[kind]!;
    }
    return cursor[kind]!;
  }

  /** Counts a stop that a trip has taken up. */
  add(trip: number, stop: number, round: number): void {
    this.touchedIn[trip] = round;
    this.tripOf[stop] = trip;
    this.size[trip]!++;
  }

  /** Counts a stop that a trip has lost. */
  remove(trip: number, stop: number, round: number): void {
    this.touchedIn[trip] = round;
    this.tripOf[stop] = -1;
    this.size[trip]!--;
  }

  /** Begins a trip at a reload node that a route has just taken up: the stops behind it change to it. */
  open(routes: Routes, node: number): void {
    const from = this.tripOf[routes.previous[node]!]!;
    const to = this.tripOf[node]!;
    this.following[to] = this.following[from]!;
    this.following[from] = to;
    this.#count(routes.routeOf[node]!, node, 1);
    this.#move(routes, node, to);
  }

  /** Ends a trip whose reload node a route is about to lose: its stops change to the trip before. */
  close(routes: Routes, node: number): void {
    const from = this.tripOf[node]!;
    const to = this.tripOf[routes.previous[node]!]!;
    this.#move(routes, node, to);
    this.following[to] = this.following[from]!;
    this.#count(routes.routeOf[node]!, node, -1);
  }

  #move(routes: Routes, node: number, to: number): void {
    const { next } = routes;
    for (let stop = next[node]!; stop < this.#model.customerCount; stop = next[stop]!) {
      routes.leaveTrip(stop);
      routes.joinTrip(stop, to);
    }
  }

  #count(route: number, node: number, step: number): void {
    const { offset } = this.#nodes;
    let kind = 0;
    while (offset[kind + 1]! <= node) kind++;
    this.reloads[route]! += step;
    this.extra += step;
    this.#free[kind]! -= step;
  }
}
