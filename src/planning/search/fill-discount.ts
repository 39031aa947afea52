import type { Model } from "./model.ts";
import type { Routes } from "./routes.ts";

/**
 * What vehicles are taken to cost less while they are not full: a share of what they cost more than the cheapest way
 * of driving as far, in proportion to the room that they have left. Greedy insertion is short-sighted with a mixed
 * fleet: the first stop on a vehicle pays for all of it, and so does the one that needs the next larger type. With the
 * discount each pays for its part (as the opportunity savings of Golden et al. 1984, "The fleet size and mix vehicle
 * routing problem"), so that recreates try other fleets too; whether a plan is kept is decided by what it costs.
 */
export class FillDiscount {
  /** The share, 0 for none: then nothing here need be asked. */
  share = 0;
  /** Whether types differ in a way that a discount could change. */
  readonly isUseful: boolean;
  readonly #routes: Routes;
  readonly #fixedCost: Float64Array;
  readonly #extraPerMeter: Float64Array; // [type]

  constructor(routes: Routes) {
    const { types, problem, hasMixedLoads, reloads } = routes.model;
    const { meterWeight } = routes.scoring;
    const least = meterWeight.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    this.#routes = routes;
    this.#fixedCost = types.fixedCost;
    this.#extraPerMeter = meterWeight.map((weight) => weight - least);
    const isMixed = hasSeveral(types.fixedCost) || hasSeveral(meterWeight);
    this.isUseful = isMixed && problem.objective === "cost" && !hasMixedLoads && !reloads;
  }

  /** The discount of a vehicle that drives a route of so many meters; `stop`: another stop on it, -1 for none. */
  of(route: number, stop: number, type: number, meters: number): number {
    const room = 1 - this.#routes.loads.fillWith(route, stop, type);
    return this.share * room * (this.#fixedCost[type]! + this.#extraPerMeter[type]! * meters);
  }

  /** The discount of an idle vehicle that takes a stop, at so many meters. */
  ofIdle(stop: number, type: number, meters: number): number {
    return this.of(-1, stop, type, meters);
  }
}

const hasSeveral = (values: Float64Array): boolean => values.some((value) => value !== values[0]);

/** The way to a stop and back. */
export function metersAlone({ types, location, meters }: Model, stop: number, type: number): number {
  const matrix = meters[types.profile[type]!]!;
  const at = location[stop]!;
  return matrix.between(types.startLocation[type]!, at) + matrix.between(at, types.endLocation[type]!);
}
