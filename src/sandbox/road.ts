import type { Coordinates } from "../domain/place.ts";

const earthRadiusMeters = 6_371_000;
/** How much longer a street is than the straight line. */
const detour = 1.3;
/** 30 km/h: the speed of routemate.txt's sample, 12.4 km in 25 minutes. */
const metersPerMinute = 500;

/** The way by road between two places, as the sandbox's map has it. */
export function roadMeters(from: Coordinates, to: Coordinates): number {
  const lat = radians(to.lat - from.lat);
  const lng = radians(to.lng - from.lng);
  const chord =
    Math.sin(lat / 2) ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(lng / 2) ** 2;
  return 2 * earthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(chord))) * detour;
}

/** The time to drive a way. */
export function driveMinutes(meters: number): number {
  return meters / metersPerMinute;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
