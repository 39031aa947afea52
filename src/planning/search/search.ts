import type { Problem } from "../problem.ts";
import type { SearchProgress, Solution, SolutionRoute } from "../solution.ts";
import { Acceptance } from "./acceptance.ts";
import { Calibration } from "./calibration.ts";
import { FleetReduction } from "./fleet-reduction.ts";
import { recreate } from "./operators/recreate.ts";
import { ruin } from "./operators/ruin.ts";
import { Patience } from "./patience.ts";
import { prepareSearch, type SearchParts } from "./search-parts.ts";
import { serveLeftOver } from "./serve-left-over.ts";
import { StopBudget } from "./stop-budget.ts";
import { toSolution } from "./to-solution.ts";

/** What bounds and drives a search. At least one of `iterations` and `timeLimitSeconds` is needed. */
export type SearchOptions = {
  /** The same seed and iterations give the same solution on every machine. */
  seed: number;
  iterations?: number;
  timeLimitSeconds?: number;
  /** Routes of an earlier plan to begin with: the solution is never worse than they are. */
  initial?: readonly SolutionRoute[];
  /** Milliseconds that only grow. */
  now: () => number;
  /** Asked often; true ends the search with what it has. */
  shouldStop?: () => boolean;
  onProgress?: (progress: SearchProgress) => void;
  /** 250 when left out. */
  progressIntervalMilliseconds?: number;
};

const smallProblem = 10;
const iterationsPerStop = 5000;

/**
 * Looks for the best plan: most priority served, then most stops, then the problem's objective, which counts the
 * penalties of optional stops.
 *
 * The method is SISR (Christiaens and Vanden Berghe 2020, "Slack induction by string removals for vehicle routing
 * problems", Transportation Science 54(2)): ruin a few routes, recreate greedily, accept by simulated annealing.
 */
export function search(problem: Problem, options: SearchOptions): Solution {
  const chain = startSearch(problem, options);
  chain.advance(Number.POSITIVE_INFINITY);
  return chain.finish();
}

/** A search under way. */
export type SearchChain = {
  /** Goes on until so many iterations are done in all; false when the search has ended before. */
  advance: (mark: number) => boolean;
  /** The best plan, with all put in that has a place. */
  finish: () => Solution;
};

/** Makes a first plan, and a search that goes on from there by as much as it is told to. */
export function startSearch(problem: Problem, options: SearchOptions): SearchChain {
  const budget = new StopBudget(options, sufficientIterations(problem));
  const parts = prepareSearch(problem, options, budget);
  if (!parts) return { advance: () => false, finish: () => toSolution(problem, undefined, budget) };
  const round = createRound(parts, budget, options.initial !== undefined);
  return {
    advance: (mark) => {
      while (budget.iterations < mark) {
        if (!budget.next(parts.progress)) return false;
        round();
      }
      return true;
    },
    finish: () => {
      parts.best.restore();
      if (budget.stoppedBy !== "cancelled") serveLeftOver(parts);
      return toSolution(problem, parts.routes, budget);
    },
  };
}

/** Makes the function that does one round of a search: ruin, recreate, accept or take back. */
function createRound(parts: SearchParts, budget: StopBudget, isWarm: boolean): () => void {
  const { routes, absence, best } = parts;
  const calibration = new Calibration(parts);
  const acceptance = new Acceptance(parts, isWarm);
  const reduction = new FleetReduction(routes, absence, best);
  const patience = new Patience();
  return () => {
    const before = routes.total + absence.penaltyOf(absence.current);
    routes.begin();
    const seed = drawSeed(parts);
    ruin(parts, seed);
    recreate(parts, seed);
    const more = routes.total + absence.penaltyOf(absence.trial) - before;
    if (acceptance.accepts(more, budget.fraction)) {
      absence.keepTrial();
      if (best.offer()) {
        calibration.step();
        if (best.absent === 0) budget.tellFull(parts.progress);
      }
    } else {
      routes.undo();
    }
    if (!reduction.isOver) reduction.step(budget.fraction);
    else patience.step(budget, acceptance, best);
  };
}

/** Where a ruin begins: at any stop, or half of the time at one that is left out. */
function drawSeed({ routes, absence, random }: SearchParts): number {
  const { stops, count } = absence.current;
  if (count > 0 && random.fraction() < 0.5) return stops[random.below(count)]!;
  return random.below(routes.model.stopCount);
}

/** After so many iterations a small problem has no secrets left. */
function sufficientIterations({ stops, vehicles, objective }: Problem): number {
  if (stops.count === 0 || vehicles.count === 0) return 0;
  if (stops.count === 1 && objective === "cost") return 0;
  return stops.count <= smallProblem ? iterationsPerStop * stops.count : Number.POSITIVE_INFINITY;
}
