import type { Coordinates } from "../domain/place.ts";

/** Roads are longer than the great circle: the factor that stands for them where no road network is at hand. */
export const roadFactor = 1.3;

/** Mean Earth radius (IUGG R1). */
const earthRadiusMeters = 6_371_009;

/** The shortest way over the globe between two positions, in meters (haversine). */
export function greatCircleMeters(from: Coordinates, to: Coordinates): number {
  const height = Math.sin(radians(to.lat - from.lat) / 2) ** 2;
  const width = Math.sin(radians(to.lng - from.lng) / 2) ** 2;
  const chord = height + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * width;
  return 2 * earthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
