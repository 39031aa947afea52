import { PlainClock } from "../segments/plain-clock.ts";
import { closed } from "./candidates.ts";
import type { ScanParts } from "./neighbour-scan.ts";

/** Numbers of a neighbour in the scan's table: its node (its complement if it may only follow), meters and seconds. */
const record = 3;

/**
 * As `createNeighbourScan`, where a `PlainClock` tells the time and one matrix is driven: what the clock keeps is read
 * in the loop, and neighbours that can be next to the stop in neither order are left out beforehand. Where all vehicles
 * cost the same, the length added decides between routes too, and the function answers the node to insert behind;
 * else it answers -1 and leaves the best of each route in the candidates. Undefined where the rules are others.
 */
export function createWindowScan(parts: ScanParts): ((stop: number) => number) | undefined {
  const { routes, candidates, positions, blink } = parts;
  const { clock, model, scoring, next, routeOf, fromLocation, toLocation, legMeters, legSeconds, type } =
    routes;
  const isOneMatrix = model.meters.length === 1;
  if (!(clock instanceof PlainClock && isOneMatrix && scoring.isCost)) return undefined;
  if (routes.locks || routes.trips) return undefined;
  const { departure, latestArrival, opens, closes, service } = clock;
  const { location, size, stopCount, hasOneMatrix, needsDuration } = model;
  const { added, behind, metIn } = candidates;
  const { meterWeight, secondWeight } = scoring;
  const near = findCompatible(parts, clock);
  const step = near.width * record;
  const { table } = near;
  const [meters, seconds] = [model.meters[0]!, model.seconds[0]!];
  const isAlike = positions.areCostsAlike;
  const needsJudge = positions.asksVehicle;
  let least = Number.POSITIVE_INFINITY;
  let best = -1;

  const consider = (stop: number, node: number, toStop: number, toStopSeconds: number): void => {
    const route = routeOf[node]!;
    const before = next[node]!;
    const place = location[stop]! * size + toLocation[before]!;
    const of = type[route]!;
    let more = meterWeight[of]! * (toStop + meters[place]! - legMeters[node]!);
    if (!hasOneMatrix) more += secondWeight[of]! * (toStopSeconds + seconds[place]! - legSeconds[node]!);
    if (more >= (isAlike ? least : added[route]!)) return;
    let clockTime = departure[node]! + toStopSeconds;
    if (clockTime > closes[stop]!) return;
    if (clockTime < opens[stop]!) clockTime = opens[stop]!;
    if (clockTime + service[stop]! + seconds[place]! > latestArrival[before]!) return;
    if (needsDuration && !clock.isShortEnough(stop, node, toStopSeconds, seconds[place]!)) return;
    if (needsJudge && !positions.isBorne(stop, node)) return;
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
        const leg = fromLocation[home]! * size + at;
        consider(stop, home, meters[leg]!, seconds[leg]!);
      }
      if (code < 0 || added[route] === closed || blink.isDue()) continue;
      consider(stop, node, table[entry + 1]!, table[entry + 2]!);
    }
    return best;
  };
}

type Compatible = { width: number; table: Int32Array };

/**
 * The nearest neighbours that can be right before or right behind a stop, [(stop * width + rank) * record]. Stops that
 * have fewer of them fill up with themselves: a stop to be inserted is on no route, so it is passed over.
 */
function findCompatible({ routes, neighbours, reach }: ScanParts, clock: PlainClock): Compatible {
  const { stopCount, location, size, meters, seconds } = routes.model;
  const width = Math.min(reach, neighbours.width);
  const table = new Int32Array(stopCount * width * record);
  const leaves = earliestDepartures(routes.model, clock);
  for (let stop = 0; stop < stopCount; stop++) {
    let rank = 0;
    for (let place = 0; place < neighbours.width && rank < width; place++) {
      const node = neighbours.stops[stop * neighbours.width + place]!;
      const leg = location[node]! * size + location[stop]!;
      const back = location[stop]! * size + location[node]!;
      const canLead = leaves[node]! + seconds[0]![leg]! <= clock.closes[stop]!;
      const canFollow = leaves[stop]! + seconds[0]![back]! <= clock.closes[node]!;
      if (!(canLead || canFollow)) continue;
      const at = (stop * width + rank++) * record;
      table[at] = canLead ? node : ~node;
      table[at + 1] = meters[0]![leg]!;
      table[at + 2] = seconds[0]![leg]!;
    }
    for (; rank < width; rank++) table[(stop * width + rank) * record] = stop;
  }
  return { width, table };
}

/** When each stop can be left at the earliest, by any vehicle that comes to it first, [stop]. */
function earliestDepartures(
  { types, location, size, seconds, stopCount }: ScanParts["routes"]["model"],
  clock: PlainClock,
): Float64Array {
  return Float64Array.from({ length: stopCount }, (_, stop) => {
    let first = Number.POSITIVE_INFINITY;
    for (let type = 0; type < types.count; type++) {
      const leg = seconds[0]![types.startLocation[type]! * size + location[stop]!]!;
      first = Math.min(first, types.shiftStart[type]! + leg);
    }
    return Math.max(first, clock.opens[stop]!) + clock.service[stop]!;
  });
}
