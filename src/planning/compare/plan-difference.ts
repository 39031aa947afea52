import type { Plan } from "../../domain/plan.ts";
import { agreementChanges } from "./agreement-changes.ts";
import type { PlanDifference } from "./difference.ts";
import { figuresOf } from "./plan-figures.ts";
import { shipmentMoves } from "./shipment-moves.ts";
import { vehicleDifferences } from "./vehicle-differences.ts";
import { lostSlack } from "./window-slack.ts";

/** What is different in the second of two plans or revisions, for a person who knows the first. */
export function planDifference(before: Plan, after: Plan): PlanDifference {
  return {
    figures: { before: figuresOf(before), after: figuresOf(after) },
    moves: shipmentMoves(before, after),
    vehicles: vehicleDifferences(before, after),
    windows: lostSlack(before, after),
    agreements: agreementChanges(before, after),
  };
}
