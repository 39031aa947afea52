import type { Random } from "../random.ts";
import type { Routes } from "../routes.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";

/** How often two trips of a ruined route that fit together become one. */
const mergeChance = 0.1;

/** Loads again no more where a trip has lost all its stops. */
export function closeEmptyTrips(routes: Routes, route: number): void {
  const { trips } = routes;
  if (!trips) return;
  for (let trip = route; trip >= 0; ) {
    const following = trips.following[trip]!;
    if (trip !== route && trips.size[trip] === 0) {
      routes.unlink(trips.startOf(trip));
      trip = following;
    } else if (trip === route && trips.size[trip] === 0 && following >= 0) {
      routes.unlink(trips.startOf(following));
    } else trip = following;
  }
}

/** Now and then makes one trip of two that a vehicle can do without loading in between. */
export function mergeTrips(
  context: { routes: Routes; choice: VehicleChoice; random: Random },
  route: number,
): void {
  const { routes, choice, random } = context;
  const { trips, company } = routes;
  if (!trips) return;
  for (let trip = route; trips.following[trip]! >= 0; ) {
    const following = trips.following[trip]!;
    const isTried = random.fraction() < mergeChance && (!company || company.mayMerge(trip, following));
    if (!(isTried && merge({ routes, choice }, route, trips.startOf(following)))) trip = following;
  }
}

function merge(
  { routes, choice }: { routes: Routes; choice: VehicleChoice },
  route: number,
  node: number,
): boolean {
  routes.mark(route);
  routes.unlink(node);
  routes.refresh(route);
  if (choice.cheapestAsIs(route) < Number.POSITIVE_INFINITY) {
    routes.keep();
    return true;
  }
  routes.takeBack(route);
  return false;
}
