import type { PlanLoad } from "../../domain/plan.ts";
import type { Point } from "./geometry.ts";
import { formatPercent } from "./measures.ts";
import type { Pen } from "./pen.ts";
import { element, pathData } from "./svg.ts";

/** The height of one bar with its room, pixels. */
export const barPitch = 19;

/** Loads above this are too much; the rest is rounding. */
const full = 1 + 1e-9;

const barHeight = 9;
const labelWidth = 88;
const numberWidth = 92;

/** Where bars stand: the upper left corner, the width of the whole, the vehicle's colour. */
export type BarPlace = Point & { width: number; color: string };

/** All materials of a vehicle together on its fullest trip, as a share of it: 1 is full when they share its room. */
export function totalFill(loads: PlanLoad[]): number {
  const trips = Map.groupBy(loads, ({ trip }) => trip);
  const fills = [...trips.values()].map((own) => own.reduce((sum, load) => sum + shareOf(load), 0));
  return Math.max(0, ...fills);
}

/** Whether the materials, each within its own capacity, together are more than one vehicle. */
export function isOverOne(loads: PlanLoad[]): boolean {
  return totalFill(loads) > full;
}

/** How many bars `drawLoadBars` draws for these loads. */
export function barCount(loads: PlanLoad[]): number {
  return loads.length > 1 ? loads.length + 1 : loads.length;
}

/** A bar for each material, on each trip where there are several, and, with several bars, one for their sum, marked where it is above one. */
export function drawLoadBars(pen: Pen, loads: PlanLoad[], place: BarPlace): string {
  const bars = loads.map((load) => ({
    label: load.trip === undefined ? load.material : `${load.trip}. ${load.material}`,
    share: shareOf(load),
    numbers: `${load.quantity} / ${load.capacity}`,
  }));
  const total = totalFill(loads);
  const sum =
    loads.length > 1 ? [{ label: pen.words.total, share: total, numbers: formatPercent(total) }] : [];
  return element(
    "g",
    { class: "loads" },
    ...[...bars, ...sum].map((bar, index) => drawBar(pen, bar, { ...place, y: place.y + index * barPitch })),
  );
}

/** A full bar is a full vehicle; above that the bar shrinks so that a tick can stand where it is full. */
function drawBar(
  pen: Pen,
  { label, share, numbers }: { label: string; share: number; numbers: string },
  { x, y, width, color }: BarPlace,
): string {
  const { lettering, ink } = pen;
  const isOver = share > full;
  const start = x + labelWidth;
  const length = width - labelWidth - numberWidth;
  const scale = length / Math.max(share, 1);
  const middle = y + barPitch / 2;
  const bar = { y: middle - barHeight / 2, height: barHeight, rx: 2 };
  const text = { size: 11.5, y: middle + 4, fill: isOver ? ink.warning : ink.strong };
  return [
    lettering.write(label, { ...text, x, maxWidth: labelWidth - 8 }),
    element("rect", { x: start, width: length, ...bar, fill: ink.track }),
    share > 0
      ? element("rect", { x: start, width: share * scale, ...bar, fill: isOver ? ink.warning : color })
      : "",
    isOver ? drawOverflow(pen, { x: start + scale, y: middle }) : "",
    lettering.write(numbers, { ...text, x: x + width, anchor: "end", maxWidth: numberWidth - 8 }),
    isOver ? drawWarningSign(pen, { x: x + width - lettering.width(numbers, text) - 12, y: middle }) : "",
  ].join("");
}

/** A tick where the vehicle is full. */
function drawOverflow({ ink }: Pen, { x, y }: Point): string {
  return element("path", { d: pathData("M", x, y - 7, "V", y + 7), stroke: ink.strong, "stroke-width": 1.5 });
}

/** A small triangle with an exclamation mark, its middle at the point. */
export function drawWarningSign({ ink }: Pen, { x, y }: Point): string {
  return (
    element("path", {
      d: pathData("M", x, y - 6, "L", x + 6.5, y + 5, "H", x - 6.5, "Z"),
      fill: ink.warning,
      stroke: ink.warning,
      "stroke-width": 1.5,
      "stroke-linejoin": "round",
    }) +
    element("path", {
      d: pathData("M", x, y - 3, "V", y + 1.2, "M", x, y + 2.8, "V", y + 4.2),
      stroke: ink.page,
      "stroke-width": 1.5,
    })
  );
}

/** Plans come from a store; a share that is no number draws an empty bar. */
function shareOf({ fill }: PlanLoad): number {
  return Number.isFinite(fill) ? Math.max(fill, 0) : 0;
}
