import type { Routes } from "../routes.ts";
import type { RouteClock } from "../segments/clock.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { createPairLegs } from "./pair-legs.ts";
import { linkPair, type PairPlace, type PairScan } from "./pair-place.ts";

type Parts = { routes: Routes; choice: VehicleChoice };

/**
 * Makes the scan that puts a pair on a route to see what that does to it: it knows every rule, at the price of timing
 * the route for two positions. Those whose legs alone cost more than the best place are passed over, and those that the
 * clock knows to be too late.
 */
export function createPairTrial({ routes, choice }: Parts): PairScan {
  const { next, model, loads, scoring, type, routeOf, clock } = routes;
  const { partner } = model.pairs!;
  const legs = createPairLegs(routes);
  const areLegsABound = scoring.isCost && !model.hasSetup;
  const tryAt = createTry({ routes, choice });
  /** The nodes that the delivery may be put behind, and what the legs cost then at least: the first `count` entries. */
  const places = new Int32Array(model.stopCount + 1);
  const costs = new Float64Array(model.stopCount + 1).fill(Number.NEGATIVE_INFINITY);
  let count = 0;

  /** Gives the pair a trip of its own: before all others, or behind one of them. */
  const tryNewTrips = (best: PairPlace, pickup: number, route: number): void => {
    const trips = routes.trips!;
    if (!choice.mayAddTrip(route) || trips.freeNode(routes, type[route]!) < 0) return;
    tryAt(best, { pickup, first: model.stopCount + route, behind: pickup, newTrip: "first" });
    for (let trip = route; trip >= 0; trip = trips.following[trip]!) {
      const last = routes.previous[trips.endOf(trip, route)]!;
      tryAt(best, { pickup, first: last, behind: pickup, newTrip: "next" });
    }
  };

  /** Whether the node's trip has room for both; where there is but one trip, that was asked before. */
  const boards = (pickup: number, node: number): boolean => {
    if (!model.reloads) return true;
    const [route, trip] = [routeOf[node]!, routes.tripOf[node]!];
    return choice.boards(route, trip, pickup) && choice.boards(route, trip, partner[pickup]!);
  };

  /** Gathers the places for the delivery that have room and are not too dear, with the pickup behind a node. */
  const gather = (pickup: number, first: number, below: number): void => {
    const of = type[routeOf[first]!]!;
    const delivery = partner[pickup]!;
    count = 0;
    if (areLegsABound) costs[0] = legs.together(pickup, first);
    if (costs[0]! < below) places[count++] = pickup;
    const toPickup = areLegsABound ? legs.apart(pickup, first) : 0;
    let behind = next[first]!;
    for (; behind < model.customerCount && loads.fitsOnLeg(behind, pickup, of); behind = next[behind]!) {
      if (areLegsABound) costs[count] = toPickup + legs.apart(delivery, behind);
      if (costs[count]! < below) places[count++] = behind;
    }
  };

  /** Leaves those places that the route, which is in time with the pickup alone, bears with the delivery. */
  const dropLate = (clock: RouteClock, pickup: number, first: number): void => {
    const route = routeOf[first]!;
    routes.mark(route);
    routes.link(pickup, first);
    routes.refresh(route);
    const gathered = count;
    count = 0;
    for (let place = 0; place < gathered; place++) {
      if (!clock.canInsert(partner[pickup]!, places[place]!)) continue;
      costs[count] = costs[place]!;
      places[count++] = places[place]!;
    }
    routes.takeBack(route);
  };

  const tryPickup = (best: PairPlace, pickup: number, first: number): void => {
    const route = routeOf[first]!;
    if (!loads.fitsOnLeg(first, pickup, type[route]!) || !boards(pickup, first)) return;
    gather(pickup, first, best.score);
    if (clock && count > 0) {
      if (clock.canInsert(pickup, first)) dropLate(clock, pickup, first);
      else if (!best.isThorough) return;
    }
    for (let place = 0; place < count; place++) {
      if (costs[place]! >= best.score) continue;
      tryAt(best, { pickup, first, behind: places[place]!, newTrip: "none" });
    }
  };

  return (pickup, route, best) => {
    const home = model.stopCount + route;
    tryPickup(best, pickup, home);
    for (let node = next[home]!; node !== home; node = next[node]!) tryPickup(best, pickup, node);
    if (routes.trips) tryNewTrips(best, pickup, route);
  };
}

/** The pickup, and the nodes that it and its delivery are put behind. */
type Trial = { pickup: number; first: number; behind: number; newTrip: PairPlace["newTrip"] };

function createTry({ routes, choice }: Parts): (best: PairPlace, trial: Trial) => void {
  const { locks, routeOf } = routes;

  return (best, { pickup, first, behind, newTrip }) => {
    const route = routeOf[first]!;
    const before = routes.score[route]!;
    routes.mark(route);
    linkPair(routes, pickup, { after: first, afterDelivery: behind, newTrip });
    routes.refresh(route);
    const isInPlace = !locks || locks.firstMisplaced(routes, route) < 0;
    const score = isInPlace ? choice.cheapestAsIs(route, pickup) - before : Number.POSITIVE_INFINITY;
    if (score < best.score) {
      best.score = score;
      best.after = first;
      best.afterDelivery = behind;
      best.type = choice.type;
      best.newTrip = newTrip;
    }
    routes.takeBack(route);
  };
}
