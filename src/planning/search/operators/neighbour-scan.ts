import type { Neighbours } from "../neighbours.ts";
import type { Routes } from "../routes.ts";
import type { Blink } from "./blink.ts";
import { type Candidates, closed } from "./candidates.ts";
import type { Positions } from "./positions.ts";

/** What the scans are made from. `reach`: how many neighbours of a stop they look at. */
export type ScanParts = {
  routes: Routes;
  neighbours: Neighbours;
  reach: number;
  blink: Blink;
  candidates: Candidates;
  positions: Positions;
};

/**
 * Makes the function that tries a stop behind each of its neighbours and at the head of their routes: the hottest
 * loop of all. It is a closure, not a method, since the engine turns captured arrays into constant addresses.
 */
export function createNeighbourScan(parts: ScanParts): (stop: number) => void {
  const { routes, candidates, positions, blink } = parts;
  const { next, routeOf, toLocation, legMeters, type, model, scoring } = routes;
  const { added, metIn } = candidates;
  const { location, stopCount } = model;
  const near = nearestWithLegs(parts);
  const step = 2 * Math.min(parts.reach, parts.neighbours.width);
  const hasOneProfile = model.meters.length === 1;
  const meters = model.meters[0]!;
  const weights = scoring.meterWeight;

  return (stop) => {
    const at = location[stop]!;
    const question = candidates.question;
    const end = (stop + 1) * step;
    for (let place = stop * step; place < end; place += 2) {
      const node = near[place]!;
      const route = routeOf[node]!;
      if (route < 0) continue;
      if (metIn[route] !== question && positions.open(route, stop)) positions.try(stop, stopCount + route);
      if (added[route] === closed || blink.isDue()) continue;
      if (!hasOneProfile) {
        positions.try(stop, node);
        continue;
      }
      const legs = near[place + 1]! + meters.between(at, toLocation[next[node]!]!) - legMeters[node]!;
      const more = weights[type[route]!]! * legs;
      if (more < added[route]!) positions.consider(stop, node, more);
    }
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
  const { location, stopCount, customerCount, isSymmetric, types } = model;
  const { profile } = types;
  const weights = scoring.meterWeight;

  return (stop, route) => {
    const meters = model.meters[profile[type[route]!]!]!;
    const weight = weights[type[route]!]!;
    const at = location[stop]!;
    let after = stopCount + route;
    let legTo = meters.between(fromLocation[after]!, at);
    let stopsBefore = 0;
    for (let isAtEnd = false; !isAtEnd; ) {
      const before = next[after]!;
      isAtEnd = before >= stopCount;
      const to = toLocation[before]!;
      const legFrom = meters.between(at, to);
      const more = weight * (legTo + legFrom - legMeters[after]!);
      const isFree = !locks || locks.canInsert(stop, after, stopsBefore);
      if (isFree && more < added[route]!) positions.consider(stop, after, more);
      after = before;
      if (before < customerCount) stopsBefore++;
      // A leg that is as long back as forth need not be read from another row of the matrix.
      legTo = isSymmetric ? legFrom : meters.between(to, at);
    }
  };
}

/** The neighbours within reach, each with the meters from it to the stop: [(stop * reach + rank) * 2]. */
function nearestWithLegs({ routes, neighbours, reach }: ScanParts): Int32Array {
  const { customerCount: stopCount, location, meters } = routes.model;
  const width = Math.min(reach, neighbours.width);
  const near = new Int32Array(stopCount * width * 2);
  for (let stop = 0; stop < stopCount; stop++) {
    for (let rank = 0; rank < width; rank++) {
      const neighbour = neighbours.stops[stop * neighbours.width + rank]!;
      const place = (stop * width + rank) * 2;
      near[place] = neighbour;
      near[place + 1] = meters[0]!.between(location[neighbour]!, location[stop]!);
    }
  }
  return near;
}
