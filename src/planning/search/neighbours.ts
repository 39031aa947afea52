import type { Model } from "./model.ts";

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
  const keys = new Float64Array(Math.max(0, stopCount - 1));
  for (let stop = 0; stop < stopCount; stop++) {
    if (stop % rowsPerLook === 0 && isCancelled()) return undefined;
    measureAround(model, stop, keys);
    selectSmallest(keys, kept);
    const nearest = keys.subarray(0, kept).sort();
    for (let rank = 0; rank < kept; rank++) stops[stop * kept + rank] = nearest[rank]! % stopCount;
  }
  return { width: kept, stops };
}

/** Writes the way there and back to every other stop, each key with the stop's index in its low part. */
function measureAround(model: Model, stop: number, keys: Float64Array): void {
  const { customerCount: stopCount, location } = model;
  const [meters, seconds] = [model.meters[0]!, model.seconds[0]!];
  const from = location[stop]!;
  let written = 0;
  for (let other = 0; other < stopCount; other++) {
    if (other === stop) continue;
    const to = location[other]!;
    let length = meters.between(from, to) + meters.between(to, from);
    if (!model.hasOneMatrix) length += seconds.between(from, to) + seconds.between(to, from);
    keys[written++] = length * stopCount + other;
  }
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
