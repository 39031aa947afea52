import type { Absence } from "./absence.ts";
import type { Random } from "./random.ts";
import type { Routes } from "./routes.ts";

/** Temperatures at the start and at the end of a search, in units of what an average leg costs. */
const cooling = {
  plain: { start: 1, end: 0.01 },
  mixedFleet: { start: 1.5, end: 0.02 },
  windows: { start: 1, end: 0.01 },
} as const;

/** Decides whether a plan on trial becomes the current one: by who is left out, then by simulated annealing. */
export class Acceptance {
  /**
   * While true, those left out are compared by their absence counters, which finds plans that serve all; else by
   * priority and number, which settles on the best choice where not all can be served.
   */
  isCounting = true;
  readonly #absence: Absence;
  readonly #random: Random;
  readonly #unit: number;
  readonly #schedule: { start: number; end: number };

  #cooledAt = Number.NaN;
  #temperature = 0;

  constructor(routes: Routes, absence: Absence, random: Random) {
    this.#absence = absence;
    this.#random = random;
    this.#unit = scorePerLeg(routes);
    const { hasWindows, types } = routes.model;
    this.#schedule = cooling[hasWindows ? "windows" : types.count > 1 ? "mixedFleet" : "plain"];
  }

  /** `more`: by how much the trial's score is above the current one. `fraction`: how much of the search is done. */
  accepts(more: number, fraction: number): boolean {
    const { current, trial } = this.#absence;
    if (current.count > 0 || trial.count > 0) {
      const order = this.#compareAbsence();
      this.#absence.countTrial();
      if (order !== 0) return order < 0;
    }
    if (more < 0) return true;
    if (fraction !== this.#cooledAt) this.#cool(fraction);
    return more < -this.#temperature * Math.log(1 - this.#random.fraction());
  }

  #cool(fraction: number): void {
    const { start, end } = this.#schedule;
    this.#cooledAt = fraction;
    this.#temperature = this.#unit * start * (end / start) ** fraction;
  }

  #compareAbsence(): number {
    const absence = this.#absence;
    const { current, trial } = absence;
    if (this.isCounting) return absence.weightOf(trial) - absence.weightOf(current);
    return absence.priorityOf(trial) - absence.priorityOf(current) || trial.count - current.count;
  }
}

/** What a leg adds on average. Fixed costs stay out of it: however large, they say nothing about detours. */
function scorePerLeg({ model, scoring, total, type, used }: Routes): number {
  let fixed = 0;
  if (scoring.isCost) for (const of of type) if (of >= 0) fixed += model.types.fixedCost[of]!;
  return Math.max(0, total - fixed) / Math.max(1, model.stopCount + used);
}
