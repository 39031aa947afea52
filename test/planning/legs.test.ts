import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Legs, legsOf, longestLegs } from "../../src/planning/legs.ts";
import type { Travel } from "../../src/planning/problem.ts";
import { estimateTravel, measureTravel, travelBetween } from "../../src/planning/travel.ts";
import { anyForms } from "../support/any-points.ts";

function tableOf(size: number, legs: Legs): number[] {
  return Array.from({ length: size * size }, (_, cell) => legs.between(Math.trunc(cell / size), cell % size));
}

const tablesOf = (travel: Travel) => {
  const { meters, seconds } = legsOf(travel);
  return { meters: tableOf(travel.size, meters), seconds: tableOf(travel.size, seconds) };
};

describe("legs between points", () => {
  test("are those of the matrix, leg by leg", () => {
    const size = 12;
    fc.assert(
      fc.property(anyForms(size), ({ points, matrix }) => {
        const { meters, seconds } = tablesOf(points);
        // A haversine and a chord differ in their last digit, which may decide how a leg is rounded.
        const isOneOff = (legs: number[], cells: Int32Array, grain: number) =>
          legs.every((leg, cell) => Math.abs(leg - cells[cell]!) <= grain);
        if (points.measure.kind === "planar") expect({ meters, seconds }).toEqual(tablesOf(matrix));
        else {
          expect(isOneOff(meters, matrix.distanceMeters, 1)).toBe(true);
          expect(isOneOff(seconds, matrix.durationSeconds, points.measure.timeFactor)).toBe(true);
        }
      }),
    );
  });

  test("of positions are the estimate's, exactly", () => {
    const position = fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lng: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(position, { maxLength: 12 }), (positions) => {
        expect(tablesOf(measureTravel(positions))).toEqual(tablesOf(estimateTravel(positions)));
      }),
    );
  });

  test("are measured where there are more places than a matrix is made for, and no source knows any", () => {
    const positions = Array.from({ length: 6001 }, (_, index) => ({ lat: 30 + index / 1e5, lng: 120 }));
    const nothing = {
      size: 6001,
      distanceMeters: new Int32Array(),
      durationSeconds: new Int32Array(),
      gaps: [],
    };
    expect(travelBetween(positions, undefined)).toHaveProperty("measure.kind", "great_circle");
    expect(travelBetween(positions, nothing)).toHaveProperty("measure.kind", "great_circle");
    expect(travelBetween(positions.slice(0, 40), undefined)).toHaveProperty("distanceMeters");
  });

  test("are no longer than the bound", () => {
    fc.assert(
      fc.property(anyForms(10), ({ points, matrix }) => {
        const { meters, seconds } = tablesOf(points);
        const bound = longestLegs(points);
        expect(bound.meters).toBeGreaterThanOrEqual(Math.max(...meters));
        expect(bound.seconds).toBeGreaterThanOrEqual(Math.max(...seconds));
        expect(longestLegs(matrix).meters).toBe(Math.max(...matrix.distanceMeters));
      }),
    );
  });
});
