import type { Problem } from "../problem.ts";
import type { Solution } from "../solution.ts";
import { type ChainReport, told, writePlans } from "./chain-report.ts";
import type { PlanPart } from "./divide.ts";
import type { Assignment } from "./meeting.ts";
import type { Model } from "./model.ts";
import { createRounds } from "./rounds.ts";
import type { SearchOptions } from "./search.ts";
import { prepareSearch, type SearchParts } from "./search-parts.ts";
import { serveLeftOver } from "./serve-left-over.ts";
import { StopBudget } from "./stop-budget.ts";
import { takeUpPart, takeUpWhole } from "./take-up.ts";
import { toSolution } from "./to-solution.ts";

/** A search that goes on by as much as it is told to, and meets others in between. */
export type Chain = {
  /** Undefined when it was cancelled before it had a plan. */
  model: Model | undefined;
  /** Goes on until so many iterations are done in all, or that moment; false when the search has ended before. */
  advance: (mark: number, until?: number) => boolean;
  /** Looks whether it is cancelled, and tells how far it is, while it waits. */
  isCancelled: () => boolean;
  report: (report: ChainReport) => void;
  takeUp: (assignment: Assignment) => void;
  /** The best plan, or another that is better, with all put in that has a place. */
  finish: (best?: PlanPart) => Solution;
};

const smallProblem = 10;
const iterationsPerStop = 5000;

/** Makes a first plan, to go on from there. */
export function startChain(problem: Problem, options: SearchOptions): Chain {
  const budget = new StopBudget(options, sufficientIterations(problem));
  const parts = prepareSearch(problem, options, budget);
  if (!parts) return cancelledChain(problem, budget);
  const rounds = createRounds(parts, budget, options.initial !== undefined);
  return {
    model: parts.routes.model,
    advance: (mark, until = Number.POSITIVE_INFINITY) => {
      while (budget.iterations < mark && budget.lookedAt < until) {
        if (!budget.next(parts.progress)) return false;
        rounds.next();
      }
      return true;
    },
    isCancelled: () => budget.isCancelled(parts.progress),
    report: (report) => {
      const { figures } = report;
      writePlans(parts, report);
      figures[told.iterations] = budget.iterations;
      figures[told.isReady] = rounds.isReady() ? 1 : 0;
      figures[told.isOver] = endingOf(budget);
    },
    takeUp: ({ part, common }) => {
      if (common) takeUpPart(parts, part, common);
      else takeUpWhole(parts, part);
    },
    finish: (best) => {
      if (best) {
        parts.best.forget();
        takeUpWhole(parts, best);
      }
      return finish(problem, parts, budget);
    },
  };
}

function finish(problem: Problem, parts: SearchParts, budget: StopBudget): Solution {
  parts.best.restore();
  if (budget.stoppedBy !== "cancelled") serveLeftOver(parts);
  return toSolution(problem, parts.routes, budget);
}

function endingOf({ stoppedBy }: StopBudget): number {
  if (stoppedBy === undefined) return 0;
  return stoppedBy === "iterations" || stoppedBy === "exhausted" ? 1 : 2;
}

function cancelledChain(problem: Problem, budget: StopBudget): Chain {
  return {
    model: undefined,
    advance: () => false,
    isCancelled: () => true,
    report: () => {},
    takeUp: () => {},
    finish: () => toSolution(problem, undefined, budget),
  };
}

/** After so many iterations a small problem has no secrets left. */
function sufficientIterations({ stops, vehicles, objective }: Problem): number {
  if (stops.count === 0 || vehicles.count === 0) return 0;
  if (stops.count === 1 && objective === "cost") return 0;
  return stops.count <= smallProblem ? iterationsPerStop * stops.count : Number.POSITIVE_INFINITY;
}
