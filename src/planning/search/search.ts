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
import { warmStart } from "./warm-start.ts";

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
  const budget = new StopBudget(options, sufficientIterations(problem));
  const parts = prepareSearch(problem, options.seed, budget);
  if (!parts) return toSolution(problem, undefined, budget);

  const { routes, absence, best } = parts;
  if (options.initial) warmStart(parts, options.initial);
  const calibration = new Calibration(parts);
  const acceptance = new Acceptance(parts, options.initial !== undefined);
  const reduction = new FleetReduction(routes, absence, best);
  const patience = new Patience();
  while (budget.next(parts.progress)) {
    const before = routes.total + absence.penaltyOf(absence.current);
    routes.begin();
    const seed = drawSeed(parts);
    ruin(parts, seed);
    recreate(parts, seed);
    const more = routes.total + absence.penaltyOf(absence.trial) - before;
    if (acceptance.accepts(more, budget.fraction)) {
      absence.keepTrial();
      if (best.offer()) calibration.step();
    } else {
      routes.undo();
    }
    if (!reduction.isOver) reduction.step(budget.fraction);
    else patience.step(budget, acceptance, best);
  }
  best.restore();
  if (budget.stoppedBy !== "cancelled") serveLeftOver(parts);
  return toSolution(problem, routes, budget);
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
