import type { PlanContent } from "../domain/plan.ts";
import { type Attempt, finerGrains, servesMore } from "./attempt.ts";
import { settle } from "./complete/settle.ts";
import { completePlan, isRepeatable } from "./complete-plan.ts";
import { iterationBudget } from "./iteration-budget.ts";
import type { PlanRequest } from "./prepare/request.ts";
import { type Grain, isSameGrain, joined } from "./prepare/stops.ts";
import { preparePlan } from "./prepare-plan.ts";
import type { Problem } from "./problem.ts";
import type { Solution } from "./solution.ts";

/** What one search may take, and which one it is: `attempt` counts from 1 to at most `attempts`. */
export type AttemptBudget = {
  seed: number;
  iterations: number;
  timeLimitSeconds: number;
  attempt: number;
  attempts: number;
};

/** What makes a plan beside its request: a search and a clock. */
export type PlanMaker = {
  solve: (problem: Problem, budget: AttemptBudget) => Solution;
  /** Milliseconds that only grow. */
  now: () => number;
};

/** What part of the full budget of iterations each attempt gets. */
const attemptShares = [1, 0.6, 0.4];

/** What a later attempt gets at least, even if the first took all the time. */
const leastSeconds = 0.2;

/** What part of the time limit telling reasons gets at least, even if the searches took all of it. */
const partForReasons = 0.1;

/**
 * Plans a request. Shipments of one customer and address are tried as one stop; only when something is left out are
 * stops taken apart and split shipments cut finer, because a joined stop may be too large where its shipments are
 * not. The attempt that serves most is the plan.
 */
export function makePlan(request: PlanRequest, maker: PlanMaker): PlanContent {
  const start = maker.now();
  const attempts: Attempt[] = [];
  let grain: Grain | undefined = joined;
  let best: Attempt | undefined;
  for (const share of attemptShares) {
    const usedSeconds = (maker.now() - start) / 1000;
    const attempt = tryGrain({ request, grain, maker }, { share, usedSeconds, attempt: attempts.length + 1 });
    attempts.push(attempt);
    if (!best || servesMore(attempt, best)) best = attempt;
    if (attempt.solution.stoppedBy === "cancelled") break;
    const tried = attempts.map(({ prepared }) => prepared.grain);
    grain = finerGrains(best, attempt).find((finer) => !tried.some((other) => isSameGrain(other, finer)));
    if (!grain) break;
  }
  const limit = request.options.timeLimitSeconds * 1000;
  const end = Math.max(start + limit, maker.now() + partForReasons * limit);
  return tellAttempts({ best: best!, attempts, hasTime: () => maker.now() < end });
}

type Trial = { request: PlanRequest; grain: Grain; maker: PlanMaker };
type Share = { share: number; usedSeconds: number; attempt: number };

function tryGrain({ request, grain, maker }: Trial, { share, usedSeconds, attempt }: Share): Attempt {
  const prepared = preparePlan(request, grain);
  const { seed, timeLimitSeconds: limit } = request.options;
  if (prepared.stops.length === 0) {
    return { prepared, solution: nothing, settled: settle(prepared, nothing) };
  }
  const iterations = Math.ceil(iterationBudget(prepared.problem, limit) * share);
  const timeLimitSeconds = Math.max(leastSeconds, limit - usedSeconds);
  const budget = { seed, iterations, timeLimitSeconds, attempt, attempts: attemptShares.length };
  const solution = maker.solve(prepared.problem, budget);
  return { prepared, solution, settled: settle(prepared, solution) };
}

const nothing: Solution = { routes: [], unassigned: [], cost: 0, iterations: 0, stoppedBy: "exhausted" };

type Tried = { best: Attempt; attempts: readonly Attempt[]; hasTime: () => boolean };

/** A plan can be repeated when each of its searches can: any of them may have decided which one won. */
function tellAttempts({ best, attempts, hasTime }: Tried): PlanContent {
  const content = completePlan(best, hasTime);
  const { quality } = content;
  const iterations = attempts.reduce((sum, { solution }) => sum + solution.iterations, 0);
  const repeatable = quality.repeatable && attempts.every(({ solution }) => isRepeatable(solution));
  const reason =
    attempts.length === 1 ? quality.reason : `${quality.reason} The best of ${attempts.length} searches.`;
  return { ...content, quality: { ...quality, iterations, repeatable, reason } };
}
