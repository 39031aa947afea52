import type { Coordinates } from "../domain/place.ts";
import { greatCircleMeters, roadFactor } from "./great-circle.ts";
import type { TravelMatrix } from "./problem.ts";

/** Average speed of a delivery truck in and around a town, traffic lights included. */
const averageKilometersPerHour = 40;

const metersPerSecond = averageKilometersPerHour / 3.6;

/** Travel between all positions by great circle, road factor and average speed: for use without a road network. */
export function estimateTravel(positions: readonly Coordinates[]): TravelMatrix {
  const size = positions.length;
  const distanceMeters = new Int32Array(size * size);
  const durationSeconds = new Int32Array(size * size);
  for (const [from, start] of positions.entries()) {
    for (let to = 0; to < from; to++) {
      const meters = greatCircleMeters(start, positions[to]!) * roadFactor;
      for (const cell of [from * size + to, to * size + from]) {
        distanceMeters[cell] = Math.round(meters);
        durationSeconds[cell] = Math.round(meters / metersPerSecond);
      }
    }
  }
  return { size, distanceMeters, durationSeconds };
}
