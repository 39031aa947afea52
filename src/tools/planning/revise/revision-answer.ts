import * as z from "zod";
import type { Plan } from "../../../domain/plan.ts";
import { oneLine } from "../../../domain/vendor-text.ts";
import type { PlanDifference } from "../../../planning/compare/difference.ts";
import { planDifference } from "../../../planning/compare/plan-difference.ts";
import { dataTokenBudget, estimateDataTokens } from "../../answer-size.ts";
import type { Answer } from "../../tool.ts";
import { cutList, differenceAnswer, fromDifference } from "../compare/difference-fields.ts";
import { describeDifference } from "../compare/difference-text.ts";
import { fromPlanQuality, fromRoutes, planAnswer } from "../plan/plan-fields.ts";
import { cut } from "../plan/plan-text.ts";

const { quality, routes, routes_omitted, unassigned, unassigned_omitted, warnings, warnings_omitted } =
  planAnswer.shape;

/** A revision as revise_plan answers it: what is different, and the routes that changed. */
export const revisionAnswer = z.object({
  plan_id: z.string(),
  revision: z.number().int(),
  previous_revision: z.number().int(),
  repeated: z.boolean().optional().describe("This very change was made before: nothing was done again"),
  newest_revision: z
    .number()
    .int()
    .optional()
    .describe("Where others changed the plan since a repeated change"),
  difference: differenceAnswer,
  quality,
  routes: routes.describe("Those that changed"),
  routes_omitted,
  unassigned: unassigned.describe("Newly left out or removed"),
  unassigned_omitted,
  warnings: warnings.describe("New ones"),
  warnings_omitted,
});

/** The revision that was made of `before`; `newest` where the same change had made it earlier. */
export type MadeRevision = { before: Plan; made: Plan; newest?: number };

/** What a revision is told as: data within an answer's size, and text that a person reads. */
export function answerRevision({
  before,
  made,
  newest,
}: MadeRevision): Answer<z.input<typeof revisionAnswer>> {
  const difference = planDifference(before, made);
  const told = {
    plan_id: made.planId,
    revision: made.revision,
    previous_revision: before.revision,
    ...(newest !== undefined && { repeated: true }),
    ...(newest !== undefined && newest > made.revision && { newest_revision: newest }),
    difference: fromDifference(difference),
    quality: fromPlanQuality(made),
    ...fromLists(before, made),
  };
  const changed = new Set(difference.vehicles.map(({ licensePlate }) => licensePlate));
  const touched = made.routes.filter(({ licensePlate }) => changed.has(licensePlate));
  const budget = dataTokenBudget - estimateDataTokens(told);
  return {
    data: { ...told, ...fromRoutes(touched, budget) },
    text: describeRevision({ before, made, ...(newest !== undefined && { newest }) }, difference),
  };
}

function newWarnings(before: Plan, made: Plan): string[] {
  return made.warnings.filter((warning) => !before.warnings.includes(warning));
}

function fromLists(before: Plan, made: Plan) {
  const reasons = new Map(before.unassigned.map(({ shipmentId, reason }) => [String(shipmentId), reason]));
  const left = made.unassigned
    .filter(({ shipmentId, reason }) => reasons.get(String(shipmentId)) !== reason)
    .map(({ shipmentId, reason, message }) => ({ shipment_id: shipmentId, reason, message }));
  const leftOut = cutList(left, 700);
  const notes = cutList(newWarnings(before, made), 500);
  return {
    unassigned: leftOut.shown,
    ...(leftOut.omitted > 0 && { unassigned_omitted: leftOut.omitted }),
    warnings: notes.shown,
    ...(notes.omitted > 0 && { warnings_omitted: notes.omitted }),
  };
}

function describeRevision({ before, made, newest }: MadeRevision, difference: PlanDifference): string {
  const { shipmentsAssigned } = made.quality;
  const name = `Plan ${made.planId} revision ${made.revision}`;
  const head =
    newest === undefined
      ? `${name}, made from ${before.revision}: ${shipmentsAssigned} of ${shipmentsAssigned + made.unassigned.length} shipments on routes.`
      : `This very change was made before: it is ${name}, and nothing was done again.`;
  const later =
    newest !== undefined && newest > made.revision
      ? [`The plan is at revision ${newest} by now: change that one.`]
      : [];
  const notes = newWarnings(before, made).map((warning) => `Note: ${warning}`);
  const lines = [
    head,
    ...later,
    ...describeDifference(difference, made.options.startAt),
    ...cut(notes, 5, "more notes"),
  ];
  return lines.map(oneLine).join("\n");
}
