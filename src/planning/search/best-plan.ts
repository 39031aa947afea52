import type { Absence } from "./absence.ts";
import { writeOrder } from "./plan-order.ts";
import type { Routes } from "./routes.ts";
import { copyPool, createPool, type StopPool } from "./stop-pool.ts";

/** Scores that differ by less are equal: a sum of fractions depends a little on its order. */
const tolerance = 1e-7;

/**
 * The best plan met: least priority left out, then fewest stops left out, then the objective, then the score.
 * Optional stops count by their penalties alone: in the score, or before any other objective.
 */
export class BestPlan {
  /** Stops that it leaves out and must not, and their priorities. */
  absent = Number.POSITIVE_INFINITY;
  absentPriority = Number.POSITIVE_INFINITY;
  /** Penalties of the stops that it leaves out. */
  penalty = Number.POSITIVE_INFINITY;
  score = Number.POSITIVE_INFINITY;
  /** The measure besides cost: 0, the sum of squared durations, or the latest end. */
  objective = Number.POSITIVE_INFINITY;
  /** Routes, and stops on them. */
  used = 0;
  served = 0;
  readonly #routes: Routes;
  readonly #absence: Absence;
  readonly #next: Int32Array;
  readonly #type: Int32Array;
  readonly #left: StopPool;

  constructor(routes: Routes, absence: Absence) {
    this.#routes = routes;
    this.#absence = absence;
    this.#next = routes.next.slice();
    this.#type = routes.type.slice();
    this.#left = createPool(routes.model.stopCount);
  }

  /** Keeps the current plan if it is better than the best so far, and says whether it was. */
  offer(): boolean {
    const { current } = this.#absence;
    const absentPriority = this.#absence.priorityOf(current);
    const objective = measureObjective(this.#routes);
    const absent = this.#absence.countOf(current);
    const penalty = this.#absence.penaltyOf(current);
    const { isCost } = this.#routes.scoring;
    const score = penalty + (isCost ? this.#routes.total : costOf(this.#routes));
    const difference =
      absentPriority - this.absentPriority ||
      absent - this.absent ||
      (isCost ? 0 : penalty - this.penalty) ||
      objective - this.objective ||
      score + tolerance - this.score;
    if (difference >= 0) return false;
    this.absentPriority = absentPriority;
    this.absent = absent;
    this.penalty = penalty;
    this.objective = objective;
    this.score = score;
    this.used = this.#routes.used;
    this.served = this.#routes.size.reduce((sum, size) => sum + size, 0);
    this.#next.set(this.#routes.next);
    this.#type.set(this.#routes.type);
    copyPool(current, this.#left);
    return true;
  }

  /** Begins anew: the next plan offered is the best. */
  forget(): void {
    this.absent = Number.POSITIVE_INFINITY;
    this.absentPriority = Number.POSITIVE_INFINITY;
    this.penalty = Number.POSITIVE_INFINITY;
    this.score = Number.POSITIVE_INFINITY;
    this.objective = Number.POSITIVE_INFINITY;
  }

  /** Writes its routes as numbers that cross threads. */
  writeOrder(order: Int32Array): void {
    const { opened, model } = this.#routes;
    writeOrder({ next: this.#next, type: this.#type, opened, stopCount: model.stopCount }, order);
  }

  /** Makes the best plan the current one again. */
  restore(): void {
    const routes = this.#routes;
    const { stopCount } = routes.model;
    routes.begin();
    routes.clear();
    for (let route = 0; route < routes.opened; route++) {
      const home = stopCount + route;
      if (this.#next[home] === home) continue;
      routes.setType(route, this.#type[route]!);
      let after = home;
      for (let stop = this.#next[home]!; stop < stopCount; stop = this.#next[stop]!) {
        routes.link(stop, after);
        after = stop;
      }
      routes.refresh(route);
      routes.rescore(route);
    }
    copyPool(this.#left, this.#absence.trial);
    this.#absence.keepTrial();
  }
}

function measureObjective(routes: Routes): number {
  const { model, scoring, size, opened } = routes;
  if (scoring.isCost) return 0;
  const isBalanced = model.problem.objective === "balanced";
  let measure = 0;
  for (let route = 0; route < opened; route++) {
    if (size[route] === 0) continue;
    const span = routes.spanOf(route);
    measure = isBalanced ? measure + span * span : Math.max(measure, span);
  }
  return measure;
}

function costOf(routes: Routes): number {
  const { opened, scoring, size, type, meters, seconds, stay } = routes;
  let cost = 0;
  for (let route = 0; route < opened; route++) {
    if (size[route] === 0) continue;
    cost += scoring.cost(type[route]!, meters[route]!, seconds[route]!, stay[route]!);
    cost += routes.extraOf(route);
  }
  return cost;
}
