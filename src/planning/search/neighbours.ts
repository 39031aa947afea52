import { earthDiameterMeters } from "../great-circle.ts";
import { isMeasured, type TravelPoints } from "../problem.ts";
import type { Model } from "./model.ts";
import { buildPointTree, distanceBetween, visitAround } from "./point-tree.ts";

/** The nearest stops of each stop, nearest first: [stop * width + rank]. */
export type Neighbours = { width: number; stops: Int32Array };

const rowsPerLook = 64;

/** Finds the `width` nearest of each stop; undefined when `isCancelled` said so in between. */
export function findNeighbours(
  model: Model,
  width: number,
  isCancelled: () => boolean,
): Neighbours | undefined {
  const { customerCount: stopCount } = model;
  const kept = Math.min(width, Math.max(0, stopCount - 1));
  const stops = new Int32Array(stopCount * kept);
  const selectAround = createSelection(model, kept);
  for (let stop = 0; stop < stopCount; stop++) {
    if (stop % rowsPerLook === 0 && isCancelled()) return undefined;
    const nearest = selectAround(stop).sort();
    for (let rank = 0; rank < kept; rank++) stops[stop * kept + rank] = nearest[rank]! % stopCount;
  }
  return { width: kept, stops };
}

/** Answers the keys of the nearest stops of a stop, in any order. */
type Selection = (stop: number) => Float64Array;

function createSelection(model: Model, kept: number): Selection {
  const [travel] = model.travel;
  if (kept > 0 && travel && isMeasured(travel) && !travel.unplaced) return selectByTree(model, travel, kept);
  const keys = new Float64Array(Math.max(0, model.customerCount - 1));
  return (stop) => {
    measureAround(model, stop, keys);
    selectSmallest(keys, kept);
    return keys.subarray(0, kept);
  };
}

/**
 * As a look at every stop, for points. The farther of two has a leg that is no shorter, but rounded it may be as long,
 * and then the index decides: so a little more than the reach is looked at.
 */
function selectByTree(model: Model, travel: TravelPoints, kept: number): Selection {
  const { customerCount: stopCount, location } = model;
  const tree = buildPointTree(travel, location.subarray(0, stopCount));
  const beyond = grainOf(travel.measure);
  const keys = new Float64Array(4 * kept);
  return (stop) => {
    let count = 0;
    let reach = Number.POSITIVE_INFINITY;
    visitAround(tree, stop, (other) => {
      if (other === stop) return reach;
      keys[count++] = lengthBetween(model, stop, other) * stopCount + other;
      if (count < keys.length) return reach;
      selectSmallest(keys, kept);
      count = kept;
      const farthest = keys.subarray(0, kept).reduce((a, b) => Math.max(a, b)) % stopCount;
      reach = distanceBetween(tree, stop, farthest) + beyond;
      return reach;
    });
    const found = keys.subarray(0, count);
    selectSmallest(found, kept);
    return found.subarray(0, kept);
  };
}

/** More than the way by which points may differ in distance whose rounded legs are as long. */
function grainOf(measure: TravelPoints["measure"]): number {
  if (measure.kind === "planar") return 2 / measure.scale;
  const meters = 2 * Math.max(1, measure.metersPerSecond);
  return meters / (measure.roadFactor * (earthDiameterMeters / 2));
}

/** Writes the way there and back to every other stop, each key with the stop's index in its low part. */
function measureAround(model: Model, stop: number, keys: Float64Array): void {
  const { customerCount: stopCount } = model;
  let written = 0;
  for (let other = 0; other < stopCount; other++) {
    if (other !== stop) keys[written++] = lengthBetween(model, stop, other) * stopCount + other;
  }
}

/** The way there and back. */
function lengthBetween(
  { location, meters, seconds, hasOneMatrix }: Model,
  stop: number,
  other: number,
): number {
  const [from, to] = [location[stop]!, location[other]!];
  const length = meters[0]!.between(from, to) + meters[0]!.between(to, from);
  if (hasOneMatrix) return length;
  return length + seconds[0]!.between(from, to) + seconds[0]!.between(to, from);
}

/** Moves the `count` smallest values to the front, in any order (Hoare's quickselect, median of three). */
export function selectSmallest(values: Float64Array, count: number): void {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middleOf(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let low = left;
    let high = right;
    while (low <= high) {
      while (values[low]! < pivot) low++;
      while (values[high]! > pivot) high--;
      if (low > high) break;
      const swapped = values[low]!;
      values[low++] = values[high]!;
      values[high--] = swapped;
    }
    if (count <= high) right = high;
    else if (count >= low) left = low;
    else return;
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
