import type { Problem } from "../problem.ts";
import type { SearchProgress, Solution, SolutionRoute } from "../solution.ts";
import { startChain } from "./chain.ts";

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

/**
 * Looks for the best plan: most priority served, then most stops, then the problem's objective, which counts the
 * penalties of optional stops.
 *
 * The method is SISR (Christiaens and Vanden Berghe 2020, "Slack induction by string removals for vehicle routing
 * problems", Transportation Science 54(2)): ruin a few routes, recreate greedily, accept by simulated annealing.
 */
export function search(problem: Problem, options: SearchOptions): Solution {
  const chain = startChain(problem, options);
  chain.advance(Number.POSITIVE_INFINITY);
  return chain.finish();
}
