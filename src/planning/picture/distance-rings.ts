import { distanceBetween, type Frame, isInside, type Point } from "./geometry.ts";
import type { LocatedPlan } from "./locate-routes.ts";
import { formatRoundDistance } from "./measures.ts";
import type { Pen } from "./pen.ts";
import { roundDistance } from "./projection.ts";
import { element } from "./svg.ts";

/** Beyond this the flat map bends circles too much to call them distances. */
const farthestMeters = 500_000;

/** With all stops closer to the depot than this there is nothing to measure. */
const leastPixels = 40;

/** Labels keep this much off every marker, pixels; places in so many gaps between stops are tried. */
const labelRoom = 26;
const mostGaps = 24;

/** Faint circles around the depot at round distances, up to the farthest stop. Labels stay in the frame. */
export function drawDistanceRings(
  pen: Pen,
  { depot, routes, metersPerPixel }: LocatedPlan,
  frame: Frame,
): string {
  const stops = routes.flatMap((route) => route.stops.map(({ marker }) => marker));
  const farthestPixels = stops.reduce((most, stop) => Math.max(most, distanceBetween(stop, depot)), 0);
  const farthest = farthestPixels * metersPerPixel;
  if (farthestPixels < leastPixels || farthest > farthestMeters) return "";
  const step = roundDistance(farthest / 2.5);
  const rings = Array.from({ length: Math.ceil(farthest / step) }, (_, index) => (index + 1) * step);
  const angles = emptyAngles(stops.map(({ x, y }) => Math.atan2(y - depot.y, x - depot.x)));
  const placeLabel = (radius: number) =>
    angles
      .map((angle) => ({ x: depot.x + radius * Math.cos(angle), y: depot.y + radius * Math.sin(angle) }))
      .find((at) => isInside(at, frame) && stops.every((stop) => distanceBetween(stop, at) > labelRoom));
  return element(
    "g",
    { class: "rings" },
    ...rings.map((meters) => {
      const radius = meters / metersPerPixel;
      const label = placeLabel(radius);
      const circle = { cx: depot.x, cy: depot.y, r: radius, fill: "none", stroke: pen.ink.line };
      return element("circle", circle) + (label ? drawLabel(pen, meters, label) : "");
    }),
  );
}

/** The middles of the widest gaps between the angles, where labels meet the fewest routes; then the compass. */
function emptyAngles(angles: number[]): number[] {
  const sorted = angles.toSorted((a, b) => a - b);
  const [first = 0] = sorted;
  const gaps = sorted
    .map((angle, index) => ({ angle, gap: (sorted[index + 1] ?? first + 2 * Math.PI) - angle }))
    .sort((a, b) => b.gap - a.gap)
    .slice(0, mostGaps)
    .map(({ angle, gap }) => angle + gap / 2);
  return [...gaps, ...Array.from({ length: 8 }, (_, direction) => (direction * Math.PI) / 4)];
}

function drawLabel({ lettering, words, ink }: Pen, meters: number, { x, y }: Point): string {
  const text = formatRoundDistance(meters, words);
  const width = lettering.width(text, { size: 10 }) + 8;
  return (
    element("rect", { x: x - width / 2, y: y - 7, width, height: 14, fill: ink.land }) +
    lettering.write(text, { x, y: y + 3.5, size: 10, fill: ink.faint, anchor: "middle" })
  );
}
