import { type Circle, distanceBetween, type Frame, type Point } from "./geometry.ts";
import { wayOf } from "./located-stops.ts";
import type { MapRoute } from "./map-route.ts";
import type { Pen } from "./pen.ts";
import { element } from "./svg.ts";

const style = { size: 11, weight: "bold" } as const;
const height = 18;

/** At how many of a route's stops, from the farthest on, a place for its tag is looked for. */
const stopsTried = 6;

/** The straight way from one stop to the next. */
type Leg = { from: Point; to: Point };

/** What tags need: the depot, the frame they stay in, the circles they must not cover, the markers' radius. */
export type TagRules = { depot: Point; frame: Frame; taken: Circle[]; radius: number };

/**
 * Each vehicle's plate beside one of its outermost stops, off the lines where it can. A plate that finds no room is
 * left to the legend.
 */
export function drawPlateTags(pen: Pen, routes: MapRoute[], rules: TagRules): string {
  const legs = routes.flatMap(({ stops, from }) => toLegs(wayOf(from, stops)));
  const placed: Frame[] = [];
  const tags = routes.map((mapRoute) => {
    const width = pen.lettering.width(mapRoute.route.licensePlate, style) + 14;
    const free = tagPlaces(mapRoute, rules, width).filter((tag) => isFree(tag, rules, placed));
    const place = free.find((tag) => !legs.some((leg) => crosses(leg, tag))) ?? free[0];
    if (!place) return "";
    placed.push(place);
    return drawTag(pen, mapRoute, place);
  });
  return element("g", { class: "tags" }, ...tags);
}

/** Places around the stops farthest from the depot, those that point away from it first. */
function tagPlaces({ stops }: MapRoute, { depot, radius }: TagRules, width: number): Frame[] {
  return stops
    .map(({ marker }) => ({ marker, distance: distanceBetween(marker, depot) }))
    .sort((a, b) => b.distance - a.distance)
    .slice(0, stopsTried)
    .flatMap(({ marker }) => {
      const outward = Math.atan2(marker.y - depot.y, marker.x - depot.x);
      return [0, 1, -1, 2, -2, 3, -3, 4].map((turn) => {
        const angle = outward + (turn * Math.PI) / 4;
        const x = marker.x + Math.cos(angle) * (radius + 4 + width / 2);
        const y = marker.y + Math.sin(angle) * (radius + 4 + height / 2);
        return { x: x - width / 2, y: y - height / 2, width, height };
      });
    });
}

function isFree(tag: Frame, { frame, taken }: TagRules, placed: Frame[]): boolean {
  return (
    isInside(tag, frame) &&
    !taken.some((circle) => covers(tag, circle)) &&
    !placed.some((other) => meet(tag, other))
  );
}

function isInside(tag: Frame, frame: Frame): boolean {
  return (
    tag.x >= frame.x &&
    tag.y >= frame.y &&
    tag.x + tag.width <= frame.x + frame.width &&
    tag.y + tag.height <= frame.y + frame.height
  );
}

function covers(tag: Frame, circle: Circle): boolean {
  const x = Math.min(Math.max(circle.x, tag.x), tag.x + tag.width);
  const y = Math.min(Math.max(circle.y, tag.y), tag.y + tag.height);
  return distanceBetween(circle, { x, y }) < circle.radius + 1;
}

function meet(a: Frame, b: Frame): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function toLegs(way: Point[]): Leg[] {
  return way.slice(1).map((to, index) => ({ from: way[index] ?? to, to }));
}

/** Clips the leg to the tag, side by side (Liang and Barsky 1984): what is left, if anything, lies on the tag. */
function crosses({ from, to }: Leg, { x, y, width, height: tall }: Frame): boolean {
  const sides: [step: number, room: number][] = [
    [from.x - to.x, from.x - x],
    [to.x - from.x, x + width - from.x],
    [from.y - to.y, from.y - y],
    [to.y - from.y, y + tall - from.y],
  ];
  let first = 0;
  let last = 1;
  for (const [step, room] of sides) {
    if (step === 0 && room < 0) return false;
    if (step < 0) first = Math.max(first, room / step);
    if (step > 0) last = Math.min(last, room / step);
  }
  return first < last;
}

function drawTag({ lettering, ink }: Pen, { route, look }: MapRoute, tag: Frame): string {
  return (
    element("rect", { ...tag, rx: height / 2, fill: ink.page, stroke: look.color, "stroke-width": 1.5 }) +
    lettering.write(route.licensePlate, {
      ...style,
      x: tag.x + tag.width / 2,
      y: tag.y + 13,
      fill: ink.strong,
      anchor: "middle",
    })
  );
}
