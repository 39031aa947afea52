import type { Acceptance } from "./acceptance.ts";
import type { BestPlan } from "./best-plan.ts";
import type { StopBudget } from "./stop-budget.ts";

/** Iterations without gain to wait for: a number, and more for each stop. */
const least = 2000;
const perStop = 20;
/** The latest end of the wait, as a share of the search. */
const latest = 0.3;

/**
 * Ends the use of absence counters when they no longer bring stops in. Where not all can be served they would
 * exchange those left out for ever, whatever that costs.
 */
export class Patience {
  #absent = Number.POSITIVE_INFINITY;
  #gainedAt = 0;

  /** To be called after each round. */
  step(budget: StopBudget, acceptance: Acceptance, best: BestPlan): void {
    if (!acceptance.isCounting || best.absent === 0) return;
    if (best.absent < this.#absent) {
      this.#absent = best.absent;
      this.#gainedAt = budget.iterations;
    }
    const patience = least + perStop * best.absent;
    if (budget.iterations - this.#gainedAt < patience && budget.fraction < latest) return;
    acceptance.isCounting = false;
    best.restore();
  }
}
