import type { Routes } from "../routes.ts";
import type { PairPlace } from "./pair-insertion.ts";

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
