import { capacityDuals } from "./capacity-duals.ts";
import { dearestFleet } from "./dearest-fleet.ts";
import { Knapsack, type Pattern } from "./knapsack.ts";
import type { LinearProgram, LinearSolution, OpenLinearProgram, SparseColumns } from "./linear-program.ts";
import type { PackingModel } from "./packing-model.ts";
import { keyOfPattern, limitRows, masterRows, toColumns } from "./patterns.ts";
import { type PricedBound, type Prices, safeBound, toPrices } from "./safe-bound.ts";

/** What columns are generated with. */
export type GenerationTask = {
  model: PackingModel;
  openLinearProgram: OpenLinearProgram;
  /** Loads to begin with. */
  patterns: readonly Pattern[];
  shouldStop: () => boolean;
  /** Until `limitTime` says otherwise. */
  millisecondsLeft: () => number;
};

/** Nodes of a knapsack's search: few while it is easy to find columns, many to prove that there is none. */
export const nodeSteps = [200, 10_000, 1_000_000, 30_000_000];
/** Loads of one type that are added at a time. */
const batch = 12;
/** How much the prices lean to those of the best bound at first (Wentges 1997), and by how much less at each try. */
const leaning = { start: 0.6, step: 0.4 };

/**
 * The master program over the loads that are known, and the pricing that finds more: the knapsack of each vehicle type
 * at the master's duals (Gilmore and Gomory 1961). Every pricing also gives a valid bound, the best of which is kept.
 */
export class ColumnGeneration {
  readonly model: PackingModel;
  /** Those of the master's columns, in their order, that are loads. */
  readonly patterns: Pattern[] = [];
  best: PricedBound;
  readonly #task: GenerationTask;
  readonly #master: LinearProgram;
  readonly #knapsacks: Knapsack[];
  readonly #known = new Set<string>();
  readonly #limitRow: (number | undefined)[];
  /** The duals that gave the best bound. */
  #center: Float64Array;
  #end: () => number;

  constructor(task: GenerationTask) {
    const { model, openLinearProgram } = task;
    this.model = model;
    this.#task = task;
    this.#end = task.millisecondsLeft;
    this.#limitRow = limitRows(model);
    this.#knapsacks = Array.from({ length: model.typeCount }, (_, type) => new Knapsack(model, type));
    const prices = { value: new Float64Array(model.classes.length), one: 1 };
    this.best = { bound: 0, prices, limit: new Float64Array(model.typeCount) };
    this.#master = openLinearProgram(masterRows(model));
    this.#master.addColumns(leaveOut(model));
    this.#add(task.patterns);
    this.#center = capacityDuals(model, openLinearProgram);
    this.price(this.#center, { duals: this.#center, nodes: nodeSteps[0]! });
  }

  close(): void {
    this.#master.close();
  }

  /** From now on, work ends when this many milliseconds are left, or none. */
  limitTime(millisecondsLeft: () => number): void {
    this.#end = millisecondsLeft;
  }

  readonly isOver = (): boolean => this.#end() <= 0 || this.#task.shouldStop();

  /** The master's optimum, with the share of each pattern as its values; undefined when time ran out. */
  solve(): LinearSolution | undefined {
    const { shouldStop } = this.#task;
    const solution = this.#master.solve({ milliseconds: this.#end(), shouldStop });
    return solution && { ...solution, values: solution.values.subarray(this.model.classes.length) };
  }

  /** Takes the pattern at least so often from now on. */
  require(pattern: number, atLeast: number): void {
    this.#master.require(this.model.classes.length + pattern, atLeast);
  }

  /** Prices by the duals, at first smoothed; false when no load was found that is worth a column. */
  improve(duals: Float64Array, nodes: number): boolean {
    for (let share = leaning.start; share > 0; share -= leaning.step) {
      const at = duals.map((dual, row) => share * this.#center[row]! + (1 - share) * dual);
      if (this.price(at, { duals, nodes })) return true;
    }
    return this.price(duals, { duals, nodes });
  }

  /** Prices at some duals; loads that are worth a column at the master's own are added. False when there is none. */
  price(at: Float64Array, { duals, nodes }: { duals: Float64Array; nodes: number }): boolean {
    const { model, isOver } = this;
    const prices = toPrices(model, at);
    const limit = new Float64Array(model.typeCount);
    const found: Pattern[] = [];
    for (const [type, knapsack] of this.#knapsacks.entries()) {
      // The bound needs the limit of every type: without time for the rest there is none.
      if (isOver()) return false;
      const row = this.#limitRow[type];
      const premium = row === undefined ? 0 : Math.max(0, at[row]!);
      const above = Math.floor((model.cost[type]! + premium) * prices.one);
      const answer = knapsack.solve(prices.value, { above, nodes, isOver });
      limit[type] = answer.limit;
      if (answer.best)
        found.push(answer.best, ...complement(knapsack, { prices, above, best: answer.best, isOver }));
    }
    const bound = safeBound(model, prices, limit);
    if (bound.bound > this.best.bound) {
      this.best = bound;
      this.#center = at;
    }
    return this.#add(found.filter((pattern) => this.#isWorth(pattern, duals)));
  }

  #isWorth({ type, classes, counts }: Pattern, duals: Float64Array): boolean {
    const row = this.#limitRow[type];
    let worth = row === undefined ? 0 : -duals[row]!;
    for (const [at, index] of classes.entries()) worth += counts[at]! * duals[index]!;
    const cost = this.model.cost[type]!;
    return worth > cost + 1e-7 * (1 + cost);
  }

  #add(patterns: readonly Pattern[]): boolean {
    const fresh = patterns.filter((pattern) => {
      const key = keyOfPattern(pattern);
      return !this.#known.has(key) && this.#known.add(key);
    });
    if (fresh.length === 0) return false;
    this.#master.addColumns(toColumns(this.model, fresh));
    this.patterns.push(...fresh);
    return true;
  }
}

/** Loads of what the ones before leave: together they are nearly a packing, which the master likes. */
function complement(
  knapsack: Knapsack,
  { prices, above, best, isOver }: { prices: Prices; above: number; best: Pattern; isOver: () => boolean },
): Pattern[] {
  const value = prices.value.slice();
  const found: Pattern[] = [];
  let last: Pattern | undefined = best;
  while (last && found.length < batch && !isOver()) {
    for (const index of last.classes) value[index] = 0;
    last = knapsack.solve(value, { above, nodes: nodeSteps[0]! }).best;
    if (last) found.push(last);
  }
  return found;
}

/** Columns that leave items out, dearer than any fleet, so that the master always has a solution. */
function leaveOut(model: PackingModel): SparseColumns {
  const all = Array.from(model.classes, (_, index) => index);
  const price = 100 * dearestFleet(model) + 1;
  return { cost: all.map(() => price), starts: [...all, all.length], rows: all, values: all.map(() => 1) };
}
