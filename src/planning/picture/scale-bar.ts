import type { Point } from "./geometry.ts";
import { formatRoundDistance } from "./measures.ts";
import type { Pen } from "./pen.ts";
import { roundDistance } from "./projection.ts";
import { element, pathData } from "./svg.ts";

const longestPixels = 150;

/** A bar of a round length, its left end at `at`, and the length written at its right end. */
export function drawScaleBar({ lettering, words, ink }: Pen, metersPerPixel: number, at: Point): string {
  const meters = roundDistance(longestPixels * metersPerPixel);
  const length = meters / metersPerPixel;
  return element(
    "g",
    { class: "scale-bar", "data-meters": meters },
    element("path", {
      d: pathData("M", at.x, at.y - 5, "V", at.y, "H", at.x + length, "V", at.y - 5),
      fill: "none",
      stroke: ink.strong,
      "stroke-width": 1.5,
    }),
    lettering.write(formatRoundDistance(meters, words), {
      x: at.x + length + 8,
      y: at.y + 1,
      size: 11.5,
      fill: ink.strong,
    }),
  );
}
