import type { Instance, Place, Rounding } from "../instances/instance.ts";

/** Parts of a unit that distances are counted in, so that sums of decimals stay exact. */
export const partsOf: Record<Rounding, number> = {
  nearest: 1,
  one_decimal: 10,
  three_decimals: 1000,
  none: 1,
};

const round: Record<Rounding, (distance: number) => number> = {
  nearest: (distance) => Math.floor(distance + 0.5),
  one_decimal: (distance) => Math.floor(10 * distance),
  three_decimals: (distance) => Math.floor(1000 * distance + 0.5),
  none: (distance) => distance,
};

/** The distance between two places under the instance's rounding, in parts of a unit. */
export function measure({ places, rounding }: Instance, from: number, to: number): number {
  const a = placeAt(places, from);
  const b = placeAt(places, to);
  return round[rounding](Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2));
}

function placeAt(places: Place[], index: number): Place {
  const place = places[index];
  if (!place) throw new Error(`the instance has no place ${index}`);
  return place;
}
