import { push } from "../stop-pool.ts";
import type { RuinContext } from "./ruin.ts";

/** Parameters of SISR, section 5.1: L^max, the mean number of stops removed, alpha, and 1 - beta. */
const longestString = 10;
const meanRemoved = 10;
const splitChance = 0.5;
const growChance = 0.99;

/**
 * Adjacent string removal (SISR, section 5.1): takes a string of stops out of each of some trips that pass near the
 * seed. Half of the strings are split: a part in their middle stays.
 */
export function ruinStrings(context: RuinContext, seed: number): void {
  const { routes, neighbours, random, seeds } = context;
  const { tripOf, tripSize } = routes;
  const used = routes.used + (routes.trips?.extra ?? 0);
  const longest = Math.min(longestString, Math.max(1, seeds.count / Math.max(1, used)));
  const strings = 1 + random.fraction() * ((4 * meanRemoved) / (1 + longest) - 1);
  let ruined = 1;
  for (let rank = -1; rank < neighbours.width && ruined <= strings; rank++) {
    const stop = rank < 0 ? seed : neighbours.stops[seed * neighbours.width + rank]!;
    const trip = tripOf[stop]!;
    if (trip < 0 || routes.isTripTouched(trip)) continue;
    const length = Math.floor(1 + random.fraction() * Math.min(tripSize[trip]!, longest));
    removeString(context, stop, length);
    ruined++;
  }
}

/** Removes `length` stops from a stretch around a stop, which may reach over a part that stays. */
function removeString(context: RuinContext, stop: number, length: number): void {
  const { routes, random, removed } = context;
  const { next, previous, model } = routes;
  const kept = drawKept(context, stop, length);
  const stretch = length + kept;
  const keptFrom = kept === 0 ? stretch : 1 + random.below(Math.max(1, length - 1));

  const back = countSteps(previous, { from: stop, most: stretch - 1, stopCount: model.customerCount });
  const forth = countSteps(next, { from: stop, most: stretch - 1, stopCount: model.customerCount });
  const least = Math.max(0, stretch - 1 - forth);
  let steps = least + random.below(back - least + 1);
  let node = stop;
  while (steps-- > 0) node = previous[node]!;
  for (let place = 0; place < stretch; place++) {
    const following = next[node]!;
    if (place < keptFrom || place >= keptFrom + kept) {
      routes.unlink(node);
      push(removed, node);
    }
    node = following;
  }
}

/** How many stops in the middle of a string stay: none for half of the strings. */
function drawKept({ routes, random }: RuinContext, stop: number, length: number): number {
  const size = routes.tripSize[routes.tripOf[stop]!]!;
  if (length < 2 || length >= size || random.fraction() >= splitChance) return 0;
  let kept = 1;
  while (length + kept < size && random.fraction() < growChance) kept++;
  return kept;
}

function countSteps(
  towards: Int32Array,
  { from, most, stopCount }: { from: number; most: number; stopCount: number },
): number {
  let steps = 0;
  for (let node = towards[from]!; node < stopCount && steps < most; node = towards[node]!) steps++;
  return steps;
}
