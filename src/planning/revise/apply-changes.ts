import type { Plan } from "../../domain/plan.ts";
import type { PlanChange } from "../../domain/plan-change.ts";
import { add } from "./changes/add.ts";
import { lock } from "./changes/lock.ts";
import { move } from "./changes/move.ts";
import { remove } from "./changes/remove.ts";
import { reorder } from "./changes/reorder.ts";
import { setPriority, setWindow } from "./changes/set-terms.ts";
import { setVehicle } from "./changes/set-vehicle.ts";
import { split } from "./changes/split.ts";
import { swap } from "./changes/swap.ts";
import { unlock } from "./changes/unlock.ts";
import type { Draft, RevisionContext } from "./draft.ts";
import { splitsOf } from "./draft-splits.ts";
import { openDraft } from "./open-draft.ts";
import type { At } from "./refuse.ts";

/**
 * Makes changes in their order, each on what the one before left; nothing is timed yet. Failures `invalid_input`,
 * `not_found` and `infeasible` name the change: fields ["changes[i]…"].
 */
export function applyChanges(plan: Plan, changes: readonly PlanChange[], context: RevisionContext): Draft {
  const draft = openDraft(plan, context);
  for (const [index, change] of changes.entries()) make(draft, change, { index });
  const splits = splitsOf(draft);
  const { splits: _, ...options } = draft.options;
  draft.options = splits.length > 0 ? { ...options, splits } : options;
  return draft;
}

function make(draft: Draft, change: PlanChange, at: At): void {
  switch (change.op) {
    case "move":
      move(draft, change, at);
      break;
    case "swap":
      swap(draft, change, at);
      break;
    case "remove":
      remove(draft, change, at);
      break;
    case "add":
      add(draft, change, at);
      break;
    case "lock":
      lock(draft, change, at);
      break;
    case "unlock":
      unlock(draft, change, at);
      break;
    case "reorder":
      reorder(draft, change, at);
      break;
    case "split":
      split(draft, change, at);
      break;
    case "set_vehicle":
      setVehicle(draft, change, at);
      break;
    case "set_window":
      setWindow(draft, change, at);
      break;
    case "set_priority":
      setPriority(draft, change, at);
      break;
  }
}
