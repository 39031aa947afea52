import { type SolveOptions, solveInWorker } from "../src/solver/solve.ts";
import { checkAnswer } from "./checker/check-answer.ts";
import type { CatalogueEntry } from "./instances/catalogue.ts";
import { readInstance } from "./instances/read-instance.ts";
import { toAnswer, toProblem } from "./to-problem.ts";

/** What one instance came to. `cost` is the checker's; seconds are those of the search. */
export type Measurement = {
  instance: string;
  stops: number;
  routes: number;
  cost: number;
  bestKnown: number;
  bestKnownSource: CatalogueEntry["source"];
  gapPercent: number;
  seconds: number;
  iterationsPerSecond: number;
  feasible: boolean;
  faults: string[];
};

/** How each instance is searched. */
export type SearchBudget = Pick<SolveOptions, "seed" | "threads" | "timeLimitSeconds" | "iterations">;

/** Reads an instance from its file, solves it as `waybill solve` would, and has the answer checked. */
export async function solveInstance(entry: CatalogueEntry, budget: SearchBudget): Promise<Measurement> {
  const instance = readInstance(entry.path);
  const { problem, typeOf } = toProblem(instance);
  const begin = performance.now();
  const solution = await solveInWorker(problem, budget);
  const seconds = (performance.now() - begin) / 1000;
  const { feasible, cost, faults } = checkAnswer(instance, toAnswer(solution, typeOf));
  return {
    instance: entry.name,
    stops: instance.stops.length,
    routes: solution.routes.length,
    cost,
    bestKnown: entry.bestKnown,
    bestKnownSource: entry.source,
    gapPercent: 100 * (cost / entry.bestKnown - 1),
    seconds,
    iterationsPerSecond: solution.iterations / seconds,
    feasible,
    faults,
  };
}
