import { type SolveOptions, solveInWorker } from "../src/solver/solve.ts";
import { startAhead } from "../src/solver/waiting-threads.ts";
import { checkAnswer } from "./checker/check-answer.ts";
import type { CatalogueEntry } from "./instances/catalogue.ts";
import { readInstance } from "./instances/read-instance.ts";
import { toAnswer, toProblem } from "./to-problem.ts";

/** What one instance came to. `cost` is the checker's; seconds are those from the instance in memory to the answer. */
export type Measurement = {
  instance: string;
  stops: number;
  routes: number;
  cost: number;
  bestKnown: number | undefined;
  bestKnownSource: CatalogueEntry["source"];
  gapPercent: number | undefined;
  seconds: number;
  /** Of the processor, meanwhile: less than the seconds where other programs took their share. */
  cpuSeconds: number;
  /** When a plan that leaves out no stop it must serve was first reported, or else ended; undefined without one. */
  firstFullSeconds: number | undefined;
  iterations: number;
  iterationsPerSecond: number;
  /** Stops left out that must be served. */
  unserved: number;
  feasible: boolean;
  faults: string[];
};

/** How each instance is searched. */
export type SearchBudget = Pick<SolveOptions, "seed" | "threads" | "timeLimitSeconds" | "iterations">;

/** Reads an instance from its file, solves it as `waybill solve` would, and has the answer checked. */
export async function solveInstance(entry: CatalogueEntry, budget: SearchBudget): Promise<Measurement> {
  startAhead(budget.threads ?? 1);
  const instance = readInstance(entry.path);
  const cpuBefore = process.cpuUsage();
  const begin = performance.now();
  const elapsed = () => (performance.now() - begin) / 1000;
  const { problem, typeOf } = toProblem(instance);
  const mustServe = instance.stops.every(({ prize }) => prize === undefined);
  let firstFullSeconds: number | undefined;
  const solution = await solveInWorker(problem, {
    ...withSetUp(budget, elapsed()),
    onProgress: ({ unassigned, routes }) => {
      if (routes > 0 && (unassigned === 0 || !mustServe)) firstFullSeconds ??= elapsed();
    },
  });
  const seconds = elapsed();
  const { user, system } = process.cpuUsage(cpuBefore);
  const unserved = solution.unassigned.filter((stop) => !instance.stops[stop]?.prize).length;
  if (unserved === 0) firstFullSeconds ??= seconds;
  const { feasible, cost, faults } = checkAnswer(instance, toAnswer(solution, typeOf));
  return {
    instance: entry.name,
    stops: instance.stops.length,
    routes: solution.routes.length,
    cost,
    bestKnown: entry.bestKnown,
    bestKnownSource: entry.source,
    gapPercent: entry.bestKnown === undefined ? undefined : 100 * (cost / entry.bestKnown - 1),
    seconds,
    cpuSeconds: (user + system) / 1e6,
    firstFullSeconds,
    iterations: solution.iterations,
    iterationsPerSecond: solution.iterations / seconds,
    unserved,
    feasible,
    faults,
  };
}

/** Who waits for an answer waits for the distances too, so they come off the time limit. */
function withSetUp({ timeLimitSeconds, ...budget }: SearchBudget, spentSeconds: number): SearchBudget {
  if (timeLimitSeconds === undefined) return budget;
  return { ...budget, timeLimitSeconds: Math.max(0.001, timeLimitSeconds - spentSeconds) };
}
