import type { PlanRoute } from "../../domain/plan.ts";
import type { Frame, Point } from "./geometry.ts";
import { barCount, barPitch, drawLoadBars } from "./load-bars.ts";
import { clockOf, formatDuration, formatKilometers } from "./measures.ts";
import { type RouteLook, routeLook } from "./palette.ts";
import type { Pen } from "./pen.ts";
import { drawMarker } from "./stop-markers.ts";
import { element } from "./svg.ts";

const padding = 14;
const headHeight = 42;
const gap = 12;

/** Where cards stand: the upper left corner, the width of the whole, side by side in `columns`. */
export type CardPlace = Point & { width: number; columns: number };

/** How high the cards of these routes are together, pixels. */
export function cardsHeight(routes: PlanRoute[], columns: number): number {
  const rows = cardRows(routes, columns);
  return rows.reduce((sum, row) => sum + row.height, Math.max(rows.length - 1, 0) * gap);
}

/** The legend: a card for each vehicle with its colour, plate, stops, way, time and loads. */
export function drawVehicleCards(pen: Pen, routes: PlanRoute[], { x, y, width, columns }: CardPlace): string {
  const cardWidth = (width - (columns - 1) * gap) / columns;
  let top = y;
  const cards = cardRows(routes, columns).flatMap((row, rowIndex) => {
    const drawn = row.routes.map((route, column) => {
      const frame = { x: x + column * (cardWidth + gap), y: top, width: cardWidth, height: row.height };
      return drawCard(pen, route, { look: routeLook(rowIndex * columns + column), frame });
    });
    top += row.height + gap;
    return drawn;
  });
  return element("g", { class: "vehicles" }, ...cards);
}

/** Routes by rows of cards; a row is as high as its highest card. */
function cardRows(routes: PlanRoute[], columns: number): { routes: PlanRoute[]; height: number }[] {
  return Array.from({ length: Math.ceil(routes.length / columns) }, (_, index) => {
    const row = routes.slice(index * columns, (index + 1) * columns);
    const mostBars = row.reduce((most, { loads }) => Math.max(most, barCount(loads)), 0);
    return { routes: row, height: padding + headHeight + mostBars * barPitch + padding - 4 };
  });
}

function drawCard(pen: Pen, route: PlanRoute, { look, frame }: { look: RouteLook; frame: Frame }): string {
  const { lettering, words, ink } = pen;
  const left = frame.x + padding;
  const right = frame.x + frame.width - padding;
  const width = right - left;
  const finish = words.finishes(clockOf(route.finishAt, route.departAt));
  const finishStyle = { size: 12.5, fill: ink.strong } as const;
  const plateWidth = width - 32 - lettering.width(finish, finishStyle);
  const way = [
    words.stops(route.stops.length),
    formatKilometers(route.distanceMeters, words),
    formatDuration(route.durationSeconds, words),
  ].join(" · ");
  const plate = { x: left + 24, y: frame.y + 27, size: 15, weight: "bold", maxWidth: plateWidth } as const;
  return element(
    "g",
    { class: "vehicle" },
    element("rect", { ...frame, rx: 8, fill: ink.page, stroke: ink.line }),
    element("g", { fill: look.color }, drawMarker(look, { x: left + 8, y: frame.y + 22, radius: 8 })),
    lettering.write(route.licensePlate, { ...plate, fill: ink.strong }),
    lettering.write(finish, { ...finishStyle, x: right, y: frame.y + 27, anchor: "end" }),
    lettering.write(way, { x: left, y: frame.y + 47, size: 12, fill: ink.muted, maxWidth: width }),
    drawLoadBars(pen, route.loads, {
      x: left,
      y: frame.y + padding + headHeight - 1,
      width,
      color: look.color,
    }),
  );
}
