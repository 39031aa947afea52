import { distanceBetween, type Point } from "./geometry.ts";
import { wayOf } from "./located-stops.ts";
import type { MapRoute } from "./map-route.ts";
import type { Pen } from "./pen.ts";
import { element, pathData } from "./svg.ts";

/** Legs shorter than this have no room for an arrow between their markers, pixels. */
const shortestWithArrow = 46;

/** The way of one vehicle: solid from its start to the last stop, dashed to its end, arrows on the longer legs. */
export function drawRouteLine({ ink }: Pen, { look, stops, from, to }: MapRoute): string {
  const last = stops.at(-1);
  if (!last) return "";
  const outward = toLegs(wayOf(from, stops));
  // From a single stop the way back would hide under the way out.
  const bend = stops.length === 1 ? 0.15 : 0;
  const back = to ? [{ from: last.at, to, bend }] : [];
  const line = legPath(outward);
  const arrows = [...outward, ...back].map(arrow).join("");
  return element(
    "g",
    { class: "line", fill: "none", stroke: look.color, "stroke-linejoin": "round" },
    element("path", { d: line, stroke: ink.land, "stroke-width": 5 }),
    ...back.map((leg) =>
      element("path", { d: legPath([leg]), "stroke-width": 1.6, "stroke-dasharray": "6 5", opacity: 0.75 }),
    ),
    element("path", { d: line, "stroke-width": 2.6 }),
    arrows === "" ? "" : element("path", { d: arrows, fill: look.color, stroke: ink.land }),
  );
}

/** The way from one point to the next. `bend` says how far it swings aside, as a share of its length. */
type Leg = { from: Point; to: Point; bend: number };

function toLegs(way: Point[]): Leg[] {
  return way.slice(1).map((to, index) => ({ from: way[index] ?? to, to, bend: 0 }));
}

/** Legs that follow each other as one line. */
function legPath(legs: Leg[]): string {
  const [first] = legs;
  if (!first) return "";
  const steps = legs.map((leg) => {
    if (leg.bend === 0) return pathData("L", leg.to.x, leg.to.y);
    const middle = middleOf(leg, 2);
    return pathData("Q", middle.x, middle.y, leg.to.x, leg.to.y);
  });
  return pathData("M", first.from.x, first.from.y) + steps.join("");
}

/** The point beside the leg's middle, `swings` times as far aside as the leg swings. */
function middleOf({ from, to, bend }: Leg, swings = 1): Point {
  return {
    x: (from.x + to.x) / 2 - (to.y - from.y) * bend * swings,
    y: (from.y + to.y) / 2 + (to.x - from.x) * bend * swings,
  };
}

/** A triangle in the middle of a leg that is long enough, pointing where the vehicle goes. */
function arrow(leg: Leg): string {
  const { from, to } = leg;
  const length = distanceBetween(from, to);
  if (length < shortestWithArrow) return "";
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const middle = middleOf(leg);
  const corner = (forward: number, aside: number): [number, number] => [
    middle.x + along.x * forward - along.y * aside,
    middle.y + along.y * forward + along.x * aside,
  ];
  return pathData("M", ...corner(7, 0), "L", ...corner(-5, 5), "L", ...corner(-5, -5), "Z");
}
