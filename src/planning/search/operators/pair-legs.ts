import type { Routes } from "../routes.ts";

/** What the legs cost that a pair adds to a route, by the weights of the type that drives it. */
export type PairLegs = {
  /** For the delivery right behind the pickup, which is behind a node. */
  together(pickup: number, after: number): number;
  /** For one of the two stops behind a node, the other elsewhere. */
  apart(stop: number, after: number): number;
};

/** Prepares to tell what pairs add to routes; set-up, service and what the clock says are left out. */
export function createPairLegs(routes: Routes): PairLegs {
  const { model, scoring, next, routeOf, type, fromLocation, toLocation, legMeters, legSeconds } = routes;
  const { location, types } = model;
  const { meterWeight, secondWeight } = scoring;
  const { partner } = model.pairs!;

  const cost = (of: number, from: number, to: number): number => {
    const profile = types.profile[of]!;
    const meters = model.meters[profile]!.between(from, to);
    return meterWeight[of]! * meters + secondWeight[of]! * model.seconds[profile]!.between(from, to);
  };
  const saved = (of: number, node: number): number =>
    meterWeight[of]! * legMeters[node]! + secondWeight[of]! * legSeconds[node]!;

  return {
    together(pickup, after) {
      const of = type[routeOf[after]!]!;
      const [there, then] = [location[pickup]!, location[partner[pickup]!]!];
      const legs = cost(of, fromLocation[after]!, there) + cost(of, there, then);
      return legs + cost(of, then, toLocation[next[after]!]!) - saved(of, after);
    },
    apart(stop, after) {
      const of = type[routeOf[after]!]!;
      const at = location[stop]!;
      const legs = cost(of, fromLocation[after]!, at) + cost(of, at, toLocation[next[after]!]!);
      return legs - saved(of, after);
    },
  };
}
