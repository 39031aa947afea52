import type { Legs } from "../../legs.ts";
import type { Routes } from "../routes.ts";
import type { Trips } from "../segments/trips.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";

/**
 * Finds the cheapest place for a trip of one stop: at the head of a route, between two of its trips or at its end. All
 * places are weighed by their legs first; from the least on they are tried until none can be better than the best.
 */
export class NewTrips {
  /** The place found last: the score it adds, the node it is behind (-1: none), and the vehicle type it takes. */
  score = Number.POSITIVE_INFINITY;
  after = -1;
  type = -1;
  /** Whether the stop comes before the reload, at the head of its route. */
  isHead = false;
  readonly #routes: Routes;
  readonly #trips: Trips;
  readonly #choice: VehicleChoice;
  /** The places to try: what each adds at least, and the node before it, its complement at the head of a route. */
  readonly #least: Float64Array;
  readonly #places: Int32Array;
  #count = 0;

  constructor(routes: Routes, trips: Trips, choice: VehicleChoice) {
    const { routeCount, tripCount } = routes.model;
    this.#routes = routes;
    this.#trips = trips;
    this.#choice = choice;
    this.#least = new Float64Array(routeCount + tripCount);
    this.#places = new Int32Array(routeCount + tripCount);
  }

  /** Forgets the stop before. Only what adds less than `below` is looked for. */
  begin(below: number): void {
    this.score = below;
    this.after = -1;
    this.#count = 0;
  }

  /** Weighs the places on a route. */
  weigh(route: number, stop: number): void {
    const routes = this.#routes;
    if (routes.size[route] === 0 || !this.#choice.mayAddTrip(route) || !this.#choice.canTake(route, stop))
      return;
    const reload = this.#trips.freeNode(routes, routes.type[route]!);
    if (reload < 0) return;
    const home = routes.model.stopCount + route;
    this.#weighPlace(~home, [stop, reload]);
    for (let trip = route; trip >= 0; trip = this.#trips.following[trip]!) {
      this.#weighPlace(routes.previous[this.#trips.endOf(trip, route)]!, [reload, stop]);
    }
  }

  /** Tries the places that were weighed; true when one was found. */
  settle(stop: number): boolean {
    const least = this.#least;
    while (this.#count > 0) {
      let first = 0;
      for (let place = 1; place < this.#count; place++) if (least[place]! < least[first]!) first = place;
      if (least[first]! >= this.score) break;
      this.#try(this.#places[first]!, stop);
      this.#count--;
      least[first] = least[this.#count]!;
      this.#places[first] = this.#places[this.#count]!;
    }
    return this.after >= 0;
  }

  /** Puts the stop on its new trip. `refresh` and `rescore` are due then. */
  link(stop: number): void {
    const routes = this.#routes;
    const reload = this.#trips.freeNode(routes, routes.type[routes.routeOf[this.after]!]!);
    routes.link(reload, this.after);
    routes.link(stop, this.isHead ? this.after : reload);
  }

  /** `pair`: the stop and the reload, in their order. */
  #weighPlace(place: number, pair: readonly [number, number]): void {
    const routes = this.#routes;
    const after = place < 0 ? ~place : place;
    const route = routes.routeOf[after]!;
    const type = routes.type[route]!;
    const { scoring, model } = routes;
    const meters = this.#legsAdded(model.meters, routes.legMeters, after, pair);
    const seconds = model.hasOneMatrix
      ? meters
      : this.#legsAdded(model.seconds, routes.legSeconds, after, pair);
    const stay = this.#stayAdded(after, pair);
    let score = scoring.score(
      type,
      routes.meters[route]! + meters,
      routes.seconds[route]! + seconds,
      routes.stay[route]! + stay,
      Math.max(0, routes.idle[route]! - seconds - stay),
    );
    if (model.hasExtras) score += scoring.scoreExtra(routes.extraOf(route) + model.types.costPerStop[type]!);
    const least = score - routes.score[route]!;
    if (least >= this.score) return;
    this.#least[this.#count] = least;
    this.#places[this.#count++] = place;
  }

  #legsAdded(
    matrices: Legs[],
    legs: Int32Array,
    after: number,
    [first, second]: readonly [number, number],
  ): number {
    const { model, fromLocation, toLocation, next, routeOf, type } = this.#routes;
    const { location, types } = model;
    const matrix = matrices[types.profile[type[routeOf[after]!]!]!]!;
    const [at, to] = [location[first]!, location[second]!];
    return (
      matrix.between(fromLocation[after]!, at) +
      matrix.between(at, to) +
      matrix.between(to, toLocation[next[after]!]!) -
      legs[after]!
    );
  }

  #stayAdded(after: number, [first, second]: readonly [number, number]): number {
    const routes = this.#routes;
    const { location, stopCount } = routes.model;
    const type = routes.type[routes.routeOf[after]!]!;
    const from = routes.fromLocation[after]!;
    const before = routes.next[after]!;
    const stay = routes.stayOf(first, from, type) + routes.stayOf(second, location[first]!, type);
    if (before >= stopCount) return stay;
    return stay + routes.stayOf(before, location[second]!, type) - routes.stayOf(before, from, type);
  }

  #try(place: number, stop: number): void {
    const routes = this.#routes;
    const best = { score: this.score, after: this.after, type: this.type, isHead: this.isHead };
    this.isHead = place < 0;
    this.after = this.isHead ? ~place : place;
    const route = routes.routeOf[this.after]!;
    const before = routes.score[route]!;
    routes.mark(route);
    this.link(stop);
    routes.refresh(route);
    const isInPlace = !routes.locks || routes.locks.firstMisplaced(routes, route) < 0;
    this.score = isInPlace ? this.#choice.cheapestAsIs(route, stop) - before : Number.POSITIVE_INFINITY;
    this.type = this.#choice.type;
    routes.takeBack(route);
    if (this.score < best.score) return;
    this.score = best.score;
    this.after = best.after;
    this.type = best.type;
    this.isHead = best.isHead;
  }
}
