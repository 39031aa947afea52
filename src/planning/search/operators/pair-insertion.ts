import type { Neighbours } from "../neighbours.ts";
import type { Random } from "../random.ts";
import type { Routes } from "../routes.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { asideRate } from "./insertion.ts";
import { linkPair, noPlace, type PairScan } from "./pair-place.ts";
import { createPairTrial } from "./pair-trial.ts";
import { createPairWalk } from "./pair-walk.ts";

/** How many neighbours of each of its two stops are looked at for routes that may take a pair. */
const reach = 40;

/** What a pair insertion is made from. */
export type PairInsertionParts = {
  routes: Routes;
  choice: VehicleChoice;
  neighbours: Neighbours;
  random: Random;
};

/**
 * Finds the cheapest place for a pair: both stops on one route, the pickup first. Routes near either stop and idle
 * vehicles are looked at, all others only on demand. It is to pairs what `Insertion` is to single stops.
 */
export class PairInsertion {
  readonly #routes: Routes;
  readonly #choice: VehicleChoice;
  readonly #neighbours: Neighbours;
  readonly #random: Random;
  readonly #partner: Int32Array;
  readonly #isDelivery: Uint8Array;
  readonly #scan: PairScan;
  /** The question in which a route was looked at last, [route]. */
  readonly #metIn: Int32Array;
  #question = 0;
  readonly #best = noPlace();

  constructor(parts: PairInsertionParts) {
    const { routes, choice, neighbours, random } = parts;
    const { partner, isDelivery } = routes.model.pairs!;
    this.#routes = routes;
    this.#choice = choice;
    this.#neighbours = neighbours;
    this.#random = random;
    this.#partner = partner;
    this.#isDelivery = isDelivery;
    this.#scan = createPairWalk(parts) ?? createPairTrial(parts);
    this.#metIn = new Int32Array(routes.model.routeCount);
  }

  /** What the place found last adds to the score; Infinity when there is none. */
  get score(): number {
    return this.#best.score;
  }

  /** Whether the stop is the pickup of a pair. */
  isPickup(stop: number): boolean {
    return this.#partner[stop]! >= 0 && this.#isDelivery[stop] === 0;
  }

  /** Looks at the routes near by and at idle vehicles; at every route only when that gives nothing. */
  find(pickup: number): boolean {
    this.#begin();
    this.#tryNear(pickup);
    if (this.#best.after < 0) this.#tryEveryRoute(pickup);
    this.#tryIdle(pickup, this.#drawAside());
    if (this.#best.after < 0) this.#tryIdle(pickup);
    return this.#best.after >= 0;
  }

  /** Looks at the routes touched since `begin`, and at idle vehicles. */
  findAmongTouched(pickup: number): boolean {
    const { touched, touchedCount } = this.#routes;
    this.#begin();
    for (let place = 0; place < touchedCount; place++) this.#tryRoute(touched[place]!, pickup);
    this.#tryIdle(pickup);
    return this.#best.after >= 0;
  }

  /** Looks everywhere, and passes nothing over that may be in time. */
  findAnywhere(pickup: number): boolean {
    this.#begin();
    this.#best.isThorough = true;
    this.#tryEveryRoute(pickup);
    this.#tryIdle(pickup);
    return this.#best.after >= 0;
  }

  /** Looks at one route only. */
  findOn(route: number, pickup: number): boolean {
    this.#begin();
    this.#tryRoute(route, pickup);
    return this.#best.after >= 0;
  }

  /** Stands for a place found on an idle vehicle of a type, as the first stops of a route. */
  open(route: number, type: number): void {
    this.#begin();
    this.#best.after = this.#routes.model.stopCount + route;
    this.#best.type = type;
  }

  /** Puts the pair where it was found to fit. */
  apply(pickup: number): void {
    const routes = this.#routes;
    const { after, type } = this.#best;
    const route = routes.routeOf[after]!;
    routes.setType(route, type);
    linkPair(routes, pickup, this.#best);
    routes.refresh(route);
    routes.rescore(route);
  }

  #begin(): void {
    this.#question++;
    this.#best.score = Number.POSITIVE_INFINITY;
    this.#best.after = -1;
    this.#best.afterDelivery = -1;
    this.#best.type = -1;
    this.#best.newTrip = "none";
    this.#best.isThorough = false;
  }

  #tryNear(pickup: number): void {
    const { width, stops } = this.#neighbours;
    const { routeOf } = this.#routes;
    const delivery = this.#partner[pickup]!;
    for (let rank = 0; rank < Math.min(reach, width); rank++) {
      this.#tryRoute(routeOf[stops[pickup * width + rank]!]!, pickup);
      this.#tryRoute(routeOf[stops[delivery * width + rank]!]!, pickup);
    }
  }

  #tryEveryRoute(pickup: number): void {
    const { opened } = this.#routes;
    for (let route = 0; route < opened; route++) this.#tryRoute(route, pickup);
  }

  #tryRoute(route: number, pickup: number): void {
    if (route < 0 || this.#metIn[route] === this.#question || this.#routes.size[route] === 0) return;
    this.#metIn[route] = this.#question;
    const delivery = this.#partner[pickup]!;
    if (!this.#choice.canTake(route, pickup) || !this.#choice.canTake(route, delivery)) return;
    this.#scan(pickup, route, this.#best);
  }

  #tryIdle(pickup: number, aside = -1): void {
    const score = this.#choice.cheapestIdle(pickup, aside);
    if (score >= this.#best.score) return;
    const route = this.#routes.idleRoute();
    if (route < 0) return;
    this.#best.score = score;
    this.#best.after = this.#routes.model.stopCount + route;
    this.#best.afterDelivery = pickup;
    this.#best.type = this.#choice.type;
    this.#best.newTrip = "none";
  }

  /** As for single stops: now and then a type of idle vehicle is overlooked. */
  #drawAside(): number {
    const { count } = this.#routes.model.types;
    if (count === 1 || this.#random.fraction() >= asideRate) return -1;
    return this.#random.below(count);
  }
}
