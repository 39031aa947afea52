import type { PlanStop } from "../../domain/plan.ts";
import type { Circle } from "./geometry.ts";
import type { MapRoute } from "./map-route.ts";
import { clockOf } from "./measures.ts";
import type { RouteLook } from "./palette.ts";
import type { Pen } from "./pen.ts";
import { printable, shortened } from "./printable.ts";
import { element, escapeXml, pathData } from "./svg.ts";

/** Below this radius a number could not be read: markers are plain dots. */
export const leastRadiusWithNumber = 6;

/** Names and addresses are cut after this many characters. */
const longestPart = 80;

/** How large markers are, the smaller the more there are, pixels. */
export function markerRadius(stopCount: number): number {
  if (stopCount <= 40) return 10.5;
  if (stopCount <= 90) return 9.5;
  if (stopCount <= 200) return 8.5;
  return stopCount <= 400 ? 6.5 : 2.8;
}

/** The numbered stops of one route. Each tells its vehicle, customer, address and arrival when pointed at. */
export function drawStopMarkers(pen: Pen, { route, look, stops }: MapRoute, radius: number): string {
  const hasNumbers = radius >= leastRadiusWithNumber;
  const group = {
    class: "stops",
    fill: look.color,
    stroke: pen.ink.page,
    "stroke-width": hasNumbers ? 1.4 : 0.8,
  };
  const markers = stops.map(({ stop, marker }) => {
    const title = element("title", {}, escapeXml(stopTitle(route.licensePlate, stop)));
    return drawMarker(look, { ...marker, radius }, { class: "stop", content: title });
  });
  const numbers = stops.map(({ stop, marker }) => drawNumber(pen, stop.sequence, { ...marker, radius }));
  return (
    element("g", group, ...markers) +
    // Above the markers, but pointing goes through to their titles.
    (hasNumbers ? element("g", { fill: look.ink, "pointer-events": "none" }, ...numbers) : "")
  );
}

/** The marker of a vehicle: circle, square or diamond. */
export function drawMarker(
  { shape }: RouteLook,
  { x, y, radius }: Circle,
  { class: name, content = "" }: { class?: string; content?: string } = {},
): string {
  if (shape === "circle") return element("circle", { class: name, cx: x, cy: y, r: radius }, content);
  if (shape === "diamond") {
    const half = radius * 1.25;
    const d = pathData("M", x, y - half, "L", x + half, y, "L", x, y + half, "L", x - half, y, "Z");
    return element("path", { class: name, d }, content);
  }
  const side = radius * 1.8;
  const corner = { x: x - side / 2, y: y - side / 2 };
  return element("rect", { class: name, ...corner, width: side, height: side, rx: 2 }, content);
}

function drawNumber({ lettering }: Pen, number: number, { x, y, radius }: Circle): string {
  const size = radius * (number < 100 ? 1.2 : 0.9);
  return lettering.write(String(number), { x, y: y + size * 0.36, size, weight: "bold", anchor: "middle" });
}

function stopTitle(licensePlate: string, { sequence, customerName, address, arriveAt }: PlanStop): string {
  return [licensePlate, sequence, customerName, address, clockOf(arriveAt)]
    .map((part) => shortened(printable(String(part ?? "")), longestPart))
    .filter((part) => part !== "")
    .join(" · ");
}
