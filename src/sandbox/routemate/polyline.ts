import type { Coordinates } from "../../domain/place.ts";

/** Google's Encoded Polyline Algorithm Format: differences of 1e-5 degrees in groups of five bits. */
export function encodePolyline(places: readonly Coordinates[]): string {
  let text = "";
  let previous = { lat: 0, lng: 0 };
  for (const { lat, lng } of places) {
    const rounded = { lat: Math.round(lat * 1e5), lng: Math.round(lng * 1e5) };
    text += encodeNumber(rounded.lat - previous.lat) + encodeNumber(rounded.lng - previous.lng);
    previous = rounded;
  }
  return text;
}

function encodeNumber(value: number): string {
  let rest = value < 0 ? ~(value << 1) : value << 1;
  let text = "";
  while (rest >= 0x20) {
    text += String.fromCharCode((0x20 | (rest & 0x1f)) + 63);
    rest >>>= 5;
  }
  return text + String.fromCharCode(rest + 63);
}
