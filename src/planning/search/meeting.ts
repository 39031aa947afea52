import { type ChainReport, compareBest, told } from "./chain-report.ts";
import { asOnePart, divide, isDivisible, type PlanPart } from "./divide.ts";
import type { Model } from "./model.ts";
import { joinOrders, orderLength } from "./plan-order.ts";

/** What a chain goes on with: a part of the common plan, or a whole one better than its own. */
export type Assignment = { part: PlanPart; common?: CommonPlan };

/** What there is to say of the plan that a part is of, and what the best whole plan costs. */
export type CommonPlan = { cost: number; routes: number; served: number; leastCost: number };

/**
 * Decides at each mark what the chains go on with, from their reports alone, so that all threads decide alike.
 *
 * Where there are many stops, all served, and only cost counts, the chains have one current plan: each works on a part
 * of it, and at the next mark their parts are put together and cut anew along other lines. Annealing looks at what a
 * change adds and no more, so that chains which change different routes at one temperature come as far as one chain
 * with as many iterations as they have together. Elsewhere each has a plan of its own, and goes on with the best
 * current one of all ("go with the winners"): so too where windows bind, since routes that wait for them cross each
 * other, and half of those that pass by a stop would be out of its reach.
 */
export class Meeting {
  /** The best whole plan so far, and its measures. */
  readonly best: Int32Array;
  readonly figures = new Float64Array(told.count).fill(Number.POSITIVE_INFINITY);
  readonly #model: Model;
  readonly #chains: number;
  readonly #current: Int32Array;
  readonly #candidate: Int32Array;
  readonly #mayDivide: boolean;
  #isDivided = false;

  constructor(model: Model, chains: number) {
    this.#model = model;
    this.#chains = chains;
    this.best = new Int32Array(orderLength(model));
    this.#current = new Int32Array(orderLength(model));
    this.#candidate = new Int32Array(orderLength(model));
    const { problem, penalty, reloads, hasWindows } = model;
    this.#mayDivide = problem.objective === "cost" && !penalty && !reloads && !hasWindows;
  }

  /** Takes notice of the best plan that the chains have together. */
  note(reports: readonly ChainReport[]): void {
    if (!this.#isDivided) {
      for (const { figures, best } of reports) this.#offer(figures, best);
      return;
    }
    const figures = new Float64Array(told.count);
    for (const report of reports) {
      for (let place = told.absentPriority; place <= told.score; place++)
        figures[place]! += report.figures[place]!;
    }
    joinOrders(
      reports.map(({ best }) => best),
      this.#candidate,
    );
    this.#offer(figures, this.#candidate);
  }

  /** What each chain goes on with; undefined where it stays with its own. */
  assign(reports: readonly ChainReport[], turn: number): (Assignment | undefined)[] {
    const leader = leaderOf(reports);
    if (this.#isDivided)
      joinOrders(
        reports.map(({ current }) => current),
        this.#current,
      );
    else this.#current.set(reports[leader]!.current);
    const wasDivided = this.#isDivided;
    this.#isDivided ||= this.#canDivide(reports);
    if (this.#isDivided) {
      const parts = divide(this.#model, this.#current, { parts: this.#chains, turn });
      const common = this.#describe(parts, wasDivided ? reports : [reports[leader]!]);
      return parts.map((part) => ({ part, common }));
    }
    const isComparable = this.#model.problem.objective === "cost" && reports.every(isReady);
    return reports.map((_, chain) =>
      !isComparable || chain === leader ? undefined : { part: asOnePart(this.#model, this.#current) },
    );
  }

  #describe(parts: readonly PlanPart[], reports: readonly ChainReport[]): CommonPlan {
    const routes = parts.flatMap((part) => part.routes);
    return {
      cost: reports.reduce((sum, { figures }) => sum + figures[told.currentScore]!, 0),
      routes: routes.length,
      served: routes.reduce((sum, { stops }) => sum + stops.length, 0),
      leastCost: this.figures[told.score]!,
    };
  }

  #canDivide(reports: readonly ChainReport[]): boolean {
    const isServed = reports.every(({ figures }) => figures[told.currentAbsent] === 0);
    return this.#mayDivide && isServed && reports.every(isReady) && isDivisible(this.#current, this.#chains);
  }

  #offer(figures: Float64Array, order: Int32Array): void {
    if (compareBest(figures, this.figures) >= 0) return;
    this.figures.set(figures);
    this.best.set(order.subarray(0, 1 + order[0]!));
  }
}

function isReady({ figures }: ChainReport): boolean {
  return figures[told.isReady] === 1;
}

/** The chain with the best current plan, the first among equals. */
function leaderOf(reports: readonly ChainReport[]): number {
  let leader = 0;
  for (const [chain, { figures }] of reports.entries()) {
    const least = reports[leader]!.figures;
    const difference =
      figures[told.currentAbsent]! - least[told.currentAbsent]! ||
      figures[told.currentScore]! - least[told.currentScore]!;
    if (difference < 0) leader = chain;
  }
  return leader;
}
