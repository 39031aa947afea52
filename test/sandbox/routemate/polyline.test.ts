import fc from "fast-check";
import { expect, test } from "vitest";
import { encodePolyline } from "../../../src/sandbox/routemate/polyline.ts";

test("the example of Google's description of the format comes out", () => {
  const places = [
    { lat: 38.5, lng: -120.2 },
    { lat: 40.7, lng: -120.95 },
    { lat: 43.252, lng: -126.453 },
  ];
  expect(encodePolyline(places)).toBe("_p~iF~ps|U_ulLnnqC_mqNvxq`@");
});

test("decoding gives every place back to five digits", () => {
  const place = fc.record({
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lng: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 20 }), (places) => {
      const decoded = decode(encodePolyline(places));
      expect(decoded).toHaveLength(places.length);
      for (const [index, { lat, lng }] of places.entries()) {
        expect(decoded[index]?.[0]).toBeCloseTo(lat, 4);
        expect(decoded[index]?.[1]).toBeCloseTo(lng, 4);
      }
    }),
  );
});

/** The format read backwards: groups of five bits, lowest first, then zigzag, then sums. */
function decode(text: string): [number, number][] {
  const numbers: number[] = [];
  let bits = 0;
  let shift = 0;
  for (const letter of text) {
    const code = letter.charCodeAt(0) - 63;
    bits += (code & 0x1f) * 2 ** shift;
    shift += 5;
    if (code & 0x20) continue;
    numbers.push(bits % 2 === 1 ? -(bits + 1) / 2 : bits / 2);
    bits = 0;
    shift = 0;
  }
  const places: [number, number][] = [];
  let [lat, lng] = [0, 0];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    lat += numbers[index] ?? 0;
    lng += numbers[index + 1] ?? 0;
    places.push([lat / 1e5, lng / 1e5]);
  }
  return places;
}
