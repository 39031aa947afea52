import fc from "fast-check";
import { greatCircleMeters, roadFactor } from "../../src/planning/great-circle.ts";
import type { TravelMatrix, TravelPoints } from "../../src/planning/problem.ts";
import { averageKilometersPerHour, measureTravel } from "../../src/planning/travel.ts";

/** One travel in both of its forms, the matrix written by formulas of its own. */
type BothForms = { points: TravelPoints; matrix: TravelMatrix };

type Measured = { meters: number; seconds: number };

function writeMatrix(size: number, legOf: (from: number, to: number) => Measured): TravelMatrix {
  const cells = Array.from({ length: size * size }, (_, cell) => legOf(Math.trunc(cell / size), cell % size));
  return {
    size,
    distanceMeters: Int32Array.from(cells, ({ meters }) => meters),
    durationSeconds: Int32Array.from(cells, ({ seconds }) => seconds),
  };
}

const manyOf = <Value>(value: fc.Arbitrary<Value>, size: number) =>
  fc.array(value, { minLength: size, maxLength: size });

/** Points in the plane; few coordinates, so that legs are often as long, and points the same. */
const anyPlanarForms = (size: number): fc.Arbitrary<BothForms> =>
  fc
    .record({
      spots: manyOf(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 })), size),
      scale: fc.constantFrom(1, 10),
      isCut: fc.boolean(),
    })
    .map(({ spots, scale, isCut }) => {
      const matrix = writeMatrix(size, (from, to) => {
        const [a, b] = [spots[from]!, spots[to]!];
        const length = scale * Math.hypot(a[0] - b[0], a[1] - b[1]);
        const meters = isCut ? Math.floor(length) : Math.round(length);
        return { meters, seconds: meters };
      });
      const points: TravelPoints = {
        size,
        x: Float64Array.from(spots, ([x]) => x),
        y: Float64Array.from(spots, ([, y]) => y),
        z: new Float64Array(),
        measure: { kind: "planar", scale, isCut },
      };
      return { points, matrix: { ...matrix, durationSeconds: matrix.distanceMeters } };
    });

/** Positions on the globe, near each other or far. */
const anyGlobalForms = (size: number): fc.Arbitrary<BothForms> =>
  fc
    .record({
      spread: fc.constantFrom(0.0004, 0.3, 60),
      parts: manyOf(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), size),
      timeFactor: fc.constantFrom(1, 1, 125),
    })
    .map(({ spread, parts, timeFactor }) => {
      const positions = parts.map(([lat, lng]) => ({
        lat: 20 + (lat / 9) * spread,
        lng: 10 + (lng / 9) * spread,
      }));
      const matrix = writeMatrix(size, (from, to) => {
        const meters = roadFactor * greatCircleMeters(positions[from]!, positions[to]!);
        const seconds = timeFactor * Math.round(meters / (averageKilometersPerHour / 3.6));
        return { meters: Math.round(meters), seconds };
      });
      const points = measureTravel(positions);
      return {
        points: { ...points, measure: { ...points.measure, timeFactor } as typeof points.measure },
        matrix,
      };
    });

/** Any of the two. */
export const anyForms = (size: number): fc.Arbitrary<BothForms> =>
  fc.oneof(anyPlanarForms(size), anyGlobalForms(size));
