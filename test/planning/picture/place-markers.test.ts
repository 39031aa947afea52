import fc from "fast-check";
import { expect, test } from "vitest";
import { placeMarkers } from "../../../src/planning/picture/place-markers.ts";

const frame = { x: 0, y: 0, width: 800, height: 600 };
const depot = { x: 400, y: 300, radius: 14 };
const rules = { radius: 10, frame, taken: [depot] };

test("a marker with room stands at its stop", () => {
  const points = [
    { x: 100, y: 100 },
    { x: 121, y: 100 },
  ];
  expect(placeMarkers(points, rules)).toEqual(points);
});

test("markers cover neither each other nor the depot, and stay in the frame and near their stops", () => {
  const point = fc.record({ x: fc.integer({ min: 300, max: 500 }), y: fc.integer({ min: 200, max: 400 }) });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 60 }), (points) => {
      const markers = placeMarkers(points, rules);
      markers.forEach((marker, index) => {
        const at = points[index] ?? marker;
        expect(Math.hypot(marker.x - at.x, marker.y - at.y)).toBeLessThanOrEqual(240);
        expect(Math.hypot(marker.x - depot.x, marker.y - depot.y)).toBeGreaterThanOrEqual(24);
        expect(marker.x >= 0 && marker.x <= 800 && marker.y >= 0 && marker.y <= 600).toBe(true);
        for (const other of markers.slice(index + 1)) {
          expect(Math.hypot(marker.x - other.x, marker.y - other.y)).toBeGreaterThanOrEqual(20);
        }
      });
    }),
  );
});

test("a marker that finds no room stays at its stop", () => {
  const crowd = Array.from({ length: 5 }, () => ({ x: 50, y: 50 }));
  const narrow = { ...rules, frame: { x: 45, y: 45, width: 10, height: 10 } };
  expect(placeMarkers(crowd, narrow)).toEqual(crowd);
});
