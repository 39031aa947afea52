import type { Plan } from "../../domain/plan.ts";
import { planSummary, planTitle } from "./headline.ts";
import { clockOf, formatDuration, formatKilometers } from "./measures.ts";
import { planNotes } from "./notes.ts";
import { printable } from "./printable.ts";
import { element, escapeXml } from "./svg.ts";
import type { Words } from "./words.ts";

/** The picture in words, for those who hear it or search it: letters that are outlines can do neither. */
export function describePlan(plan: Plan, words: Words): string {
  const routes = plan.routes.map(
    ({ licensePlate, stops, distanceMeters, durationSeconds, loads, ...route }) =>
      [
        licensePlate + words.colon + words.stops(stops.length),
        formatKilometers(distanceMeters, words),
        formatDuration(durationSeconds, words),
        words.finishes(clockOf(route.finishAt, route.departAt)),
        ...loads.map(({ material, quantity, capacity }) => `${material} ${quantity} / ${capacity}`),
      ].join(words.comma),
  );
  const name = `${plan.planId} · ${words.revision(plan.revision)}`;
  const lines = [name, planSummary(plan, words), ...routes, ...planNotes(plan, words)];
  return (
    element("title", { id: "plan-title" }, escapeXml(printable(planTitle(plan, words)))) +
    element("desc", { id: "plan-description" }, lines.map((line) => escapeXml(printable(line))).join("\n"))
  );
}
