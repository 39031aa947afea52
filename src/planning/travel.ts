import type { Coordinates } from "../domain/place.ts";
import type { KnownTravel } from "../domain/travel.ts";
import { greatCircleMeters, measureGreatCircles, placeOnSphere, roadFactor } from "./great-circle.ts";
import { mostMatrixLocations, type Travel, type TravelMatrix, type TravelPoints } from "./problem.ts";

/** Average speed of a delivery truck in and around a town, traffic lights included. */
export const averageKilometersPerHour = 40;

const metersPerSecond = averageKilometersPerHour / 3.6;

/** Travel as `completeTravel` tells it; measured between the positions where they are many and no source knows any. */
export function travelBetween(positions: readonly Coordinates[], known: KnownTravel | undefined): Travel {
  const isKnown = known !== undefined && known.durationSeconds.length > 0;
  if (isKnown || positions.length <= mostMatrixLocations) return completeTravel(positions, known);
  return measureTravel(positions);
}

/** The legs of `estimateTravel`, each when it is looked at. */
export function measureTravel(positions: readonly Coordinates[]): TravelPoints {
  const measure = { kind: "great_circle", roadFactor, metersPerSecond, timeFactor: 1 } as const;
  return { size: positions.length, ...placeOnSphere(positions), measure };
}

/** Travel as far as a source knows it; estimates stand for what it does not know. */
export function completeTravel(
  positions: readonly Coordinates[],
  known: KnownTravel | undefined,
): TravelMatrix {
  if (!known || known.durationSeconds.length === 0) return estimateTravel(positions);
  const { size, gaps } = known;
  if (gaps.length === 0) return known;
  const distanceMeters = new Int32Array(known.distanceMeters);
  const durationSeconds = new Int32Array(known.durationSeconds);
  for (const [from, start] of positions.entries()) {
    for (const [to, end] of positions.entries()) {
      const cell = from * size + to;
      if (durationSeconds[cell]! >= 0 && distanceMeters[cell]! >= 0) continue;
      const meters = estimateMeters(start, end);
      distanceMeters[cell] = Math.round(meters);
      durationSeconds[cell] = Math.round(meters / metersPerSecond);
    }
  }
  return { size, distanceMeters, durationSeconds };
}

/** Travel between all positions by great circle, road factor and average speed: for use without a road network. */
export function estimateTravel(positions: readonly Coordinates[]): TravelMatrix {
  const size = positions.length;
  const distanceMeters = new Int32Array(size * size);
  const durationSeconds = new Int32Array(size * size);
  const measure = measureGreatCircles(positions);
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < from; to++) {
      const meters = roadFactor * measure(from, to);
      const [there, back] = [from * size + to, to * size + from];
      distanceMeters[there] = Math.round(meters);
      distanceMeters[back] = distanceMeters[there]!;
      durationSeconds[there] = Math.round(meters / metersPerSecond);
      durationSeconds[back] = durationSeconds[there]!;
    }
  }
  return { size, distanceMeters, durationSeconds };
}

function estimateMeters(from: Coordinates, to: Coordinates): number {
  return greatCircleMeters(from, to) * roadFactor;
}
