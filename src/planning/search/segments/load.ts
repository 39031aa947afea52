import type { Model } from "../model.ts";
import type { Routes } from "../routes.ts";

/** The one number a route that is delivered to, or picked up from, by vehicles that are all alike. */
export type SingleLoad = {
  /** [route]. */
  carried: Float64Array;
  /** [stop]. */
  amount: Float64Array;
  capacity: number;
};

/**
 * What routes carry. While all stops are delivered to, or all are picked up from, a route's total tells whether it
 * fits. Where both occur the load rises and falls, so each node also keeps the most that is carried up to it and
 * from it on: an insertion then costs two comparisons a dimension (as the load segments of PyVRP, Wouda et al. 2024).
 */
export class Loads {
  readonly #model: Model;
  readonly #dimensions: number;
  readonly #delivery: Float64Array; // [stop * dimensions + dimension]
  readonly #pickup: Float64Array; // likewise
  readonly #capacity: Float64Array; // [type * dimensions + dimension]
  /** Sums over a route, [route * dimensions + dimension]. `#outbound` is on board at the start, `#inbound` at the end. */
  readonly #outbound: Float64Array;
  readonly #inbound: Float64Array;
  /** Most on board on any leg up to and including the node's own, and from it on, [node * dimensions + dimension]. */
  readonly #mostBefore: Float64Array;
  readonly #mostAfter: Float64Array;

  constructor(model: Model) {
    const { routeCount, stopCount, dimensions, hasMixedLoads } = model;
    const nodes = hasMixedLoads ? stopCount + routeCount : 0;
    this.#model = model;
    this.#dimensions = dimensions;
    this.#delivery = model.problem.stops.delivery;
    this.#pickup = model.problem.stops.pickup;
    this.#capacity = model.types.capacity;
    this.#outbound = new Float64Array(routeCount * dimensions);
    this.#inbound = new Float64Array(routeCount * dimensions);
    this.#mostBefore = new Float64Array(nodes * dimensions);
    this.#mostAfter = new Float64Array(nodes * dimensions);
  }

  /** The load, where there is but one dimension, direction and type of vehicle. */
  singleLoad(): SingleLoad | undefined {
    const { dimensions, hasMixedLoads, types } = this.#model;
    if (dimensions > 1 || hasMixedLoads || types.count > 1) return undefined;
    const isDelivery = this.#delivery.some((amount) => amount > 0);
    return {
      carried: isDelivery ? this.#outbound : this.#inbound,
      amount: isDelivery ? this.#delivery : this.#pickup,
      capacity: types.capacity[0]!,
    };
  }

  add(route: number, stop: number): void {
    const dimensions = this.#dimensions;
    for (let d = 0; d < dimensions; d++) {
      this.#outbound[route * dimensions + d]! += this.#delivery[stop * dimensions + d]!;
      this.#inbound[route * dimensions + d]! += this.#pickup[stop * dimensions + d]!;
    }
  }

  remove(route: number, stop: number): void {
    const dimensions = this.#dimensions;
    for (let d = 0; d < dimensions; d++) {
      this.#outbound[route * dimensions + d]! -= this.#delivery[stop * dimensions + d]!;
      this.#inbound[route * dimensions + d]! -= this.#pickup[stop * dimensions + d]!;
    }
  }

  /** Whether the route's totals with the stop fit the type: enough where loads are not mixed, else necessary. */
  fits(route: number, stop: number, type: number): boolean {
    const dimensions = this.#dimensions;
    for (let d = 0; d < dimensions; d++) {
      const most = this.#capacity[type * dimensions + d]!;
      const at = route * dimensions + d;
      const own = stop * dimensions + d;
      if (this.#outbound[at]! + this.#delivery[own]! > most) return false;
      if (this.#inbound[at]! + this.#pickup[own]! > most) return false;
    }
    return true;
  }

  /** Whether the type carries the route with the stop inserted behind a node. Mixed loads only. */
  fitsBehind(after: number, stop: number, type: number): boolean {
    const { dimensions, problem, types } = this.#model;
    const { delivery, pickup } = problem.stops;
    for (let d = 0; d < dimensions; d++) {
      const most = types.capacity[type * dimensions + d]!;
      if (this.#mostBefore[after * dimensions + d]! + delivery[stop * dimensions + d]! > most) return false;
      if (this.#mostAfter[after * dimensions + d]! + pickup[stop * dimensions + d]! > most) return false;
    }
    return true;
  }

  /** What stays free of a vehicle of the type with the stop on the route: shares of its capacity, summed. */
  roomLeft(route: number, stop: number, type: number): number {
    const { dimensions, problem, types } = this.#model;
    const { delivery, pickup } = problem.stops;
    let room = 0;
    for (let d = 0; d < dimensions; d++) {
      const capacity = types.capacity[type * dimensions + d]!;
      const outbound = this.#outbound[route * dimensions + d]! + delivery[stop * dimensions + d]!;
      const inbound = this.#inbound[route * dimensions + d]! + pickup[stop * dimensions + d]!;
      if (capacity > 0) room += 1 - Math.max(outbound, inbound) / capacity;
    }
    return room;
  }

  /** Whether the type carries the route as it is. */
  holds(route: number, type: number): boolean {
    const { dimensions, types, hasMixedLoads, stopCount } = this.#model;
    for (let d = 0; d < dimensions; d++) {
      const at = route * dimensions + d;
      const carried = hasMixedLoads
        ? this.#mostAfter[(stopCount + route) * dimensions + d]!
        : this.#outbound[at]! + this.#inbound[at]!;
      if (carried > types.capacity[type * dimensions + d]!) return false;
    }
    return true;
  }

  /** Recomputes what the nodes of a route keep. */
  refresh(routes: Routes, route: number): void {
    const { dimensions, problem, stopCount } = this.#model;
    const { delivery, pickup } = problem.stops;
    const { next, previous } = routes;
    const home = stopCount + route;
    const mostBefore = this.#mostBefore;
    const mostAfter = this.#mostAfter;
    for (let d = 0; d < dimensions; d++) {
      let load = this.#outbound[route * dimensions + d]!;
      let most = load;
      mostBefore[home * dimensions + d] = most;
      for (let stop = next[home]!; stop < stopCount; stop = next[stop]!) {
        load += pickup[stop * dimensions + d]! - delivery[stop * dimensions + d]!;
        if (load > most) most = load;
        mostBefore[stop * dimensions + d] = most;
      }
      most = load;
      for (let stop = previous[home]!; stop < stopCount; stop = previous[stop]!) {
        if (load > most) most = load;
        mostAfter[stop * dimensions + d] = most;
        load += delivery[stop * dimensions + d]! - pickup[stop * dimensions + d]!;
      }
      mostAfter[home * dimensions + d] = Math.max(most, load);
    }
  }
}
