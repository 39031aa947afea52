import type { Coordinates } from "./place.ts";

/** What all of China's clocks are set to. */
export const chinaOffset = "+08:00";

/** Whether a place lies within the box around China: one that does has `chinaOffset`, neighbours in it aside. */
export function isWithinChina({ lat, lng }: Coordinates): boolean {
  return lat > 18 && lat < 54 && lng > 73 && lng < 135;
}
