import type { Routes } from "../routes.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { linkPair } from "./link-pair.ts";
import type { PairPlace, PairScan } from "./pair-insertion.ts";
import { createPairLegs } from "./pair-legs.ts";

type Parts = { routes: Routes; choice: VehicleChoice };

/**
 * Makes the scan that puts a pair on a route to see what that does to it: it knows every rule, at the price of timing
 * the route for every two positions. Those whose legs alone cost more than the best place are passed over.
 */
export function createPairTrial({ routes, choice }: Parts): PairScan {
  const { next, model, loads, scoring, type, routeOf } = routes;
  const { partner } = model.pairs!;
  const legs = createPairLegs(routes);
  const areLegsABound = scoring.isCost && !model.hasSetup;
  const tryAt = createTry({ routes, choice });

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

  return (pickup, route, best) => {
    const delivery = partner[pickup]!;
    const home = model.stopCount + route;
    const of = type[route]!;
    let first = home;
    do {
      if (loads.fitsOnLeg(first, pickup, of) && boards(pickup, first)) {
        const toPickup = areLegsABound ? legs.apart(pickup, first) : 0;
        const direct = areLegsABound ? legs.together(pickup, first) : Number.NEGATIVE_INFINITY;
        if (direct < best.score) tryAt(best, { pickup, first, behind: pickup, newTrip: "none" });
        let behind = next[first]!;
        for (; behind < model.customerCount && loads.fitsOnLeg(behind, pickup, of); behind = next[behind]!) {
          const more = areLegsABound ? toPickup + legs.apart(delivery, behind) : Number.NEGATIVE_INFINITY;
          if (more < best.score) tryAt(best, { pickup, first, behind, newTrip: "none" });
        }
      }
      first = next[first]!;
    } while (first !== home);
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
