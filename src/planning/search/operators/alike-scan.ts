import type { ScanParts } from "./neighbour-scan.ts";

/** Places in a record of a neighbour: its node, the legs from and to it, and the least leg to any that is no nearer. */
const near = { record: 4, node: 0, legFrom: 1, legTo: 2, beyond: 3 } as const;

/**
 * How many neighbours are looked at, so many at a time until enough of them are on routes with room: where vehicles
 * are nearly full, the nearest alone leave a stop little choice.
 */
const farReach = 100;
const lookedAtOnce = 20;
const enoughRoomy = 15;
const unreachable = 2 ** 31 - 1;

/**
 * Makes the function that finds the best position beside a stop's neighbours where vehicles are all alike and one load
 * is the only rule: then the length added decides between routes too. It answers the node to insert behind, or -1,
 * and leaves the score that this adds in `candidates.least`. Undefined where the problem is not so.
 *
 * Neighbours come nearest first, so the far end of a position that is new beside one is no nearer than that one: most
 * positions are seen to be worse than the best so far without a look at the matrix.
 */
export function createAlikeScan(parts: ScanParts): ((stop: number) => number) | undefined {
  const { routes, candidates, blink } = parts;
  const { next, previous, routeOf, legMeters, model, scoring } = routes;
  const { location, stopCount, types, isSymmetric } = model;
  const load = routes.loads.singleLoad();
  const isLengthAll = parts.positions.areLengthsAll && scoring.isCost;
  if (!load || !isLengthAll || routes.company || types.maxStops[0]! < stopCount) return undefined;
  if (load.capacity > unreachable) return undefined;
  const { carried, amount, capacity } = load;
  const width = Math.min(farReach, parts.neighbours.width);
  const records = recordNeighbours(parts, width);
  const meters = model.meters[0]!;
  const start = types.startLocation[0]!;
  const end = types.endLocation[0]!;
  const weight = scoring.meterWeight[0]!;
  const alone = Float64Array.from(
    { length: stopCount },
    (_, stop) => types.costPerStop[0]! + scoring.stayWeight[0]! * routes.stayOf(stop, end, 0),
  );
  /** Places of the neighbours whose routes have room. */
  const roomy = new Int32Array(width);

  // Few of the routes near by have room, and which is hard to foretell: so there is no branch in this loop.
  const findRoomy = (known: number, most: number, from: number, to: number): number => {
    let count = known;
    for (let place = from; place < to; place += near.record) {
      const route = routeOf[records[place + near.node]!]!;
      const isVisited = ~route >>> 31;
      const lacks = ((most - carried[route & ~(route >> 31)]!) | 0) >>> 31;
      roomy[count] = place;
      count += isVisited & ~lacks;
    }
    return count;
  };

  return (stop) => {
    const most = capacity - amount[stop]!;
    const at = location[stop]!;
    const legOut = meters.between(start, at);
    const legHome = meters.between(at, end);
    const first = stop * width * near.record;
    let count = 0;
    for (let rank = 0; rank < width && count < enoughRoomy; rank += lookedAtOnce) {
      const end = Math.min(width, rank + lookedAtOnce);
      count = findRoomy(count, most, first + rank * near.record, first + end * near.record);
    }
    const overlooked = blink.dueAmong(count);
    let least = unreachable;
    let behind = -1;
    for (let rank = 0; rank < count; rank++) {
      if (rank === overlooked) continue;
      const place = roomy[rank]!;
      const node = records[place + near.node]!;
      const beyond = records[place + near.beyond]!;
      const following = next[node]!;
      const spare = records[place + near.legFrom]! - legMeters[node]!;
      if (following >= stopCount || spare + beyond < least) {
        const more = spare + (following < stopCount ? meters.between(at, location[following]!) : legHome);
        if (more < least) {
          least = more;
          behind = node;
        }
      }
      const ahead = previous[node]!;
      const spared = records[place + near.legTo]! - legMeters[ahead]!;
      if (ahead >= stopCount || spared + beyond < least) {
        const more =
          spared +
          (ahead < stopCount
            ? isSymmetric
              ? meters.between(at, location[ahead]!)
              : meters.between(location[ahead]!, at)
            : legOut);
        if (more < least) {
          least = more;
          behind = ahead;
        }
      }
    }
    candidates.least = weight * least + alone[stop]!;
    return behind;
  };
}

/** The neighbours within reach, [(stop * reach + rank) * near.record]. */
function recordNeighbours({ routes, neighbours }: ScanParts, width: number): Int32Array {
  const { stopCount, location, isSymmetric } = routes.model;
  const meters = routes.model.meters[0]!;
  const records = new Int32Array(stopCount * width * near.record);
  for (let stop = 0; stop < stopCount; stop++) {
    const at = location[stop]!;
    let beyond = unreachable;
    for (let rank = width - 1; rank >= 0; rank--) {
      const node = neighbours.stops[stop * neighbours.width + rank]!;
      const legTo = meters.between(at, location[node]!);
      const legFrom = isSymmetric ? legTo : meters.between(location[node]!, at);
      beyond = Math.min(beyond, legFrom, legTo);
      const place = (stop * width + rank) * near.record;
      records[place + near.node] = node;
      records[place + near.legFrom] = legFrom;
      records[place + near.legTo] = legTo;
      records[place + near.beyond] = beyond;
    }
  }
  return records;
}
