import type { Plan } from "../../domain/plan.ts";
import type { Frame } from "./geometry.ts";
import { clockOf, dateOf, formatKilometers } from "./measures.ts";
import type { Pen } from "./pen.ts";
import { element } from "./svg.ts";
import type { Words } from "./words.ts";

/** What a plan is: its area and day. */
export function planTitle({ area, options }: Plan, words: Words): string {
  return `${words.title(area)} · ${dateOf(options.startAt)}`;
}

/** A plan in numbers, on one line. */
export function planSummary({ routes, unassigned, vehicles, options, quality }: Plan, words: Words): string {
  const unused = Math.max(vehicles.length - routes.length, 0);
  return [
    words.vehicles(routes.length) + (unused > 0 ? ` (${words.unusedVehicles(unused)})` : ""),
    words.stops(routes.reduce((sum, { stops }) => sum + stops.length, 0)),
    formatKilometers(
      routes.reduce((sum, { distanceMeters }) => sum + distanceMeters, 0),
      words,
    ),
    words.shipmentsAssigned(quality.shipmentsAssigned),
    ...(unassigned.length > 0 ? [words.unassigned(unassigned.length)] : []),
    words.departs(clockOf(options.startAt)),
  ].join(" · ");
}

/** Title and summary on the left, the plan's name and revision on the right. */
export function drawHeadline({ lettering, words, ink }: Pen, plan: Plan, frame: Frame): string {
  const revision = words.revision(plan.revision);
  const right = { x: frame.x + frame.width, anchor: "end", fill: ink.muted } as const;
  const name = { size: 12, maxWidth: frame.width * 0.3 };
  const nameWidth = Math.min(
    Math.max(lettering.width(plan.planId, name), lettering.width(revision, name)),
    name.maxWidth,
  );
  const maxWidth = frame.width - nameWidth - 24;
  return element(
    "g",
    { class: "headline" },
    lettering.write(planTitle(plan, words), {
      x: frame.x,
      y: frame.y + 24,
      size: 22,
      weight: "bold",
      fill: ink.strong,
      maxWidth,
    }),
    lettering.write(planSummary(plan, words), {
      x: frame.x,
      y: frame.y + 48,
      size: 13,
      fill: ink.muted,
      maxWidth,
    }),
    lettering.write(plan.planId, { ...right, ...name, y: frame.y + 24 }),
    lettering.write(revision, { ...right, ...name, y: frame.y + 48 }),
  );
}
