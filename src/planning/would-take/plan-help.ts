import type { PlanHelp } from "../../domain/would-take.ts";
import type { Asking, Wish } from "./remedies.ts";

export function findPlanHelp(_asking: Asking, _wishes: readonly Wish[]): PlanHelp[] {
  return [];
}
