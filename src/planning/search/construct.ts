import type { Absence } from "./absence.ts";
import type { BestPlan } from "./best-plan.ts";
import { chainStops } from "./chain-stops.ts";
import type { Neighbours } from "./neighbours.ts";
import { breakUpGroups } from "./operators/break-up-groups.ts";
import type { Insertion } from "./operators/insertion.ts";
import type { InsertionOrders } from "./operators/insertion-orders.ts";
import { endOtherFleet } from "./operators/other-fleets.ts";
import type { Placement } from "./operators/placement.ts";
import { insertLocked } from "./operators/recreate.ts";
import type { Routes } from "./routes.ts";
import { copyPool, createPool, push, type StopPool } from "./stop-pool.ts";
import type { VehicleChoice } from "./vehicle-choice.ts";

/** What a first plan is made with. */
export type ConstructContext = {
  routes: Routes;
  choice: VehicleChoice;
  insertion: Insertion;
  placement: Placement;
  orders: InsertionOrders;
  absence: Absence;
  best: BestPlan;
  neighbours: Neighbours;
  /** The stops that some vehicle could carry. */
  servable: StopPool;
  /** Asked often; true ends the construction with what it has. */
  isCancelled: () => boolean;
  /** Whether the time limit has passed: then one plan has to do. */
  isLate: () => boolean;
};

/** Stops inserted in all attempts together, about: large problems get one attempt, small ones several. */
const insertionsGranted = 3000;
const mostAttempts = 8;
const insertionsPerLook = 32;

/**
 * Makes a first plan and leaves it as the current and best one: greedy insertion along a chain of neighbours that
 * begins far out, with all optional stops and once more with those that pay; with a mixed fleet also without its larger
 * vehicles. While that leaves stops out, in random
 * orders; and at last packing first, which fills tight fleets better than it drives.
 */
export function construct(context: ConstructContext): void {
  const { servable, best, orders, neighbours } = context;
  const chain = (pool: StopPool): void => {
    orders.sortFarthestFirst(pool);
    chainStops(pool, neighbours);
  };
  if (context.routes.model.penalty) attemptPlan(context, { sort: chain, insert: insertCheapest });
  context.placement.generosity = Number.MAX_VALUE;
  attemptPlan(context, { sort: chain, insert: insertCheapest });
  for (const fleet of otherFleets(context)) {
    if (!context.isLate()) attemptPlan(context, { sort: chain, insert: insertCheapest, fleet });
  }
  const attempts = Math.min(mostAttempts, Math.ceil(insertionsGranted / (servable.count + 1)));
  for (let attempt = 0; attempt < attempts && best.absent > 0 && !context.isLate(); attempt++) {
    attemptPlan(context, { sort: (pool) => orders.shuffle(pool), insert: insertCheapest });
  }
  if (best.absent > 0 && !context.isLate()) {
    attemptPlan(context, { sort: (pool) => orders.sortLargestFirst(pool), insert: insertTightest });
  }
  context.placement.generosity = 1;
  best.restore();
}

type Attempt = {
  sort: (pool: StopPool) => void;
  insert: (context: ConstructContext, stop: number) => boolean;
  fleet?: Fleet;
};

/** `share`: of the discount on vehicles that are not full. `largest`: the type that none is larger than, -1 for any. */
type Fleet = { share: number; largest: number };

function attemptPlan(context: ConstructContext, { sort, insert, fleet }: Attempt): void {
  const { routes, choice, absence, placement, servable, best } = context;
  const pool = createPool(servable.stops.length);
  copyPool(servable, pool);
  sort(pool);
  routes.begin();
  routes.clear();
  absence.trial.count = 0;
  choice.discount.share = fleet?.share ?? 0;
  choice.barLarger(fleet?.largest ?? -1);
  let isCancelled = false;
  for (let place = 0; place < pool.count; place++) {
    if (place % insertionsPerLook === 0) isCancelled ||= context.isCancelled();
    const stop = pool.stops[place]!;
    if (routes.routeOf[stop]! >= 0) continue;
    if (isCancelled || !insert(context, stop)) push(absence.trial, stop);
  }
  endOtherFleet(context);
  if (!isCancelled) insertLocked(routes, placement, absence.trial);
  breakUpGroups(context);
  absence.keepTrial();
  best.offer();
}

function insertCheapest({ placement }: ConstructContext, stop: number): boolean {
  return placement.place(stop, "near");
}

/** Best fit: the route that the stop fills most nearly, by the room that stays in its vehicle; else an idle one. */
function insertTightest({ routes, insertion, placement }: ConstructContext, stop: number): boolean {
  const isUnit = routes.company?.mates[stop] !== undefined || (routes.model.pairs?.partner[stop] ?? -1) >= 0;
  if (isUnit) return placement.place(stop, "anywhere");
  let tightest = -1;
  let leastRoom = Number.POSITIVE_INFINITY;
  for (let route = 0; route < routes.opened; route++) {
    if (!insertion.findOn(route, stop)) continue;
    const room = routes.loads.roomLeft(route, stop, insertion.type);
    if (room >= leastRoom) continue;
    leastRoom = room;
    tightest = route;
  }
  const isFound = tightest < 0 ? insertion.findAnywhere(stop) : insertion.findOn(tightest, stop);
  if (isFound) insertion.apply(stop);
  return isFound;
}

/** Fleets that greedy insertion would not come to by itself, where vehicles of several sizes cost differently. */
function otherFleets({ routes, choice }: ConstructContext): Fleet[] {
  if (!choice.isMixed) return [];
  const { rank } = routes.model.types;
  const sizes = rank.reduce((a, b) => Math.max(a, b), 0);
  const fleets = choice.discount.isUseful ? [0.5, 1].map((share) => ({ share, largest: -1 })) : [];
  for (let size = 0; size < sizes; size++) fleets.push({ share: 0, largest: rank.indexOf(size) });
  return fleets;
}
