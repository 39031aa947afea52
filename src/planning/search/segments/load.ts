import type { Pairs } from "../../pairs.ts";
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
 * fits. Where vehicles load again, all that holds for each trip. Where both occur the load rises and falls, so each node also keeps the most that is carried up to it and
 * from it on: an insertion then costs two comparisons a dimension (as the load segments of PyVRP, Wouda et al. 2024).
 */
export class Loads {
  readonly #model: Model;
  readonly #dimensions: number;
  /** Of the load on each node's own leg, kept where there are pairs, [node * dimensions + dimension]. */
  readonly carried: Float64Array;
  readonly #pairs: Pairs | undefined;
  readonly #delivery: Float64Array; // on board from the start, [stop * dimensions + dimension]
  readonly #pickup: Float64Array; // on board to the end, likewise
  readonly #capacity: Float64Array; // [type * dimensions + dimension]
  readonly #largest: Float64Array; // the most that any type of the family takes, likewise
  /** Sums over a trip, [trip * dimensions + dimension]. `#outbound` is on board at its start, `#inbound` at its end. */
  readonly #outbound: Float64Array;
  readonly #inbound: Float64Array;
  /** Most on board on any leg up to and including the node's own, and from it on, [node * dimensions + dimension]. */
  readonly #mostBefore: Float64Array;
  readonly #mostAfter: Float64Array;

  constructor(model: Model) {
    const { tripCount, routeCount, stopCount, dimensions, hasMixedLoads } = model;
    const nodes = hasMixedLoads ? stopCount + routeCount : 0;
    this.#model = model;
    this.#dimensions = dimensions;
    this.#pairs = model.pairs;
    this.carried = new Float64Array(model.pairs ? nodes * dimensions : 0);
    this.#delivery = model.startLoad;
    this.#pickup = model.endLoad;
    this.#capacity = model.types.capacity;
    this.#largest = model.pairs ? largestOfFamilies(model) : model.types.capacity;
    this.#outbound = new Float64Array(tripCount * dimensions);
    this.#inbound = new Float64Array(tripCount * dimensions);
    this.#mostBefore = new Float64Array(nodes * dimensions);
    this.#mostAfter = new Float64Array(nodes * dimensions);
  }

  /** The load, where there is but one dimension, direction and type of vehicle. */
  singleLoad(): SingleLoad | undefined {
    const { dimensions, hasMixedLoads, types, reloads } = this.#model;
    if (dimensions > 1 || hasMixedLoads || types.count > 1 || reloads) return undefined;
    const isDelivery = this.#delivery.some((amount) => amount > 0);
    return {
      carried: isDelivery ? this.#outbound : this.#inbound,
      amount: isDelivery ? this.#delivery : this.#pickup,
      capacity: types.capacity[0]!,
    };
  }

  add(trip: number, stop: number): void {
    const dimensions = this.#dimensions;
    for (let d = 0; d < dimensions; d++) {
      this.#outbound[trip * dimensions + d]! += this.#delivery[stop * dimensions + d]!;
      this.#inbound[trip * dimensions + d]! += this.#pickup[stop * dimensions + d]!;
    }
  }

  remove(trip: number, stop: number): void {
    const dimensions = this.#dimensions;
    for (let d = 0; d < dimensions; d++) {
      this.#outbound[trip * dimensions + d]! -= this.#delivery[stop * dimensions + d]!;
      this.#inbound[trip * dimensions + d]! -= this.#pickup[stop * dimensions + d]!;
    }
  }

  /** Whether the trip's totals with the stop fit the type: enough where loads are not mixed, else necessary. */
  fits(trip: number, stop: number, type: number): boolean {
    const dimensions = this.#dimensions;
    for (let d = 0; d < dimensions; d++) {
      const most = this.#capacity[type * dimensions + d]!;
      const at = trip * dimensions + d;
      const own = stop * dimensions + d;
      if (this.#outbound[at]! + this.#delivery[own]! > most) return false;
      if (this.#inbound[at]! + this.#pickup[own]! > most) return false;
    }
    return true;
  }

  /** Whether the type carries the route with the stop inserted behind a node. Mixed loads only. */
  fitsBehind(after: number, stop: number, type: number): boolean {
    const { dimensions, types } = this.#model;
    for (let d = 0; d < dimensions; d++) {
      const most = types.capacity[type * dimensions + d]!;
      if (this.#mostBefore[after * dimensions + d]! + this.#delivery[stop * dimensions + d]! > most)
        return false;
      if (this.#mostAfter[after * dimensions + d]! + this.#pickup[stop * dimensions + d]! > most)
        return false;
    }
    return true;
  }

  /** Whether some vehicle that may drive a route of the type has room for a pickup's amount on a node's own leg. */
  fitsOnLeg(node: number, pickup: number, type: number): boolean {
    const { dimensions, problem, hasMixedLoads } = this.#model;
    if (!hasMixedLoads) return true;
    for (let d = 0; d < dimensions; d++) {
      const load = this.carried[node * dimensions + d]! + problem.stops.pickup[pickup * dimensions + d]!;
      if (load > this.#largest[type * dimensions + d]!) return false;
    }
    return true;
  }

  /** How full a vehicle of the type is that drives the trip, in the fullest dimension; -1 stands for an idle one, or no stop more. */
  fillWith(trip: number, stop: number, type: number): number {
    const dimensions = this.#dimensions;
    let fill = 0;
    for (let d = 0; d < dimensions; d++) {
      const capacity = this.#capacity[type * dimensions + d]!;
      if (capacity === 0) continue;
      const at = trip * dimensions + d;
      const own = stop * dimensions + d;
      const before = trip < 0 ? 0 : this.#outbound[at]! + this.#inbound[at]!;
      const added = stop < 0 ? 0 : this.#delivery[own]! + this.#pickup[own]!;
      fill = Math.max(fill, (before + added) / capacity);
    }
    return fill;
  }

  /** What stays free of a vehicle of the type with the stop on the trip: shares of its capacity, summed. */
  roomLeft(trip: number, stop: number, type: number): number {
    const { dimensions, types } = this.#model;
    const [delivery, pickup] = [this.#delivery, this.#pickup];
    let room = 0;
    for (let d = 0; d < dimensions; d++) {
      const capacity = types.capacity[type * dimensions + d]!;
      const outbound = this.#outbound[trip * dimensions + d]! + delivery[stop * dimensions + d]!;
      const inbound = this.#inbound[trip * dimensions + d]! + pickup[stop * dimensions + d]!;
      if (capacity > 0) room += 1 - Math.max(outbound, inbound) / capacity;
    }
    return room;
  }

  /** Whether the type carries the route as it is. */
  holds(routes: Routes, route: number, type: number): boolean {
    if (!routes.trips) return this.#holdsTrip(route, this.#model.stopCount + route, type);
    for (let trip = route; trip >= 0; trip = routes.trips.following[trip]!) {
      if (!this.#holdsTrip(trip, routes.trips.startOf(trip), type)) return false;
    }
    return true;
  }

  /** Recomputes what the nodes of a route keep. */
  refresh(routes: Routes, route: number): void {
    const home = this.#model.stopCount + route;
    if (!routes.trips) {
      this.#refreshTrip(routes, route, { start: home, end: home });
      return;
    }
    for (let trip = route; trip >= 0; trip = routes.trips.following[trip]!) {
      const ends = { start: routes.trips.startOf(trip), end: routes.trips.endOf(trip, route) };
      this.#refreshTrip(routes, trip, ends);
    }
  }

  #holdsTrip(trip: number, start: number, type: number): boolean {
    const { dimensions, types, hasMixedLoads } = this.#model;
    for (let d = 0; d < dimensions; d++) {
      const at = trip * dimensions + d;
      const carried = hasMixedLoads
        ? this.#mostAfter[start * dimensions + d]!
        : this.#outbound[at]! + this.#inbound[at]!;
      if (carried > types.capacity[type * dimensions + d]!) return false;
    }
    return true;
  }

  #refreshTrip(routes: Routes, trip: number, { start, end }: { start: number; end: number }): void {
    const { dimensions, problem, customerCount } = this.#model;
    const { delivery, pickup } = problem.stops;
    const { next, previous } = routes;
    if (this.#pairs) this.#note(routes, trip, start);
    const mostBefore = this.#mostBefore;
    const mostAfter = this.#mostAfter;
    for (let d = 0; d < dimensions; d++) {
      let load = this.#outbound[trip * dimensions + d]!;
      let most = load;
      mostBefore[start * dimensions + d] = most;
      for (let stop = next[start]!; stop < customerCount; stop = next[stop]!) {
        load += pickup[stop * dimensions + d]! - delivery[stop * dimensions + d]!;
        if (load > most) most = load;
        mostBefore[stop * dimensions + d] = most;
      }
      most = load;
      for (let stop = previous[end]!; stop < customerCount; stop = previous[stop]!) {
        if (load > most) most = load;
        mostAfter[stop * dimensions + d] = most;
        load += delivery[stop * dimensions + d]! - pickup[stop * dimensions + d]!;
      }
      mostAfter[start * dimensions + d] = Math.max(most, load);
    }
  }

  /** Notes the load on each leg of a trip that begins at a node. */
  #note({ next }: Routes, trip: number, start: number): void {
    const { dimensions, problem, customerCount } = this.#model;
    const { delivery, pickup } = problem.stops;
    for (let d = 0; d < dimensions; d++) {
      let load = this.#outbound[trip * dimensions + d]!;
      this.carried[start * dimensions + d] = load;
      for (let stop = next[start]!; stop < customerCount; stop = next[stop]!) {
        load += pickup[stop * dimensions + d]! - delivery[stop * dimensions + d]!;
        this.carried[stop * dimensions + d] = load;
      }
    }
  }
}

function largestOfFamilies({ types, dimensions }: Model): Float64Array {
  return types.capacity.map((_, at) => {
    const [type, d] = [Math.floor(at / dimensions), at % dimensions];
    return types.family[type]!.reduce(
      (most, each) => Math.max(most, types.capacity[each * dimensions + d]!),
      0,
    );
  });
}
