import { cancelled, Failure } from "../domain/failure.ts";
import type { Problem } from "../planning/problem.ts";
import type { SearchProgress, Solution, SolutionRoute } from "../planning/solution.ts";
import { epochMilliseconds } from "./epoch.ts";
import { createExchange } from "./exchange.ts";
import type { Team } from "./search-together.ts";
import { shareProblem } from "./share-problem.ts";
import { runInThread } from "./thread.ts";

/** How `solveInWorker` searches. At least one of `iterations` and `timeLimitSeconds` is needed. */
export type SolveOptions = {
  seed: number;
  iterations?: number;
  timeLimitSeconds?: number;
  /** How many threads search at a time; 1 when left out. */
  threads?: number;
  /**
   * How many searches meet at marks and go on from there together; as many as threads when left out. With an iteration
   * budget, which each has for itself, the answer depends on their number but not on that of the threads.
   */
  chains?: number;
  /** Routes of an earlier plan to begin with: the solution is never worse than they are. */
  initial?: readonly SolutionRoute[];
  signal?: AbortSignal;
  /** Called at least every 250 ms. */
  onProgress?: (progress: SearchProgress) => void;
};

/**
 * Searches outside the calling thread, within the time limit from the call on. Rejects with `cancelled` after an abort,
 * once all threads have ended, and with `internal` when a thread dies.
 */
export async function solveInWorker(problem: Problem, options: SolveOptions): Promise<Solution> {
  const { threads = 1, chains = threads, signal, seed, iterations, timeLimitSeconds, initial } = options;
  if (signal?.aborted) throw cancelled();
  if (iterations === undefined && timeLimitSeconds === undefined) throw noBudget();
  const beganAt = epochMilliseconds();
  const endsAt = beganAt + 1000 * (timeLimitSeconds ?? 0);
  const order = {
    problem: shareProblem(problem),
    seed,
    ...(initial === undefined ? {} : { initial }),
    ...(iterations === undefined ? {} : { iterations }),
    ...(timeLimitSeconds === undefined ? {} : { endsAt }),
  };
  const dead = new AbortController();
  const stop = signal ? AbortSignal.any([signal, dead.signal]) : dead.signal;
  const searches = formTeams(problem, { threads, chains }).map((team, thread) => {
    const onProgress = thread === 0 ? reportAll(chains, options.onProgress) : undefined;
    return runInThread("search", team ? { ...order, team: { ...team, beganAt } } : order, {
      signal: stop,
      onProgress,
    });
  });
  try {
    // The first chain tells for all what they come to; of the others it matters only that none fails.
    const [first, ...others] = searches;
    const solution = await Promise.race([first, Promise.all(others).then(() => first)]);
    if (!solution) throw cancelled();
    return solution;
  } catch (error) {
    dead.abort();
    await Promise.allSettled(searches);
    throw error;
  }
}

/** Deals the chains out to threads, no more than there are chains; a single chain needs no team. */
function formTeams(
  problem: Problem,
  { threads, chains }: { threads: number; chains: number },
): (Omit<Team, "beganAt"> | undefined)[] {
  if (chains === 1) return [undefined];
  const exchange = createExchange(problem, chains);
  const all = Array.from({ length: chains }, (_, chain) => chain);
  return Array.from({ length: Math.min(threads, chains) }, (_, thread) => ({
    own: all.filter((chain) => chain % threads === thread),
    exchange,
  }));
}

/** Reports the first chain as all, which go on at one pace. */
function reportAll(chains: number, onProgress: SolveOptions["onProgress"]): SolveOptions["onProgress"] {
  return onProgress && ((progress) => onProgress({ ...progress, iterations: chains * progress.iterations }));
}

function noBudget(): Failure {
  return new Failure("invalid_input", "The search has neither an iteration budget nor a time limit.", {
    hint: "Give at least one of iterations and timeLimitSeconds.",
  });
}
