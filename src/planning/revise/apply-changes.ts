import { Failure } from "../../domain/failure.ts";
import type { Plan } from "../../domain/plan.ts";
import type { PlanChange } from "../../domain/plan-change.ts";
import type { Draft, RevisionContext } from "./draft.ts";

/**
 * Makes changes in their order, each on what the one before left; nothing is timed yet. Failures `invalid_input`,
 * `not_found` and `infeasible` name the change: fields ["changes[i]…"].
 */
export function applyChanges(_plan: Plan, _changes: readonly PlanChange[], _context: RevisionContext): Draft {
  throw new Failure("internal", "Changes can't be made yet.");
}
