import { PlainClock } from "../segments/plain-clock.ts";
import { closed } from "./candidates.ts";
import type { ScanParts } from "./neighbour-scan.ts";

/** Numbers of a neighbour in the scan's table: its node (its complement if it may only follow), meters and seconds. */
const record = 3;

/** What a stop adds behind a node to and from which the clock bears the way; Infinity if not less than a limit. */
type Judge = (stop: number, node: number, toStop: number, toStopSeconds: number, limit: number) => number;

/** Scans that answer sooner than those of `neighbour-scan.ts`: beside the neighbours of a stop, and along a route. */
export type WindowScans = { near: (stop: number) => number; route: (stop: number, route: number) => void };

/** The scans for a `PlainClock` and one matrix; undefined where the rules are others. They share one judge, so that it stays fast. */
export function createWindowScans(parts: ScanParts): WindowScans | undefined {
  const clock = clockOf(parts);
  if (!clock) return undefined;
  const judge = createJudge(parts, clock);
  return { near: createNearScan(parts, clock, judge), route: createRouteScan(parts, clock, judge) };
}

/**
 * As `createNeighbourScan`, where a `PlainClock` tells the time and one matrix is driven: what the clock keeps is read
 * in the loop, and neighbours that can be next to the stop in neither order are left out beforehand. Where all vehicles
 * cost the same, the length added decides between routes too, and the function answers the node to insert behind;
 * else it answers -1 and leaves the best of each route in the candidates.
 */
function createNearScan(parts: ScanParts, clock: PlainClock, judge: Judge): WindowScans["near"] {
  const { routes, candidates, positions, blink } = parts;
  const { routeOf, fromLocation, model } = routes;
  const { location, stopCount } = model;
  const { added, behind, metIn } = candidates;
  const { width, table } = findCompatible(parts, clock);
  const step = width * record;
  const [meters, seconds] = [model.meters[0]!, model.seconds[0]!];
  const isAlike = positions.areCostsAlike;
  let least = Number.POSITIVE_INFINITY;
  let best = -1;

  const consider = (stop: number, node: number, toStop: number, toStopSeconds: number): void => {
    const route = routeOf[node]!;
    const limit = isAlike ? least : added[route]!;
    const more = judge(stop, node, toStop, toStopSeconds, limit);
    if (more >= limit) return;
    if (isAlike) {
      least = more;
      best = node;
      return;
    }
    added[route] = more;
    behind[route] = node;
  };

  return (stop) => {
    const question = candidates.question;
    const at = location[stop]!;
    const end = (stop + 1) * step;
    least = Number.POSITIVE_INFINITY;
    best = -1;
    for (let entry = stop * step; entry < end; entry += record) {
      const code = table[entry]!;
      const node = code < 0 ? ~code : code;
      const route = routeOf[node]!;
      if (route < 0) continue;
      if (metIn[route] !== question && positions.open(route, stop)) {
        const home = stopCount + route;
        const from = fromLocation[home]!;
        consider(stop, home, meters.between(from, at), seconds.between(from, at));
      }
      if (code < 0 || added[route] === closed || blink.isDue()) continue;
      consider(stop, node, table[entry + 1]!, table[entry + 2]!);
    }
    return best;
  };
}

/** As `createRouteScan`, by the same judge: only the stretch of the route is tried that is on the way when the stop is open. */
function createRouteScan(
  { routes, candidates }: ScanParts,
  clock: PlainClock,
  judge: Judge,
): WindowScans["route"] {
  const { next, fromLocation, model } = routes;
  const { location, stopCount } = model;
  const { departure, latestArrival, opens, closes } = clock;
  const { added, behind } = candidates;
  const [meters, seconds] = [model.meters[0]!, model.seconds[0]!];

  return (stop, route) => {
    const home = stopCount + route;
    let node = home;
    do {
      if (departure[node]! > closes[stop]!) return;
      const before = next[node]!;
      if (latestArrival[before]! >= opens[stop]!) {
        const [from, at] = [fromLocation[node]!, location[stop]!];
        const more = judge(stop, node, meters.between(from, at), seconds.between(from, at), added[route]!);
        if (more < added[route]!) {
          added[route] = more;
          behind[route] = node;
        }
      }
      node = before;
    } while (node !== home);
  };
}

/** The clock, where the scans of this file apply. */
function clockOf({ routes }: ScanParts): PlainClock | undefined {
  const { clock, scoring, model, locks, trips } = routes;
  const isPlain = clock instanceof PlainClock && model.meters.length === 1 && scoring.isCost;
  return isPlain && !(locks || trips) ? clock : undefined;
}

function createJudge({ routes, positions }: ScanParts, clock: PlainClock): Judge {
  const { model, scoring, next, routeOf, toLocation, legMeters, legSeconds, type } = routes;
  const { departure, latestArrival, opens, closes, service } = clock;
  const { location, hasOneMatrix, needsDuration } = model;
  const { meterWeight, secondWeight } = scoring;
  const [meters, seconds] = [model.meters[0]!, model.seconds[0]!];
  const needsVehicle = positions.asksVehicle;

  return (stop, node, toStop, toStopSeconds, limit) => {
    const before = next[node]!;
    const at = location[stop]!;
    const to = toLocation[before]!;
    const metersOn = meters.between(at, to);
    const secondsOn = hasOneMatrix ? metersOn : seconds.between(at, to);
    const of = type[routeOf[node]!]!;
    let more = meterWeight[of]! * (toStop + metersOn - legMeters[node]!);
    if (!hasOneMatrix) more += secondWeight[of]! * (toStopSeconds + secondsOn - legSeconds[node]!);
    if (more >= limit) return Number.POSITIVE_INFINITY;
    let moment = departure[node]! + toStopSeconds;
    if (moment > closes[stop]!) return Number.POSITIVE_INFINITY;
    if (moment < opens[stop]!) moment = opens[stop]!;
    if (moment + service[stop]! + secondsOn > latestArrival[before]!) return Number.POSITIVE_INFINITY;
    const isLate = needsDuration && !clock.isShortEnough(stop, node, toStopSeconds, secondsOn);
    if (isLate || (needsVehicle && !positions.isBorne(stop, node))) return Number.POSITIVE_INFINITY;
    return more;
  };
}

type Compatible = { width: number; table: Int32Array };

/**
 * The nearest neighbours that can be right before or right behind a stop, [(stop * width + rank) * record]. Stops that
 * have fewer of them fill up with themselves: a stop to be inserted is on no route, so it is passed over.
 */
function findCompatible({ routes, neighbours, reach }: ScanParts, clock: PlainClock): Compatible {
  const { stopCount, location } = routes.model;
  const [meters, seconds] = [routes.model.meters[0]!, routes.model.seconds[0]!];
  const width = Math.min(reach, neighbours.width);
  const table = new Int32Array(stopCount * width * record);
  const leaves = earliestDepartures(routes.model, clock);
  for (let stop = 0; stop < stopCount; stop++) {
    let rank = 0;
    for (let place = 0; place < neighbours.width && rank < width; place++) {
      const node = neighbours.stops[stop * neighbours.width + place]!;
      const [at, other] = [location[stop]!, location[node]!];
      const leg = seconds.between(other, at);
      const canLead = leaves[node]! + leg <= clock.closes[stop]!;
      const canFollow = leaves[stop]! + seconds.between(at, other) <= clock.closes[node]!;
      if (!(canLead || canFollow)) continue;
      const entry = (stop * width + rank++) * record;
      table[entry] = canLead ? node : ~node;
      table[entry + 1] = meters.between(other, at);
      table[entry + 2] = leg;
    }
    for (; rank < width; rank++) table[(stop * width + rank) * record] = stop;
  }
  return { width, table };
}

/** When each stop can be left at the earliest, by any vehicle that comes to it first, [stop]. */
function earliestDepartures(
  { types, location, seconds, stopCount }: ScanParts["routes"]["model"],
  clock: PlainClock,
): Float64Array {
  return Float64Array.from({ length: stopCount }, (_, stop) => {
    let first = Number.POSITIVE_INFINITY;
    for (let type = 0; type < types.count; type++) {
      const leg = seconds[0]!.between(types.startLocation[type]!, location[stop]!);
      first = Math.min(first, types.shiftStart[type]! + leg);
    }
    return Math.max(first, clock.opens[stop]!) + clock.service[stop]!;
  });
}
