import type { MapRoute } from "./map-route.ts";
import type { Pen } from "./pen.ts";
import { element, pathData } from "./svg.ts";

/** From every marker that had to give way a thin line to the dot where its stop is. */
export function drawLeaders({ ink }: Pen, { look, stops }: MapRoute): string {
  const moved = stops.filter(({ at, marker }) => at.x !== marker.x || at.y !== marker.y);
  if (moved.length === 0) return "";
  const lines = moved.map(({ at, marker }) => pathData("M", at.x, at.y, "L", marker.x, marker.y));
  const dots = moved.map(({ at }) => element("circle", { cx: at.x, cy: at.y, r: 2.4, stroke: ink.page }));
  return element(
    "g",
    { class: "leaders", fill: look.color },
    element("path", { d: lines.join(""), stroke: look.color }),
    ...dots,
  );
}
