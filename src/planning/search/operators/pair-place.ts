import type { Routes } from "../routes.ts";

/** A place for a pair. */
export type PairPlace = {
  /** What the pair adds to the score there. */
  score: number;
  /** The nodes that its two stops are behind; -1: none. */
  after: number;
  afterDelivery: number;
  /** The vehicle type that the route then has. */
  type: number;
  /** Whether the vehicle loads again right before or behind the pair, which so has a trip of its own. */
  newTrip: "none" | "first" | "next";
  /** Whether places are looked at too where the pickup alone would be late, as it may where detours are short cuts. */
  isThorough: boolean;
};

/** Looks for a place on a route in use that scores less than `best`, and writes it there. */
export type PairScan = (pickup: number, route: number, best: PairPlace) => void;

/** None yet. */
export function noPlace(): PairPlace {
  return {
    score: Number.POSITIVE_INFINITY,
    after: -1,
    afterDelivery: -1,
    type: -1,
    newTrip: "none",
    isThorough: false,
  };
}

/** Puts the two stops of a pair at a place. `refresh` and `rescore` are due then. */
export function linkPair(
  routes: Routes,
  pickup: number,
  { after, afterDelivery, newTrip }: Pick<PairPlace, "after" | "afterDelivery" | "newTrip">,
): void {
  const delivery = routes.model.pairs!.partner[pickup]!;
  if (newTrip === "none") {
    routes.link(pickup, after);
    routes.link(delivery, afterDelivery < 0 ? pickup : afterDelivery);
    return;
  }
  const reload = routes.trips!.freeNode(routes, routes.type[routes.routeOf[after]!]!);
  if (newTrip === "next") routes.link(reload, after);
  routes.link(pickup, newTrip === "next" ? reload : after);
  routes.link(delivery, pickup);
  if (newTrip === "first") routes.link(reload, delivery);
}
