import type { Absence } from "./absence.ts";
import type { Random } from "./random.ts";
import type { Routes } from "./routes.ts";

/** Temperatures at the start and at the end of a search, in units of what an average leg costs. */
const cooling = {
  plain: { start: 1, end: 0.01 },
  mixedFleet: { start: 1.5, end: 0.02 },
  windows: { start: 1, end: 0.05 },
} as const;

/** How much of the heat a search begins with that has an earlier plan. */
const warmShare = 0.2;

type AcceptanceParts = { routes: Routes; absence: Absence; random: Random };

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
  /** Whether penalties are part of what is compared as cost. */
  readonly #isCost: boolean;
  readonly #schedule: { start: number; end: number };

  #cooledAt = Number.NaN;
  #temperature = 0;

  /** `isWarm`: the search begins with an earlier plan, which much heat would only undo. */
  constructor({ routes, absence, random }: AcceptanceParts, isWarm: boolean) {
    this.#absence = absence;
    this.#random = random;
    this.#unit = scorePerLeg(routes);
    this.#isCost = routes.scoring.isCost;
    const { hasWindows, types } = routes.model;
    const { start, end } = cooling[hasWindows ? "windows" : types.count > 1 ? "mixedFleet" : "plain"];
    this.#schedule = { start: isWarm ? warmShare * start : start, end };
  }

  /** Draws the score that the next trial must stay below, given the current one and how much of the search is done. */
  drawLimit(score: number, fraction: number): number {
    if (fraction !== this.#cooledAt) this.#cool(fraction);
    return score - this.#temperature * Math.log(1 - this.#random.fraction());
  }

  accepts(score: number, limit: number): boolean {
    const { current, trial } = this.#absence;
    if (current.count > 0 || trial.count > 0) {
      const order = this.#compareAbsence();
      this.#absence.countTrial();
      if (order !== 0) return order < 0;
    }
    return score < limit;
  }

  #cool(fraction: number): void {
    const { start, end } = this.#schedule;
    this.#cooledAt = fraction;
    this.#temperature = this.#unit * start * (end / start) ** fraction;
  }

  #compareAbsence(): number {
    const absence = this.#absence;
    const { current, trial } = absence;
    if (this.isCounting) {
      const more = absence.weightOf(trial) - absence.weightOf(current);
      if (more !== 0 || this.#isCost) return more;
    }
    return (
      absence.priorityOf(trial) - absence.priorityOf(current) ||
      absence.countOf(trial) - absence.countOf(current) ||
      (this.#isCost ? 0 : absence.penaltyOf(trial) - absence.penaltyOf(current))
    );
  }
}

/** What a leg adds on average. Fixed costs stay out of it: however large, they say nothing about detours. */
function scorePerLeg({ model, scoring, total, type, used, size, trips }: Routes): number {
  let fixed = 0;
  if (scoring.isCost) for (const of of type) if (of >= 0) fixed += model.types.fixedCost[of]!;
  const { penalty, customerCount } = model;
  const served = penalty ? size.reduce((sum, stops) => sum + stops, 0) : customerCount;
  return Math.max(0, total - fixed) / Math.max(1, served + used + (trips?.extra ?? 0));
}
