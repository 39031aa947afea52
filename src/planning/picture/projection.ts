import type { Coordinates } from "../../domain/place.ts";
import type { Frame, Point } from "./geometry.ts";

/** From degrees to pixels. */
export type Projection = {
  metersPerPixel: number;
  toPoint(position: Coordinates): Point;
};

/** Length of a degree of latitude on the mean sphere (radius 6,371,008.8 m). */
const metersPerDegree = 111_195.08;

/** Where everything lies closer together than this, the map still shows this much around it. */
const leastSpanMeters = 1_000;

/**
 * Fits positions into a frame: equirectangular at the middle latitude, so that within a city lengths are true in
 * every direction. Positions on both sides of the date line are drawn far apart.
 */
export function fitProjection(positions: Coordinates[], frame: Frame): Projection {
  const lat = middleAndSpan(positions.map((position) => position.lat));
  const lng = middleAndSpan(positions.map((position) => position.lng));
  // At the poles a degree of longitude has no length; a little keeps the map finite.
  const shrink = Math.max(Math.cos((lat.middle * Math.PI) / 180), 0.01);
  const metersPerPixel = Math.max(
    (lng.span * shrink * metersPerDegree) / frame.width,
    (lat.span * metersPerDegree) / frame.height,
    leastSpanMeters / Math.min(frame.width, frame.height),
  );
  const pixelsPerDegree = metersPerDegree / metersPerPixel;
  return {
    metersPerPixel,
    toPoint: (position) => ({
      x: frame.x + frame.width / 2 + (position.lng - lng.middle) * shrink * pixelsPerDegree,
      y: frame.y + frame.height / 2 - (position.lat - lat.middle) * pixelsPerDegree,
    }),
  };
}

/** The longest of 1, 2, 5, 10, 20, 50 … meters that is no longer than `meters`. */
export function roundDistance(meters: number): number {
  const power = 10 ** Math.floor(Math.log10(meters));
  const factor = [5, 2].find((candidate) => candidate * power <= meters) ?? 1;
  return factor * power;
}

function middleAndSpan(values: number[]): { middle: number; span: number } {
  if (values.length === 0) return { middle: 0, span: 0 };
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { middle: (low + high) / 2, span: high - low };
}
