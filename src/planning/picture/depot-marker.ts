import type { Point } from "./geometry.ts";
import type { Pen } from "./pen.ts";
import { element, escapeXml, pathData } from "./svg.ts";

/** The room the depot takes on the map, pixels. */
export const depotRadius = 14;

/** A house on a dark ground. */
export function drawDepot({ words, ink }: Pen, { x, y }: Point): string {
  const house = pathData(
    ...["M", x, y - 7, "L", x + 8, y - 1, "V", y + 7, "H", x + 3, "V", y + 2],
    ...["H", x - 3, "V", y + 7, "H", x - 8, "V", y - 1, "Z"],
  );
  return element(
    "g",
    { class: "depot" },
    element("title", {}, escapeXml(words.depot)),
    element("circle", {
      cx: x,
      cy: y,
      r: depotRadius - 1,
      fill: ink.strong,
      stroke: ink.page,
      "stroke-width": 2,
    }),
    element("path", { d: house, fill: ink.page }),
  );
}
