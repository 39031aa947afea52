import type { Coordinates } from "../domain/place.ts";

/** Roads are longer than the great circle: the factor that stands for them where no road network is at hand. */
export const roadFactor = 1.3;

/** Mean Earth radius (IUGG R1). */
const earthRadiusMeters = 6_371_009;

export const earthDiameterMeters = 2 * earthRadiusMeters;

/** The shortest way over the globe between two positions, in meters (haversine). */
export function greatCircleMeters(from: Coordinates, to: Coordinates): number {
  const height = Math.sin(radians(to.lat - from.lat) / 2) ** 2;
  const width = Math.sin(radians(to.lng - from.lng) / 2) ** 2;
  const chord = height + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * width;
  return 2 * earthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/**
 * The same between many positions, by index. Each is a point on the unit sphere: half the straight way between two is
 * the sine of half their angle, so that no more than one function of angles is left to compute for a pair.
 */
export function measureGreatCircles(positions: readonly Coordinates[]): (from: number, to: number) => number {
  const { x, y, z } = placeOnSphere(positions);
  return (from, to) => {
    const [east, north, up] = [x[from]! - x[to]!, y[from]! - y[to]!, z[from]! - z[to]!];
    const chord = Math.sqrt(east * east + north * north + up * up) / 2;
    return earthDiameterMeters * Math.asin(Math.min(1, chord));
  };
}

/** Points on the unit sphere, by axis. */
export type SpherePoints = { x: Float64Array; y: Float64Array; z: Float64Array };

/** Where positions are on the unit sphere, in their order. */
export function placeOnSphere(positions: readonly Coordinates[]): SpherePoints {
  const x = new Float64Array(positions.length);
  const y = new Float64Array(positions.length);
  const z = new Float64Array(positions.length);
  for (const [index, { lat, lng }] of positions.entries()) {
    x[index] = Math.cos(radians(lat)) * Math.cos(radians(lng));
    y[index] = Math.cos(radians(lat)) * Math.sin(radians(lng));
    z[index] = Math.sin(radians(lat));
  }
  return { x, y, z };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
