import type { Problem } from "../problem.ts";
import type { SearchProgress } from "../solution.ts";
import { Absence } from "./absence.ts";
import { BestPlan } from "./best-plan.ts";
import { construct } from "./construct.ts";
import { buildModel } from "./model.ts";
import { findNeighbours, type Neighbours } from "./neighbours.ts";
import { GroupPlacement } from "./operators/group-placement.ts";
import { Insertion } from "./operators/insertion.ts";
import { InsertionOrders } from "./operators/insertion-orders.ts";
import { PairInsertion } from "./operators/pair-insertion.ts";
import { Placement, worthOf } from "./operators/placement.ts";
import { Random } from "./random.ts";
import { Routes } from "./routes.ts";
import type { SearchOptions } from "./search.ts";
import { serveLeftOver } from "./serve-left-over.ts";
import type { StopBudget } from "./stop-budget.ts";
import { createPool, push, type StopPool } from "./stop-pool.ts";
import { toSolution } from "./to-solution.ts";
import { VehicleChoice } from "./vehicle-choice.ts";
import { warmStart } from "./warm-start.ts";

/** Everything that the rounds of a search work with, allocated once. */
export type SearchParts = {
  routes: Routes;
  choice: VehicleChoice;
  neighbours: Neighbours;
  random: Random;
  insertion: Insertion;
  /** Only where there are pairs. */
  pairs: PairInsertion | undefined;
  placement: Placement;
  orders: InsertionOrders;
  absence: Absence;
  best: BestPlan;
  /** The stops that some vehicle could carry: no others are ever tried. */
  servable: StopPool;
  /** Stops that a ruin has taken out. */
  removed: StopPool;
  /** The stops at which ruins begin: all, or those of the part that the search works on. */
  seeds: StopPool;
  /** What the best plan has outside of that part, and the cost of the best whole plan. */
  elsewhere: { cost: number; routes: number; served: number; leastCost: number };
  progress: () => SearchProgress;
};

/** How many neighbours of a stop ruins and insertions look at. */
const ruinReach = 200;
const insertionReach = { plain: 30, mixedFleet: 60, windows: 100 };

/** Builds the parts and a first plan; undefined when the search was cancelled before there was any. */
export function prepareSearch(
  problem: Problem,
  { seed, initial }: Pick<SearchOptions, "seed" | "initial">,
  budget: StopBudget,
): SearchParts | undefined {
  let best: BestPlan | undefined;
  const elsewhere = { cost: 0, routes: 0, served: 0, leastCost: Number.POSITIVE_INFINITY };
  const progress = (): SearchProgress => ({
    iterations: budget.iterations,
    fraction: budget.fraction,
    cost: best?.used ? Math.min(elsewhere.leastCost, best.score + elsewhere.cost) : 0,
    routes: (best?.used ?? 0) + elsewhere.routes,
    unassigned: problem.stops.count - (best?.served ?? 0) - elsewhere.served,
  });
  const isCancelled = (): boolean => budget.isCancelled(progress);

  const model = buildModel(problem);
  const neighbours = findNeighbours(model, ruinReach, isCancelled);
  if (!neighbours) return undefined;
  const random = new Random(seed);
  const routes = new Routes(model);
  const choice = new VehicleChoice(routes);
  const reach = insertionReach[model.hasWindows ? "windows" : model.types.count > 1 ? "mixedFleet" : "plain"];
  const insertion = new Insertion({ routes, choice, random, neighbours, reach });
  const pairs = model.pairs ? new PairInsertion({ routes, choice, random, neighbours }) : undefined;
  const groups = model.hasGroups
    ? new GroupPlacement({ routes, choice, neighbours, insertion, pairs, worth: worthOf(routes) })
    : undefined;
  const placement = new Placement(routes, { insertion, pairs, groups });
  const orders = new InsertionOrders(model, choice, random);
  const absence = new Absence(model, random);
  best = new BestPlan(routes, absence);
  const servable = createPool(model.stopCount);
  for (let stop = 0; stop < model.customerCount; stop++) {
    // The pickup stands for its pair.
    if (model.pairs?.isDelivery[stop] !== 1 && choice.couldCarry(stop)) push(servable, stop);
  }
  const removed = createPool(model.stopCount);
  const seeds = createPool(model.stopCount);
  for (let stop = 0; stop < model.customerCount; stop++) push(seeds, stop);
  const placing = { routes, choice, neighbours, random, insertion, pairs, placement, orders };
  const parts = { ...placing, absence, best, servable, removed, seeds, elsewhere, progress };
  construct({ ...parts, isCancelled, isLate: () => budget.isLate() });
  if (initial) warmStart(parts, initial);
  rehearseEnding(parts, budget);
  if (best.absent === 0) budget.tellFull(progress);
  return parts;
}

/** Does once, with the first plan, what ends a search, to know how long that takes. */
function rehearseEnding(parts: SearchParts, budget: StopBudget): void {
  budget.reserveFor(() => {
    serveLeftOver(parts);
    toSolution(parts.routes.model.problem, parts.routes, budget);
  });
  parts.best.restore();
}
