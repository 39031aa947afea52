import type { Frame, Point } from "./geometry.ts";
import { drawNorthArrow } from "./north-arrow.ts";
import type { Pen } from "./pen.ts";
import { drawScaleBar } from "./scale-bar.ts";
import { element, pathData } from "./svg.ts";

/** The strip under the map's content that scale, key and north arrow stand in, pixels. */
export const mapKeyHeight = 40;

/** What the key explains: the map's frame and scale, and what is on it. */
export type MapKey = { frame: Frame; metersPerPixel: number; hasReturnLegs: boolean; hasRings: boolean };

/** Scale bar, the meaning of dashed lines and circles, and the north arrow, along the map's lower edge. */
export function drawMapKey(pen: Pen, { frame, metersPerPixel, hasReturnLegs, hasRings }: MapKey): string {
  const y = frame.y + frame.height - 16;
  const right = frame.x + frame.width;
  const rings = hasRings
    ? writeBefore(pen, pen.words.rings, { x: right - 60, y })
    : { x: right - 60, markup: "" };
  return (
    drawScaleBar(pen, metersPerPixel, { x: frame.x + 16, y }) +
    rings.markup +
    (hasReturnLegs ? drawReturnKey(pen, { x: rings.x, y }) : "") +
    drawNorthArrow(pen, { x: right - 26, y: y - 10 })
  );
}

function drawReturnKey(pen: Pen, end: Point): string {
  const { x, markup } = writeBefore(pen, pen.words.returnLeg, end);
  const dash = element("path", {
    d: pathData("M", x - 20, end.y - 4, "H", x + 10),
    stroke: pen.ink.muted,
    "stroke-width": 1.6,
    "stroke-dasharray": "6 5",
  });
  return dash + markup;
}

/** Writes text that ends at a point, and says where the next may end: keys are written from right to left. */
function writeBefore({ lettering, ink }: Pen, text: string, { x, y }: Point): { x: number; markup: string } {
  const markup = lettering.write(text, { size: 11, fill: ink.muted, anchor: "end", x, y });
  return { x: x - lettering.width(text, { size: 11 }) - 18, markup };
}
