import { cancelled, Failure } from "../domain/failure.ts";
import { compareSolutions } from "../planning/compare-solutions.ts";
import type { Problem } from "../planning/problem.ts";
import type { SearchProgress, Solution, SolutionRoute } from "../planning/solution.ts";
import { epochMilliseconds } from "./epoch.ts";
import { shareProblem } from "./share-problem.ts";
import { runInThread } from "./thread.ts";

/** How `solveInWorker` searches. At least one of `iterations` and `timeLimitSeconds` is needed. */
export type SolveOptions = {
  seed: number;
  iterations?: number;
  timeLimitSeconds?: number;
  /** Routes of an earlier plan, which every search begins with: the solution is never worse than they are. */
  initial?: readonly SolutionRoute[];
  /** Independent searches at a time, each in its own thread; 1 when left out. The best result wins. */
  threads?: number;
  signal?: AbortSignal;
  /** Called at least every 250 ms. */
  onProgress?: (progress: SearchProgress) => void;
};

/** Keeps the seeds of the threads apart (2^32 by the golden ratio). */
const seedStep = 0x9e3779b9;

/**
 * Searches outside the calling thread. Rejects with `cancelled` after an abort, once all threads have ended, and with
 * `internal` when a thread dies.
 */
export async function solveInWorker(problem: Problem, options: SolveOptions): Promise<Solution> {
  const { threads = 1, signal, seed, iterations, timeLimitSeconds, initial } = options;
  if (signal?.aborted) throw cancelled();
  if (iterations === undefined && timeLimitSeconds === undefined) throw noBudget();
  const endsAt = epochMilliseconds() + 1000 * (timeLimitSeconds ?? 0);
  const order = {
    problem: shareProblem(problem),
    ...(iterations === undefined ? {} : { iterations }),
    ...(initial === undefined ? {} : { initial }),
    ...(timeLimitSeconds === undefined ? {} : { endsAt }),
  };
  const report = mergeProgress(threads, options.onProgress);
  const dead = new AbortController();
  const stop = signal ? AbortSignal.any([signal, dead.signal]) : dead.signal;
  const searches = Array.from({ length: threads }, (_, thread) =>
    runInThread(
      "search",
      { ...order, seed: (seed + thread * seedStep) | 0 },
      { signal: stop, onProgress: (progress) => report(thread, progress) },
    ),
  );
  try {
    return pickBest(problem, await Promise.all(searches));
  } catch (error) {
    dead.abort();
    await Promise.allSettled(searches);
    throw error;
  }
}

/** Reports all threads as one: their iterations together, the best plan of any, the share that each has done. */
function mergeProgress(
  threads: number,
  onProgress: SolveOptions["onProgress"],
): (thread: number, progress: SearchProgress) => void {
  const latest = new Map<number, SearchProgress>();
  return (thread, progress) => {
    latest.set(thread, progress);
    const all = [...latest.values()];
    const [best = progress] = all.toSorted((a, b) => a.unassigned - b.unassigned || a.cost - b.cost);
    const fraction = latest.size < threads ? 0 : Math.min(...all.map((one) => one.fraction));
    onProgress?.({ ...best, iterations: all.reduce((sum, one) => sum + one.iterations, 0), fraction });
  };
}

/** The best solution, the first among equals, with the iterations of all. */
function pickBest(problem: Problem, solutions: Solution[]): Solution {
  const best = solutions.reduce((a, b) => (compareSolutions(problem, b, a) < 0 ? b : a));
  return { ...best, iterations: solutions.reduce((sum, { iterations }) => sum + iterations, 0) };
}

function noBudget(): Failure {
  return new Failure("invalid_input", "The search has neither an iteration budget nor a time limit.", {
    hint: "Give at least one of iterations and timeLimitSeconds.",
  });
}
