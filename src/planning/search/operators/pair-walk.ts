import type { Legs } from "../../legs.ts";
import type { Random } from "../random.ts";
import type { Routes } from "../routes.ts";
import { PlainClock } from "../segments/plain-clock.ts";
import type { PairDetour, VehicleChoice } from "../vehicle-choice.ts";
import { Blink } from "./blink.ts";
import { noPlace, type PairPlace, type PairScan } from "./pair-place.ts";

type Parts = { routes: Routes; choice: VehicleChoice; random: Pick<Random, "fraction"> };

/**
 * As `createPairTrial`, where a `PlainClock` tells the time or none does: behind each place for the pickup the route is
 * walked on with the pickup on board, its delayed clock and its load, so that every place for the delivery takes O(1).
 * Places whose pickup alone costs more than the best found are passed over. Undefined where the rules are others.
 */
export function createPairWalk(parts: Parts): PairScan | undefined {
  const { routes } = parts;
  if (!isWalkable(routes)) return undefined;
  const { next, fromLocation, toLocation, legMeters, legSeconds, type, model, scoring, loads } = routes;
  const { location, stopCount, types } = model;
  const { departure, latestArrival, opens, closes, service } = timesOf(routes);
  const { partner } = model.pairs!;
  const { staysOf, offer } = createSettle(parts);
  const blink = new Blink(parts.random);
  // What the question is about, and the best place so far.
  let [pickup, delivery, of, atPickup, atDelivery, perMeter, perSecond] = [0, 0, 0, 0, 0, 0, 0];
  let [meters, seconds] = [model.meters[0]!, model.seconds[0]!];
  let best = noPlace();

  /** Whether the delivery, come to at a moment, can be served with so many seconds on from there to a node. */
  const isInTime = (arrival: number, onward: number, after: number): boolean => {
    if (arrival > closes[delivery]!) return false;
    return Math.max(arrival, opens[delivery]!) + service[delivery]! + onward <= latestArrival[after]!;
  };

  /** The pickup is left at a moment: tries the delivery right behind it. */
  const tryTogether = (first: number, leave: number, approach: number): void => {
    const before = next[first]!;
    const to = toLocation[before]!;
    const between = seconds.between(atPickup, atDelivery);
    const onward = seconds.between(atDelivery, to);
    const cost =
      approach +
      perMeter * (meters.between(atPickup, atDelivery) + meters.between(atDelivery, to)) +
      perSecond * (between + onward);
    if (cost >= best.score || !isInTime(leave + between, onward, before)) return;
    offer(best, { pickup, first, behind: pickup, cost });
  };

  /** Walks on from the pickup and tries the delivery behind each node. */
  const tryApart = (first: number, leave: number, approach: number): void => {
    const before = next[first]!;
    const toNext = seconds.between(atPickup, toLocation[before]!);
    const cost = approach + perMeter * meters.between(atPickup, toLocation[before]!) + perSecond * toNext;
    let clock = leave + toNext;
    for (let node = before; node < stopCount && cost < best.score; ) {
      if (clock > latestArrival[node]! || !loads.fitsOnLeg(node, pickup, of)) return;
      clock = Math.max(clock, opens[node]!) + service[node]!;
      if (clock > closes[delivery]!) return;
      const after = next[node]!;
      const from = fromLocation[node]!;
      const to = toLocation[after]!;
      const there = seconds.between(from, atDelivery);
      const onward = seconds.between(atDelivery, to);
      const length = meters.between(from, atDelivery) + meters.between(atDelivery, to);
      const whole =
        cost + perMeter * (length - legMeters[node]!) + perSecond * (there + onward - legSeconds[node]!);
      if (whole < best.score && isInTime(clock + there, onward, after)) {
        offer(best, { pickup, first, behind: node, cost: whole });
      }
      clock += legSeconds[node]!;
      node = after;
    }
  };

  const tryPickup = (first: number, stays: number): void => {
    const from = fromLocation[first]!;
    const toPickup = seconds.between(from, atPickup);
    const arrival = departure[first]! + toPickup;
    if (arrival > closes[pickup]! || !loads.fitsOnLeg(first, pickup, of) || blink.isDue()) return;
    const leave = Math.max(arrival, opens[pickup]!) + service[pickup]!;
    const approach =
      stays +
      perMeter * (meters.between(from, atPickup) - legMeters[first]!) +
      perSecond * (toPickup - legSeconds[first]!);
    tryTogether(first, leave, approach);
    tryApart(first, leave, approach);
  };

  return (asked, route, found) => {
    [pickup, delivery, of, best] = [asked, partner[asked]!, type[route]!, found];
    [meters, seconds] = [model.meters[types.profile[of]!]!, model.seconds[types.profile[of]!]!];
    [perMeter, perSecond] = [scoring.meterWeight[of]!, scoring.secondWeight[of]!];
    [atPickup, atDelivery] = [location[pickup]!, location[delivery]!];
    const stays = staysOf(pickup, of);
    const home = stopCount + route;
    tryPickup(home, stays);
    for (let node = next[home]!; node !== home; node = next[node]!) tryPickup(node, stays);
  };
}

function isWalkable({ model, clock, scoring, locks }: Routes): boolean {
  const isPlain = clock === undefined || (clock instanceof PlainClock && !model.needsDuration);
  const isSteady = model.hasOneService && !model.hasSetup;
  return isPlain && isSteady && scoring.isCost && !locks && !model.reloads;
}

/** What the clock keeps; without one any time will do. */
function timesOf({ clock, model }: Routes) {
  if (clock instanceof PlainClock) return clock;
  const nodes = model.stopCount + model.routeCount;
  const none = new Float64Array(nodes);
  const never = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
  return { departure: none, latestArrival: never, opens: none, closes: never, service: none };
}

/** A place with what the pair costs there on the route's own type of vehicle. */
type Offer = { pickup: number; first: number; behind: number; cost: number };

/** Makes what decides on a place: by its cost where all vehicles are alike, else by the best vehicle for it. */
function createSettle({ routes, choice }: Parts) {
  const { model, scoring, type, routeOf, score } = routes;
  const { types, stopCount, services, pairs, isRestricted, hasDriveLimits } = model;
  const isPlain = types.count === 1 && !isRestricted && !hasDriveLimits && types.maxStops[0]! >= stopCount;
  const { serviceSeconds } = services[0] ?? model.problem.stops;
  const detour: PairDetour = { meters: 0, seconds: 0, stay: 0, load: new Float64Array(model.dimensions) };

  /** What the pair costs a vehicle of a type besides its legs. */
  const staysOf = (pickup: number, of: number): number => {
    const stay = serviceSeconds[pickup]! + serviceSeconds[pairs!.partner[pickup]!]!;
    return scoring.stayWeight[of]! * stay + scoring.scoreExtra(2 * types.costPerStop[of]!);
  };

  const offer = (best: PairPlace, { pickup, first, behind, cost }: Offer): void => {
    const route = routeOf[first]!;
    let added = cost;
    let of = type[route]!;
    if (!isPlain) {
      measureDetour(routes, detour, { pickup, first, behind });
      added = choice.cheapestWithPair(route, pickup, detour) - score[route]!;
      of = choice.type;
    }
    if (added >= best.score) return;
    best.score = added;
    best.after = first;
    best.afterDelivery = behind;
    best.type = of;
  };
  return { staysOf, offer };
}

/** Works out what a route would drive and stay, and the most that is on board while the pair is. */
function measureDetour(
  routes: Routes,
  detour: PairDetour,
  { pickup, first, behind }: Pick<Offer, "pickup" | "first" | "behind">,
): void {
  const { model, next, type, routeOf, fromLocation, toLocation, legMeters, legSeconds } = routes;
  const { location, types, pairs, services, problem, dimensions, hasMixedLoads } = model;
  const route = routeOf[first]!;
  const delivery = pairs!.partner[pickup]!;
  const profile = types.profile[type[route]!]!;
  const added = (matrix: Legs, legs: Int32Array): number => {
    const [at, then] = [location[pickup]!, location[delivery]!];
    const leg = (from: number, to: number): number => matrix.between(from, to);
    const toPickup = leg(fromLocation[first]!, at) - legs[first]!;
    const end = toLocation[next[behind === pickup ? first : behind]!]!;
    if (behind === pickup) return toPickup + leg(at, then) + leg(then, end);
    const fromPickup = leg(at, toLocation[next[first]!]!);
    return toPickup + fromPickup + leg(fromLocation[behind]!, then) + leg(then, end) - legs[behind]!;
  };
  const { serviceSeconds } = services[0] ?? problem.stops;
  detour.meters = routes.meters[route]! + added(model.meters[profile]!, legMeters);
  detour.seconds = model.hasOneMatrix
    ? detour.meters
    : routes.seconds[route]! + added(model.seconds[profile]!, legSeconds);
  detour.stay = routes.stay[route]! + serviceSeconds[pickup]! + serviceSeconds[delivery]!;
  if (!hasMixedLoads) return;
  const last = behind === pickup ? first : behind;
  for (let d = 0; d < dimensions; d++) {
    let most = 0;
    for (let node = first; ; node = next[node]!) {
      most = Math.max(most, routes.loads.carried[node * dimensions + d]!);
      if (node === last) break;
    }
    detour.load[d] = most + problem.stops.pickup[pickup * dimensions + d]!;
  }
}
