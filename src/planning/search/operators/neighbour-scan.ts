import type { Neighbours } from "../neighbours.ts";
import type { Random } from "../random.ts";
import type { Routes } from "../routes.ts";
import { type Candidates, closed } from "./candidates.ts";
import type { Positions } from "./positions.ts";

/** The chance that a position is overlooked (SISR, section 5.2): it keeps greedy insertion from repeating itself. */
const blinkRate = 0.01;

/** What the scans are made from. `reach`: how many neighbours of a stop they look at. */
export type ScanParts = {
  routes: Routes;
  neighbours: Neighbours;
  reach: number;
  random: Random;
  candidates: Candidates;
  positions: Positions;
};

/**
 * Makes the function that tries a stop behind each of its neighbours and at the head of their routes: the hottest
 * loop of all. It is a closure, not a method, since the engine turns captured arrays into constant addresses.
 */
export function createNeighbourScan(parts: ScanParts): (stop: number) => void {
  const { routes, candidates, positions } = parts;
  const { next, routeOf, toLocation, legMeters, type, model, scoring } = routes;
  const { added, metIn } = candidates;
  const { location, size, stopCount } = model;
  const near = nearestWithLegs(parts);
  const blink = createBlink(parts.random);
  const step = 2 * Math.min(parts.reach, parts.neighbours.width);
  const hasOneProfile = model.meters.length === 1;
  const meters = model.meters[0]!;
  const weights = scoring.meterWeight;

  return (stop) => {
    const row = location[stop]! * size;
    const question = candidates.question;
    const end = (stop + 1) * step;
    for (let place = stop * step; place < end; place += 2) {
      const node = near[place]!;
      const route = routeOf[node]!;
      if (route < 0) continue;
      if (metIn[route] !== question && positions.open(route, stop)) positions.try(stop, stopCount + route);
      if (added[route] === closed || blink()) continue;
      if (!hasOneProfile) {
        positions.try(stop, node);
        continue;
      }
      const legs = near[place + 1]! + meters[row + toLocation[next[node]!]!]! - legMeters[node]!;
      const more = weights[type[route]!]! * legs;
      if (more < added[route]!) positions.consider(stop, node, more);
    }
  };
}

/**
 * As `createNeighbourScan`, where vehicles are all alike and one load is the only rule: then the length added decides
 * between routes too. The function answers the node to insert behind, or -1. Undefined where that is not so.
 */
export function createAlikeScan(parts: ScanParts): ((stop: number) => number) | undefined {
  const { routes } = parts;
  const { next, previous, routeOf, fromLocation, toLocation, legMeters, model } = routes;
  const { location, size, stopCount } = model;
  const load = routes.loads.singleLoad();
  const isLengthAll = parts.positions.areLengthsAll && routes.scoring.isCost;
  if (!load || !isLengthAll || routes.company || model.types.maxStops[0]! < stopCount) return undefined;
  const { carried, amount, capacity } = load;
  const near = nearestWithLegs(parts);
  const blink = createBlink(parts.random);
  const step = 2 * Math.min(parts.reach, parts.neighbours.width);
  const meters = model.meters[0]!;

  return (stop) => {
    const most = capacity - amount[stop]!;
    const at = location[stop]!;
    const row = at * size;
    const end = (stop + 1) * step;
    let least = Number.POSITIVE_INFINITY;
    let behind = -1;
    for (let place = stop * step; place < end; place += 2) {
      const node = near[place]!;
      const route = routeOf[node]!;
      if (route < 0 || carried[route]! > most || blink()) continue;
      const more = near[place + 1]! + meters[row + toLocation[next[node]!]!]! - legMeters[node]!;
      if (more < least) {
        least = more;
        behind = node;
      }
      const home = previous[node]!;
      if (home < stopCount) continue;
      const first =
        meters[fromLocation[home]! * size + at]! + meters[row + location[node]!]! - legMeters[home]!;
      if (first < least) {
        least = first;
        behind = home;
      }
    }
    return behind;
  };
}

/** Makes the function that tries a stop at every position of an open route. */
export function createRouteScan({
  routes,
  candidates,
  positions,
}: ScanParts): (stop: number, route: number) => void {
  const { next, fromLocation, toLocation, legMeters, type, model, scoring, locks } = routes;
  const { added } = candidates;
  const { location, size, stopCount, customerCount, isSymmetric, types } = model;
  const { profile } = types;
  const weights = scoring.meterWeight;

  return (stop, route) => {
    const meters = model.meters[profile[type[route]!]!]!;
    const weight = weights[type[route]!]!;
    const at = location[stop]!;
    const row = at * size;
    let after = stopCount + route;
    let legTo = meters[fromLocation[after]! * size + at]!;
    let stopsBefore = 0;
    for (let isAtEnd = false; !isAtEnd; ) {
      const before = next[after]!;
      isAtEnd = before >= stopCount;
      const to = toLocation[before]!;
      const legFrom = meters[row + to]!;
      const more = weight * (legTo + legFrom - legMeters[after]!);
      const isFree = !locks || locks.canInsert(stop, after, stopsBefore);
      if (isFree && more < added[route]!) positions.consider(stop, after, more);
      after = before;
      if (before < customerCount) stopsBefore++;
      // A leg that is as long back as forth need not be read from another row of the matrix.
      legTo = isSymmetric ? legFrom : meters[to * size + at]!;
    }
  };
}

/** The neighbours within reach, each with the meters from it to the stop: [(stop * reach + rank) * 2]. */
function nearestWithLegs({ routes, neighbours, reach }: ScanParts): Int32Array {
  const { customerCount: stopCount, location, size, meters } = routes.model;
  const width = Math.min(reach, neighbours.width);
  const near = new Int32Array(stopCount * width * 2);
  for (let stop = 0; stop < stopCount; stop++) {
    for (let rank = 0; rank < width; rank++) {
      const neighbour = neighbours.stops[stop * neighbours.width + rank]!;
      const place = (stop * width + rank) * 2;
      near[place] = neighbour;
      near[place + 1] = meters[0]![location[neighbour]! * size + location[stop]!]!;
    }
  }
  return near;
}

/** Counts down to the next blink, geometrically distributed: one random number for many positions. */
export function createBlink(random: Random): () => boolean {
  const draw = (): number => 1 + Math.floor(Math.log(1 - random.fraction()) / Math.log(1 - blinkRate));
  let left = draw();
  return () => {
    left--;
    if (left > 0) return false;
    left = draw();
    return true;
  };
}
