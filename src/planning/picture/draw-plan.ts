import type { Plan } from "../../domain/plan.ts";
import type { Typeface } from "../../domain/typeface.ts";
import { describePlan } from "./description.ts";
import { drawHeadline } from "./headline.ts";
import { createLettering } from "./lettering.ts";
import { drawMap } from "./map.ts";
import { drawNotes, layNotes, planNotes } from "./notes.ts";
import { ink, type Pen } from "./pen.ts";
import { element } from "./svg.ts";
import { cardsHeight, drawVehicleCards } from "./vehicle-cards.ts";
import { type PictureLocale, wordsOf } from "./words.ts";

/** What a plan's picture is drawn with: the letters and the language of its labels. */
export type PictureOptions = { typeface: Typeface; locale: PictureLocale };

const width = 1200;
const edge = 24;
const gap = 16;
const headlineHeight = 64;
const cardWidth = 340;

/** Cards that are together higher than this stand below the map, in columns. */
const highestBeside = 800;
const columnsBelow = 3;
const leastMapHeight = 620;

/** More vehicles than this have no card: the picture would be higher than anyone scrolls. */
const mostCards = 36;

/**
 * A plan as a self-contained SVG, 1200 pixels wide: the routes on a map, a card for each vehicle with its loads, and
 * notes on what neither shows. Letters are outlines, so that it looks alike on every machine.
 */
export function drawPlan(plan: Plan, { typeface, locale }: PictureOptions): string {
  const pen: Pen = { lettering: createLettering(typeface), words: wordsOf(locale), ink };
  const content = { x: edge, y: edge - 4, width: width - 2 * edge };
  const body = drawBody(pen, plan, { ...content, y: content.y + headlineHeight });
  const uncarded = plan.routes.length - mostCards;
  const sentences = [
    ...planNotes(plan, pen.words),
    ...(uncarded > 0 ? [pen.words.moreVehicles(uncarded)] : []),
  ];
  const notes = layNotes(pen, sentences, content.width);
  const height = body.bottom + (notes.height > 0 ? gap + notes.height : 0) + edge;
  const parts = [
    element("rect", { width, height, fill: ink.page }),
    drawHeadline(pen, plan, { ...content, height: headlineHeight }),
    body.markup,
    drawNotes(pen, notes.lines, { x: content.x, y: body.bottom + gap }),
  ];
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${Math.ceil(height)}`,
    width,
    height: Math.ceil(height),
    role: "img",
    lang: locale,
    "aria-labelledby": "plan-title plan-description",
  };
  const definitions = element("defs", {}, pen.lettering.definitions());
  return element("svg", root, describePlan(plan, pen.words), definitions, ...parts);
}

/** Map and cards: side by side while the cards are few, else the cards below. */
function drawBody(
  pen: Pen,
  plan: Plan,
  { x, y, width }: { x: number; y: number; width: number },
): { markup: string; bottom: number } {
  const routes = plan.routes.slice(0, mostCards);
  const beside = cardsHeight(routes, 1);
  if (beside <= highestBeside) {
    const mapWidth = width - cardWidth - gap;
    const map = { x, y, width: mapWidth, height: Math.max(beside, leastMapHeight) };
    const cards = { x: x + mapWidth + gap, y, width: cardWidth, columns: 1 };
    const legend = routes.length > 0 ? drawVehicleCards(pen, routes, cards) : drawNoRoutes(pen, cards);
    return { markup: drawMap(pen, plan, map) + legend, bottom: y + map.height };
  }
  const map = { x, y, width, height: leastMapHeight };
  const cards = { x, y: y + map.height + gap, width, columns: columnsBelow };
  return {
    markup: drawMap(pen, plan, map) + drawVehicleCards(pen, routes, cards),
    bottom: cards.y + cardsHeight(routes, columnsBelow),
  };
}

function drawNoRoutes({ lettering, words, ink }: Pen, { x, y }: { x: number; y: number }): string {
  return lettering.write(words.noRoutes, { x, y: y + 20, size: 15, weight: "bold", fill: ink.muted });
}
