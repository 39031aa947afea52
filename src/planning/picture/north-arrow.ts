import type { Point } from "./geometry.ts";
import type { Pen } from "./pen.ts";
import { element, pathData } from "./svg.ts";

/** An arrow to the top of the map, its middle at `at`, with the letter for north above it. */
export function drawNorthArrow({ lettering, words, ink }: Pen, at: Point): string {
  return element(
    "g",
    { class: "north" },
    element("path", {
      d: pathData("M", at.x, at.y - 12, "L", at.x + 7, at.y + 10, "L", at.x, at.y + 5, "Z"),
      fill: ink.strong,
    }),
    element("path", {
      d: pathData("M", at.x, at.y - 12, "L", at.x - 7, at.y + 10, "L", at.x, at.y + 5, "Z"),
      fill: ink.page,
      stroke: ink.strong,
      "stroke-linejoin": "round",
    }),
    lettering.write(words.north, {
      x: at.x,
      y: at.y - 17,
      size: 12,
      weight: "bold",
      fill: ink.strong,
      anchor: "middle",
    }),
  );
}
