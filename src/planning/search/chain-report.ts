import type { Problem } from "../problem.ts";
import { writeOrder } from "./plan-order.ts";
import { findReloads } from "./reload-nodes.ts";
import type { SearchParts } from "./search-parts.ts";

/** What a chain tells the others at a mark: its best and its current plan, as `writeOrder` writes them. */
export type ChainReport = { figures: Float64Array; best: Int32Array; current: Int32Array };

/** Places in `ChainReport.figures`: the best plan's measures in the order in which they count, then the rest. */
export const told = {
  absentPriority: 0,
  absent: 1,
  penalty: 2,
  objective: 3,
  score: 4,
  currentAbsent: 5,
  currentScore: 6,
  iterations: 7,
  /** Whether the chain may work on a part of the plan: not while it tries to do without vehicles. */
  isReady: 8,
  /** 1 when the chain has ended, 2 when the clock or the caller ended it. */
  isOver: 9,
  count: 10,
} as const;

/** How many numbers an order of the problem takes at most. */
export function orderLengthOf(problem: Problem): number {
  const { stops, vehicles } = problem;
  const nodes = findReloads(problem)?.nodes.offset.at(-1) ?? stops.count;
  return 1 + nodes + Math.min(stops.count, vehicles.count);
}

/** Writes the plans of a chain and their measures into a report. */
export function writePlans(
  { routes, absence, best }: SearchParts,
  { figures, ...orders }: ChainReport,
): void {
  const { current } = absence;
  best.writeOrder(orders.best);
  writeOrder({ ...linksOf(routes) }, orders.current);
  figures[told.absentPriority] = best.absentPriority;
  figures[told.absent] = best.absent;
  figures[told.penalty] = best.penalty;
  figures[told.objective] = best.objective;
  figures[told.score] = best.score;
  figures[told.currentAbsent] = current.count === 0 ? 0 : absence.countOf(current);
  figures[told.currentScore] = routes.total + absence.penaltyOf(current);
}

function linksOf({ next, type, opened, model }: SearchParts["routes"]) {
  return { next, type, opened, stopCount: model.stopCount };
}

/** Negative when the best plan of a report is better than that of another. */
export function compareBest(a: Float64Array, b: Float64Array): number {
  for (let place = told.absentPriority; place <= told.score; place++) {
    if (a[place] !== b[place]) return a[place]! - b[place]!;
  }
  return 0;
}
