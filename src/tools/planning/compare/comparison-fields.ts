import * as z from "zod";
import type { Plan } from "../../../domain/plan.ts";
import { snakeCase } from "../../../domain/snake-case.ts";
import { moveKinds, type PlanFigures } from "../../../planning/compare/difference.ts";
import { planDifference } from "../../../planning/compare/plan-difference.ts";
import { sideBySide } from "../../../planning/compare/side-by-side.ts";
import { anyIdentifier } from "../../fields.ts";
import { cutList, fromMove, moveAnswer, roundFill } from "./difference-fields.ts";

const comparedPlan = z.object({
  plan_id: z.string(),
  revision: z.number().int(),
  created_at: z.string(),
  area: z.string().optional(),
  objective: z.string(),
  vehicles_used: z.number().int(),
  shipments_assigned: z.number().int(),
  shipments_unassigned: z.number().int(),
  distance_meters: z.number().int(),
  duration_seconds: z.number().int(),
  finish_at: z.string().nullable().describe("When the last vehicle is done"),
  waiting_seconds: z.number().int(),
  late_seconds: z.number().int(),
  cost_yuan: z.string().optional(),
  loads: z
    .array(z.object({ material: z.string(), quantity: z.string(), capacity: z.number(), fill: z.number() }))
    .describe("Of the vehicles that leave"),
  unassigned: z.array(z.object({ shipment_id: anyIdentifier, reason: z.string() })),
  unassigned_omitted: z.number().int().optional(),
  shipments_not_in_all: z.number().int().optional().describe("Of this plan's shipments"),
});

/** Plans side by side as compare_plans answers them. */
export const comparisonAnswer = z.object({
  plans: z.array(comparedPlan),
  same_shipments: z.boolean().describe("False: the plans are not over the same shipments, so best is empty"),
  different_settings: z.array(z.string()).describe("What the plans were made under and differ in"),
  best: z
    .array(z.object({ figure: z.string(), plans: z.array(z.number().int()) }))
    .describe("Figures that differ and the plans, by place from 1, that are best in each"),
  differences: z.array(
    z.object({
      from_plan: z.number().int().describe("Place in plans, from 1"),
      to_plan: z.number().int(),
      counts: z.partialRecord(z.enum(moveKinds), z.number().int()),
      moves: z.array(moveAnswer),
      moves_omitted: z.number().int().optional(),
    }),
  ),
});

type ComparisonAnswer = z.input<typeof comparisonAnswer>;

/** Of an answer, for the lists of all plans together. */
const unassignedTokens = 1_200;
const loadTokens = 1_500;
const moveTokens = 3_600;

/** The comparison in the tools' spelling, cut to what an answer may hold. */
export function fromComparison(plans: readonly Plan[]): ComparisonAnswer {
  const { figures, ownShipments, differentSettings, best } = sideBySide(plans);
  const [first, ...others] = plans;
  const isSame = ownShipments.every((count) => count === 0);
  return {
    plans: plans.map((plan, index) => ({
      ...fromPlanFigures(plan, { figures: figures[index]!, part: 1 / plans.length }),
      ...(!isSame && { shipments_not_in_all: ownShipments[index]! }),
    })),
    same_shipments: isSame,
    different_settings: differentSettings.map(snakeCase),
    best: best.map(({ figure, plans: indices }) => ({
      figure: snakeCase(figure),
      plans: indices.map((index) => index + 1),
    })),
    differences: others.map((other, index) => ({
      from_plan: 1,
      to_plan: index + 2,
      ...fromMoves(first!, other, moveTokens / others.length),
    })),
  };
}

function fromPlanFigures(plan: Plan, { figures, part }: { figures: PlanFigures; part: number }) {
  const leftOut = plan.unassigned.map(({ shipmentId, reason }) => ({ shipment_id: shipmentId, reason }));
  const unassigned = cutList(leftOut, unassignedTokens * part);
  const loads = figures.loads.map((load) => ({ ...load, fill: roundFill(load.fill) }));
  return {
    plan_id: plan.planId,
    revision: plan.revision,
    created_at: plan.createdAt,
    ...(plan.area !== null && { area: plan.area }),
    objective: plan.options.objective,
    vehicles_used: figures.vehiclesUsed,
    shipments_assigned: figures.shipmentsAssigned,
    shipments_unassigned: figures.shipmentsUnassigned,
    distance_meters: figures.distanceMeters,
    duration_seconds: figures.durationSeconds,
    finish_at: figures.finishAt,
    waiting_seconds: figures.waitingSeconds,
    late_seconds: figures.lateSeconds,
    ...(figures.costYuan !== null && { cost_yuan: figures.costYuan }),
    loads: cutList(loads, loadTokens * part).shown,
    unassigned: unassigned.shown,
    ...(unassigned.omitted > 0 && { unassigned_omitted: unassigned.omitted }),
  };
}

function fromMoves(before: Plan, after: Plan, budgetTokens: number) {
  const { moves } = planDifference(before, after);
  const counts = moveKinds
    .map((kind) => [kind, moves.filter((move) => move.kind === kind).length] as const)
    .filter(([, count]) => count > 0);
  const { shown, omitted } = cutList(moves.map(fromMove), budgetTokens);
  return { counts: Object.fromEntries(counts), moves: shown, ...(omitted > 0 && { moves_omitted: omitted }) };
}
