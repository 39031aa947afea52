import type { Legs } from "../../legs.ts";
import type { Routes } from "../routes.ts";
import type { RouteClock } from "../segments/clock.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { type Candidates, closed } from "./candidates.ts";

/** Judges single positions: what a stop adds there, and whether every rule bears it. */
export class Positions {
  readonly #routes: Routes;
  readonly #choice: VehicleChoice;
  readonly #candidates: Candidates;
  readonly #weighsTime: boolean;
  readonly #hasRules: boolean;
  /** Whether only the vehicle tells if it bears a stop at a place. */
  readonly asksVehicle: boolean;
  /** Only where spans count and windows make vehicles wait. */
  readonly #spans: RouteClock | undefined;
  /** Only where lateness costs. */
  readonly #lateness: RouteClock | undefined;

  constructor(routes: Routes, choice: VehicleChoice, candidates: Candidates) {
    const { model } = routes;
    this.#routes = routes;
    this.#choice = choice;
    this.#candidates = candidates;
    this.#spans = routes.scoring.isCost ? undefined : routes.clock;
    this.#lateness = model.hasLateness ? routes.clock : undefined;
    this.#weighsTime = !model.hasOneMatrix || model.hasSetup;
    this.asksVehicle = model.hasMixedLoads || model.hasDriveLimits || model.reloads !== undefined;
    this.#hasRules = this.asksVehicle || model.hasWindows || model.hasLocks;
  }

  /** Whether the length of legs is all that tells positions on one route apart. */
  get areLengthsAll(): boolean {
    return !(this.#weighsTime || this.#hasRules);
  }

  /** Meets a route for the first time in a question; false when no vehicle that it may have takes the stop. */
  open(route: number, stop: number): boolean {
    const candidates = this.#candidates;
    candidates.metIn[route] = candidates.question;
    candidates.added[route] = closed;
    if (!this.#choice.canTake(route, stop)) return false;
    candidates.added[route] = Number.POSITIVE_INFINITY;
    candidates.routes[candidates.count++] = route;
    return true;
  }

  /** Looks at the position behind a node of an open route. */
  try(stop: number, after: number): void {
    const { model, legMeters, scoring, type, routeOf } = this.#routes;
    const route = routeOf[after]!;
    const added = scoring.meterWeight[type[route]!]! * this.#legsAdded(model.meters, legMeters, stop, after);
    if (added < this.#candidates.added[route]!) this.consider(stop, after, added);
  }

  /** Keeps a position whose legs add less than the best on its route, if it is the best in all and breaks no rule. */
  consider(stop: number, after: number, legsAdded: number): void {
    const candidates = this.#candidates;
    const route = this.#routes.routeOf[after]!;
    let added = legsAdded;
    if (this.#weighsTime) {
      added += this.#timeAdded(stop, after);
      if (added >= candidates.added[route]!) return;
    }
    if (this.#hasRules && !this.#isPossible(stop, after)) return;
    if (this.#spans) {
      added += this.#spans.spanWith(stop, after) - this.#spans.spanOf(route);
      if (added >= candidates.added[route]!) return;
    }
    if (this.#lateness && !this.#spans) {
      added += this.#lateness.latenessWith(stop, after) - this.#routes.lateness[route]!;
      if (added >= candidates.added[route]!) return;
    }
    candidates.added[route] = added;
    candidates.behind[route] = after;
  }

  /** Whether every vehicle costs the same, so that a route may change between them as it stands. */
  get areCostsAlike(): boolean {
    const { types, hasExtras } = this.#routes.model;
    const { fixedCost, costPerMeter, costPerTravelSecond, costPerStaySecond } = types;
    const columns = [fixedCost, costPerMeter, costPerTravelSecond, costPerStaySecond];
    return !hasExtras && columns.every((column) => column.every((cost) => cost === column[0]));
  }

  /** Whether a vehicle that the route may have bears the stop behind a node of it, but for windows. */
  isBorne(stop: number, after: number): boolean {
    return this.scoreWith(stop, after) < Number.POSITIVE_INFINITY;
  }

  /** The score of a node's route with the stop behind that node, on the best vehicle for it. */
  scoreWith(stop: number, after: number): number {
    const routes = this.#routes;
    const { model, routeOf } = routes;
    const route = routeOf[after]!;
    const meters = routes.meters[route]! + this.#legsAdded(model.meters, routes.legMeters, stop, after);
    const seconds = model.hasOneMatrix
      ? meters
      : routes.seconds[route]! + this.#legsAdded(model.seconds, routes.legSeconds, stop, after);
    const stay = routes.stay[route]! + routes.stayAdded(stop, after, routes.next[after]!);
    const idle = this.#spans ? this.#spans.spanWith(stop, after) - seconds - stay : routes.idle[route]!;
    const lateness = this.#lateness ? this.#lateness.latenessWith(stop, after) : 0;
    return this.#choice.cheapestWith(stop, after, meters, seconds, stay, idle, lateness);
  }

  /** What the legs of a matrix grow by with the stop behind a node. */
  #legsAdded(matrices: Legs[], legs: Int32Array, stop: number, after: number): number {
    const { model, fromLocation, toLocation, next, routeOf, type } = this.#routes;
    const matrix = matrices[model.types.profile[type[routeOf[after]!]!]!]!;
    const at = model.location[stop]!;
    const legTo = matrix.between(fromLocation[after]!, at);
    return legTo + matrix.between(at, toLocation[next[after]!]!) - legs[after]!;
  }

  /** Weighted seconds of travel and stay with the stop behind a node, where they are no part of the meters. */
  #timeAdded(stop: number, after: number): number {
    const routes = this.#routes;
    const { scoring, model, next } = routes;
    const type = routes.type[routes.routeOf[after]!]!;
    const stay = model.hasSetup ? scoring.stayWeight[type]! * routes.stayAdded(stop, after, next[after]!) : 0;
    if (model.hasOneMatrix) return stay;
    return (
      stay + scoring.secondWeight[type]! * this.#legsAdded(model.seconds, routes.legSeconds, stop, after)
    );
  }

  #isPossible(stop: number, after: number): boolean {
    const { clock, locks, company, trips, tripOf } = this.#routes;
    if (trips && company && !company.agrees(tripOf[after]!, stop)) return false;
    if (locks && locks.isAhead[after] === 1) return false;
    if (clock && !clock.canInsert(stop, after)) return false;
    return !this.asksVehicle || this.isBorne(stop, after);
  }
}
