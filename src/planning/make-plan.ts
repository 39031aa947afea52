import type { PlanContent } from "../domain/plan.ts";
import { type Attempt, finerGrains, servesMore } from "./attempt.ts";
import { tellQuality } from "./complete/quality.ts";
import { settle } from "./complete/settle.ts";
import { completePlan, isRepeatable } from "./complete-plan.ts";
import { iterationBudget } from "./iteration-budget.ts";
import { mendRoutes } from "./mend-routes.ts";
import { grainOf, toInitialRoutes } from "./prepare/earlier-routes.ts";
import type { PlanRequest } from "./prepare/request.ts";
import { type Grain, isSameGrain, joined } from "./prepare/stops.ts";
import { preparePlan } from "./prepare-plan.ts";
import type { Problem } from "./problem.ts";
import type { Solution, SolutionRoute } from "./solution.ts";

/** What one search may take, and which one it is: `attempt` counts from 1 to at most `attempts`. */
export type AttemptBudget = {
  seed: number;
  iterations: number;
  timeLimitSeconds: number;
  attempt: number;
  attempts: number;
  /** Routes of an earlier plan to begin with. */
  initial?: readonly SolutionRoute[];
};

/** What makes a plan beside its request: a search and a clock. */
export type PlanMaker = {
  solve: (problem: Problem, budget: AttemptBudget) => Solution;
  /** Milliseconds that only grow. */
  now: () => number;
  /** When the plan is to be there, on that clock; when left out, the request's time limit from the call on. */
  endsAt?: number;
};

/** What part of the full budget of iterations each attempt gets. */
const attemptShares = [1, 0.6, 0.4];

/** What part of the time limit is kept for each later attempt, and as much for settling and telling reasons. */
const partKept = 0.1;

/**
 * Plans a request. Shipments of one customer and address are tried as one stop; only when something is left out are
 * stops taken apart and split shipments cut finer, because a joined stop may be too large where its shipments are
 * not. The attempt that serves most is the plan.
 */
export function makePlan(request: PlanRequest, maker: PlanMaker): PlanContent {
  const limit = request.options.timeLimitSeconds * 1000;
  const end = maker.endsAt ?? maker.now() + limit;
  const attempts: Attempt[] = [];
  let grain: Grain | undefined = firstGrain(request);
  let best: Attempt | undefined;
  let isCut = false;
  const hasTime = () => {
    isCut ||= maker.now() >= end - partKept * limit;
    return !isCut;
  };
  for (const share of attemptShares) {
    if (best && !hasTime()) break;
    const later = attemptShares.length - attempts.length;
    const endsAt = end - later * partKept * limit;
    const attempt = tryGrain(
      { request, grain, maker, hasTime },
      { share, endsAt, attempt: attempts.length + 1 },
    );
    attempts.push(attempt);
    if (!best || servesMore(attempt, best)) best = attempt;
    if (attempt.solution.stoppedBy === "cancelled") break;
    const tried = attempts.map(({ prepared }) => prepared.grain);
    grain = finerGrains(best, attempt).find((finer) => !tried.some((other) => isSameGrain(other, finer)));
    if (!grain) break;
  }
  const plan = tellAttempts({ best: best!, attempts, isCut, hasTime: () => maker.now() < end });
  const takes = boundPerPreparing * attempts[0]!.preparingMilliseconds;
  return maker.now() + takes < end ? tellQuality(request, plan) : plan;
}

/** A bound prepares the request once more and holds its loads against the fleet: together so many times as long. */
const boundPerPreparing = 3;

/** Joined stops, but for those whose shipments rode apart in the plan to begin with. */
function firstGrain(request: PlanRequest): Grain {
  return request.earlierRoutes ? grainOf(request.earlierRoutes, preparePlan(request)) : joined;
}

type Trial = { request: PlanRequest; grain: Grain; maker: PlanMaker; hasTime: () => boolean };
type Share = { share: number; endsAt: number; attempt: number };

function tryGrain({ request, grain, maker, hasTime }: Trial, { share, endsAt, attempt }: Share): Attempt {
  const start = maker.now();
  const prepared = preparePlan(request, grain);
  const preparingMilliseconds = maker.now() - start;
  const { seed, timeLimitSeconds: limit } = request.options;
  if (prepared.stops.length === 0) {
    return { prepared, solution: nothing, settled: settle(prepared, nothing), preparingMilliseconds };
  }
  const iterations = Math.ceil(iterationBudget(prepared.problem, limit) * share);
  const timeLimitSeconds = Math.max(0, endsAt - maker.now()) / 1000;
  const licensePlates = prepared.fleet.map(({ licensePlate }) => licensePlate);
  const earlier = request.earlierRoutes;
  const budget: AttemptBudget = {
    seed,
    iterations,
    timeLimitSeconds,
    attempt,
    attempts: attemptShares.length,
    ...(earlier && {
      initial: mendRoutes(prepared.problem, toInitialRoutes(earlier, { ...prepared, licensePlates })),
    }),
  };
  const solution = maker.solve(prepared.problem, budget);
  return { prepared, solution, settled: settle(prepared, solution, hasTime), preparingMilliseconds };
}

const nothing: Solution = { routes: [], unassigned: [], cost: 0, iterations: 0, stoppedBy: "exhausted" };

type Tried = { best: Attempt; attempts: readonly Attempt[]; isCut: boolean; hasTime: () => boolean };

/** A plan can be repeated when the clock cut nothing short: each of its searches may have decided which one won. */
function tellAttempts({ best, attempts, isCut, hasTime }: Tried): PlanContent {
  const content = completePlan(best, hasTime);
  const { quality } = content;
  const iterations = attempts.reduce((sum, { solution }) => sum + solution.iterations, 0);
  const repeatable = quality.repeatable && !isCut && attempts.every(({ solution }) => isRepeatable(solution));
  const reason =
    attempts.length === 1 ? quality.reason : `${quality.reason} The best of ${attempts.length} searches.`;
  return { ...content, quality: { ...quality, iterations, repeatable, reason } };
}
