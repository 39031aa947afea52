import { mostTripsOf } from "../schedule/visits.ts";
import type { Absence } from "./absence.ts";
import type { BestPlan } from "./best-plan.ts";
import type { Model } from "./model.ts";
import { emptyRoute } from "./operators/ruin-route.ts";
import type { Routes } from "./routes.ts";

/** The share of the search that goes into doing without vehicles. */
const share = 0.25;

/**
 * Fleet minimisation (SISR, section 5.4), where a vehicle costs more than its way: empties a route, allows one route
 * less, and leaves it to the absence counters to find a place for every stop; then the next.
 */
export class FleetReduction {
  isOver: boolean;
  readonly #routes: Routes;
  readonly #absence: Absence;
  readonly #best: BestPlan;
  readonly #fewest: number;

  constructor(routes: Routes, absence: Absence, best: BestPlan) {
    this.#routes = routes;
    this.#absence = absence;
    this.#best = best;
    this.#fewest = fewestVehicles(routes.model);
    this.isOver = best.absent > 0 || routes.model.penalty !== undefined || !isFixedCostDominant(routes);
  }

  /** To be called after each round, with how much of the search is done. */
  step(fraction: number): void {
    if (this.isOver) return;
    const areAllServed = this.#absence.current.count === 0;
    if (fraction < share && !areAllServed) return;
    if (fraction < share && this.#routes.used > this.#fewest) {
      this.#dropRoute();
      return;
    }
    this.isOver = true;
    this.#routes.mostUsed = this.#routes.model.routeCount;
    this.#best.restore();
  }

  /** Empties the route whose stops were the easiest to place so far. */
  #dropRoute(): void {
    const routes = this.#routes;
    const absence = this.#absence;
    const { next, model } = routes;
    let [dropped, least] = [-1, Number.POSITIVE_INFINITY];
    for (let route = 0; route < model.routeCount; route++) {
      let weight = routes.size[route] === 0 ? Number.POSITIVE_INFINITY : 0;
      const home = model.stopCount + route;
      for (let stop = next[home]!; stop !== home; stop = next[stop]!) {
        if (stop < model.customerCount) weight += absence.timesAbsent(stop);
      }
      if (weight < least) [dropped, least] = [route, weight];
    }
    routes.begin();
    absence.trial.count = 0;
    emptyRoute({ routes, removed: absence.trial }, dropped);
    routes.setType(dropped, -1);
    routes.rescore(dropped);
    routes.mostUsed = routes.used;
    absence.keepTrial();
  }
}

/** Whether the cheapest vehicle costs more than the way of an average route. */
function isFixedCostDominant({ model, scoring, total, type, used }: Routes): boolean {
  if (!scoring.isCost || used === 0) return false;
  const { fixedCost } = model.types;
  const cheapest = fixedCost.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  let fixed = 0;
  for (const used of type) if (used >= 0) fixed += fixedCost[used]!;
  return cheapest > (total - fixed) / used;
}

/** A lower bound: as many as it takes of the largest in each dimension, and of those with room for most stops. */
function fewestVehicles({ problem, dimensions, customerCount, startLoad, endLoad }: Model): number {
  const { vehicles } = problem;
  const amounts: { total: number; capacities: number[] }[] = [];
  const indexes = Array.from({ length: vehicles.count }, (_, vehicle) => vehicle);
  const trips = indexes.map((vehicle) => mostTripsOf(problem, vehicle));
  for (let d = 0; d < dimensions; d++) {
    const capacities = indexes.map(
      (vehicle) => trips[vehicle]! * vehicles.capacity[vehicle * dimensions + d]!,
    );
    for (const amount of [startLoad, endLoad]) {
      let total = 0;
      for (let stop = 0; stop < customerCount; stop++) total += amount[stop * dimensions + d]!;
      amounts.push({ total, capacities });
    }
  }
  amounts.push({ total: customerCount, capacities: [...vehicles.maxStops] });
  return Math.max(1, ...amounts.map(({ total, capacities }) => countLargest(total, capacities)));
}

function countLargest(total: number, capacities: number[]): number {
  const sorted = capacities.toSorted((a, b) => b - a);
  let rest = total;
  let count = 0;
  while (rest > 0 && count < sorted.length) rest -= sorted[count++]!;
  return count;
}
