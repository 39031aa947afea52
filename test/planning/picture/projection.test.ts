import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitProjection, roundDistance } from "../../../src/planning/picture/projection.ts";

const frame = { x: 100, y: 50, width: 700, height: 500 };
const position = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** Great-circle meters by the haversine formula. */
function metersBetween(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const north = Math.sin(radians(b.lat - a.lat) / 2) ** 2;
  const east = Math.sin(radians(b.lng - a.lng) / 2) ** 2;
  return (
    2 * 6_371_008.8 * Math.asin(Math.sqrt(north + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * east))
  );
}

describe("the projection", () => {
  test("every position is in the frame", () => {
    fc.assert(
      fc.property(fc.array(position, { minLength: 1, maxLength: 20 }), (positions) => {
        const { toPoint } = fitProjection(positions, frame);
        for (const { x, y } of positions.map(toPoint)) {
          expect(x).toBeGreaterThanOrEqual(100 - 1e-6);
          expect(x).toBeLessThanOrEqual(800 + 1e-6);
          expect(y).toBeGreaterThanOrEqual(50 - 1e-6);
          expect(y).toBeLessThanOrEqual(550 + 1e-6);
        }
      }),
    );
  });

  test("within a city, pixels times scale is the great-circle distance", () => {
    const near = fc.record({
      lat: fc.double({ min: 22.9, max: 23.4, noNaN: true }),
      lng: fc.double({ min: 113, max: 113.6, noNaN: true }),
    });
    fc.assert(
      fc.property(near, near, (a, b) => {
        const { toPoint, metersPerPixel } = fitProjection([a, b], frame);
        const [from, to] = [toPoint(a), toPoint(b)];
        const drawn = Math.hypot(to.x - from.x, to.y - from.y) * metersPerPixel;
        expect(Math.abs(drawn - metersBetween(a, b))).toBeLessThan(0.002 * metersBetween(a, b) + 0.01);
      }),
    );
  });

  test("north is up and east is right", () => {
    const south = { lat: 23, lng: 113 };
    const northEast = { lat: 23.1, lng: 113.1 };
    const { toPoint } = fitProjection([south, northEast], frame);
    expect(toPoint(northEast).x).toBeGreaterThan(toPoint(south).x);
    expect(toPoint(northEast).y).toBeLessThan(toPoint(south).y);
  });

  test("a single position is in the middle, with a kilometer around it", () => {
    const { toPoint, metersPerPixel } = fitProjection([{ lat: 23, lng: 113 }], frame);
    expect(toPoint({ lat: 23, lng: 113 })).toEqual({ x: 450, y: 300 });
    expect(metersPerPixel * 500).toBe(1000);
  });
});

test.each([
  [1, 1],
  [1.9, 1],
  [2, 2],
  [499, 200],
  [999.9, 500],
  [1000, 1000],
  [7200, 5000],
])("%s meters round down to %s", (meters, round) => {
  expect(roundDistance(meters)).toBe(round);
});
