import type { Plan } from "../../domain/plan.ts";
import { depotRadius, drawDepot } from "./depot-marker.ts";
import { drawDistanceRings } from "./distance-rings.ts";
import { type Frame, shrink } from "./geometry.ts";
import { drawLeaders } from "./leaders.ts";
import { type LocatedPlan, locateRoutes } from "./locate-routes.ts";
import { drawMapKey, mapKeyHeight } from "./map-key.ts";
import type { Pen } from "./pen.ts";
import { drawPlateTags } from "./plate-tags.ts";
import { drawRouteLine } from "./route-lines.ts";
import { drawStopMarkers } from "./stop-markers.ts";
import { element } from "./svg.ts";

/** The routes of a plan on a plain scaled map. Stops without a position are not on it. */
export function drawMap(pen: Pen, plan: Plan, frame: Frame): string {
  const content = { ...frame, height: frame.height - mapKeyHeight };
  const located = locateRoutes(plan, content);
  const { metersPerPixel } = located;
  const rings = drawDistanceRings(pen, located, shrink(content, 20));
  const isReturn = located.routes.some(({ stops, to }) => to && stops.length > 0);
  return element(
    "g",
    { class: "map" },
    element("clipPath", { id: "map-frame" }, element("rect", { ...frame, rx: 8 })),
    element("rect", { ...frame, rx: 8, fill: pen.ink.land }),
    element("g", { "clip-path": "url(#map-frame)" }, rings, drawRoutes(pen, located, content)),
    drawMapKey(pen, { frame, metersPerPixel, hasReturnLegs: isReturn, hasRings: rings !== "" }),
  );
}

/** Lines and leaders below, then the depot, markers and plates. */
function drawRoutes(pen: Pen, { depot, routes, radius }: LocatedPlan, frame: Frame): string {
  const markers = routes.flatMap(({ stops }) => stops.map(({ marker }) => ({ ...marker, radius })));
  const taken = [{ ...depot, radius: depotRadius }, ...markers];
  return [
    ...routes.map((route) => drawRouteLine(pen, route)),
    ...routes.map((route) => drawLeaders(pen, route)),
    drawDepot(pen, depot),
    ...routes.map((route) => drawStopMarkers(pen, route, radius)),
    drawPlateTags(pen, routes, { depot, radius, taken, frame: shrink(frame, 4) }),
  ].join("");
}
