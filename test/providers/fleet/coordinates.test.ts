import fc from "fast-check";
import { expect, test } from "vitest";
import type { Coordinates } from "../../../src/domain/place.ts";
import { readPosition, toBd09, toGcj02, toWgs84 } from "../../../src/providers/fleet/coordinates.ts";

/** Points that public implementations of the shift agree on, WGS-84 and GCJ-02. */
const gcj02Points: [string, Coordinates, Coordinates][] = [
  ["Shanghai", { lat: 31.1774276, lng: 121.5272106 }, { lat: 31.17530398364597, lng: 121.531541859215 }],
  ["Shenzhen", { lat: 22.543847, lng: 113.912316 }, { lat: 22.540796131694766, lng: 113.9171764808363 }],
  ["Beijing", { lat: 39.911954, lng: 116.377817 }, { lat: 39.91334545536069, lng: 116.38404722455657 }],
];

/** One point that public implementations carry from WGS-84 to GCJ-02, and from GCJ-02 to BD-09. */
const beijing = { lat: 39.915, lng: 116.404 };
const beijingAsGcj02 = { lat: 39.91640428150164, lng: 116.41024449916938 };
const beijingAsBd09 = { lat: 39.92133699351021, lng: 116.41036949371029 };

const metersBetween = (a: Coordinates, b: Coordinates) => {
  const north = (a.lat - b.lat) * 111_320;
  const east = (a.lng - b.lng) * 111_320 * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(north, east);
};

/** Inside the shifted rectangle, away from its edges. */
const inChina = fc.record({
  lat: fc.double({ min: 18, max: 53, noNaN: true }),
  lng: fc.double({ min: 75, max: 134, noNaN: true }),
});

test.each(gcj02Points)("%s is shifted and shifted back as published", (_city, wgs84, gcj02) => {
  expect(toGcj02(wgs84).lat).toBeCloseTo(gcj02.lat, 9);
  expect(toGcj02(wgs84).lng).toBeCloseTo(gcj02.lng, 9);
  expect(metersBetween(toWgs84(gcj02, "gcj02"), wgs84)).toBeLessThan(0.01);
});

test("Baidu's further shift is the published one, and is undone with the first", () => {
  expect(metersBetween(toGcj02(beijing), beijingAsGcj02)).toBeLessThan(0.001);
  expect(metersBetween(toBd09(beijing), beijingAsBd09)).toBeLessThan(0.001);
  expect(metersBetween(toWgs84(toBd09(beijingAsGcj02), "bd09"), beijing)).toBeLessThan(0.01);
});

test("a shift and its inverse meet within a meter anywhere in China", () => {
  fc.assert(
    fc.property(inChina, (wgs84) => {
      expect(metersBetween(toWgs84(toGcj02(wgs84), "gcj02"), wgs84)).toBeLessThan(1);
      expect(metersBetween(toWgs84(toBd09(toGcj02(wgs84)), "bd09"), wgs84)).toBeLessThan(1);
    }),
  );
});

test("the shift is some hundred meters, so that mixing systems up would show", () => {
  fc.assert(
    fc.property(inChina, (wgs84) => {
      expect(metersBetween(toGcj02(wgs84), wgs84)).toBeLessThan(2000);
      expect(metersBetween(toBd09(toGcj02(wgs84)), wgs84)).toBeGreaterThan(20);
    }),
  );
});

test("positions outside China stay as they are, in every system", () => {
  const brisbane = { lat: -27.471, lng: 153.0234 };
  for (const system of ["wgs84", "gcj02", "bd09"] as const)
    expect(toWgs84(brisbane, system)).toEqual(brisbane);
});

test("only two numbers in range, also as text, are a position", () => {
  expect(readPosition({ lat: "23.1291", lng: 113.2644 }, "wgs84")).toEqual({ lat: 23.1291, lng: 113.2644 });
  for (const broken of [
    null,
    {},
    { lat: 23 },
    { lat: null, lng: 113 },
    { lat: 90.001, lng: 0 },
    { lat: 0, lng: -180.001 },
    { lat: Number.NaN, lng: 0 },
    { lat: " ", lng: 0 },
    { lat: [23], lng: 113 },
  ]) {
    expect(readPosition(broken, "gcj02")).toBeNull();
  }
});
