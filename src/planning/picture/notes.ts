import type { Plan, UnassignedReason } from "../../domain/plan.ts";
import type { Point } from "./geometry.ts";
import { drawWarningSign, isOverOne, totalFill } from "./load-bars.ts";
import { unlocatedStops } from "./located-stops.ts";
import { formatPercent } from "./measures.ts";
import type { Pen } from "./pen.ts";
import { printable, shortened } from "./printable.ts";
import { element } from "./svg.ts";
import type { Words } from "./words.ts";

/** How many items a note names before it counts the rest. */
const mostItems = 8;

/** Items are cut after this many characters, so that they fit on a line. */
const longestItem = 40;

const lineHeight = 19;
const noteGap = 6;
const indent = 22;

/** What the map and the bars cannot show, as sentences: what was left out, what is not on the map, what is too full. */
export function planNotes(plan: Plan, words: Words): string[] {
  return [unassignedNote(plan, words), unlocatedNote(plan, words), overOneNote(plan, words)].filter(
    (note) => note !== "",
  );
}

/** Notes broken into the lines of a width, and how high they are together, pixels. */
export function layNotes(
  { lettering }: Pen,
  notes: string[],
  width: number,
): { lines: string[][]; height: number } {
  const lines = notes.map((note) => lettering.wrap(note, { size: 12.5, maxWidth: width - indent }));
  const height = lines.reduce((sum, note) => sum + note.length * lineHeight + noteGap, 0);
  return { lines, height };
}

/** Each note behind a warning sign, one below the other. */
export function drawNotes(pen: Pen, lines: string[][], { x, y }: Point): string {
  let baseline = y + 14;
  const notes = lines.map((note) => {
    const sign = drawWarningSign(pen, { x: x + 7, y: baseline - 4 });
    const texts = note.map((line, index) =>
      pen.lettering.write(line, {
        x: x + indent,
        y: baseline + index * lineHeight,
        size: 12.5,
        fill: pen.ink.strong,
      }),
    );
    baseline += note.length * lineHeight + noteGap;
    return sign + texts.join("");
  });
  return element("g", { class: "notes" }, ...notes);
}

function unassignedNote({ unassigned }: Plan, words: Words): string {
  if (unassigned.length === 0) return "";
  const byReason = Map.groupBy(unassigned, ({ reason }) => reason);
  const reasons = [...byReason].map(([reason, shipments]) => {
    const shown = listed(
      shipments.map(({ shipmentId }) => String(shipmentId)),
      words,
    );
    return `${reasonOf(reason, words)} (${shown})`;
  });
  return words.unassigned(unassigned.length) + words.colon + reasons.join(words.comma);
}

function unlocatedNote({ routes }: Plan, words: Words): string {
  const stops = routes.flatMap((route) =>
    unlocatedStops(route).map(({ sequence, customerName, shipmentIds }) =>
      [route.licensePlate, words.stop(sequence), customerName ?? shipmentIds.join(" ")].join(" "),
    ),
  );
  return stops.length === 0 ? "" : words.withoutPosition(stops.length) + words.colon + listed(stops, words);
}

/** Only where materials are counted apart can a route be above one vehicle. */
function overOneNote({ routes }: Plan, words: Words): string {
  const over = routes
    .filter(({ loads }) => isOverOne(loads))
    .map(({ licensePlate, loads }) => `${licensePlate} ${formatPercent(totalFill(loads))}`);
  return over.length === 0 ? "" : words.overOneVehicle(over.length) + words.colon + listed(over, words);
}

/** A reason that this version does not know is shown as it is. */
function reasonOf(reason: UnassignedReason, words: Words): string {
  return words.reasons[reason] ?? reason;
}

function listed(items: string[], words: Words): string {
  const shown = items.slice(0, mostItems).map((item) => shortened(printable(item), longestItem));
  const rest = items.length - shown.length;
  return [...shown, ...(rest > 0 ? [words.more(rest)] : [])].join(words.listComma);
}
