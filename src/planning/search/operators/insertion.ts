import type { Neighbours } from "../neighbours.ts";
import type { Random } from "../random.ts";
import type { Routes } from "../routes.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { createAlikeScan } from "./alike-scan.ts";
import { Blink } from "./blink.ts";
import { type Candidates, createCandidates, nextQuestion } from "./candidates.ts";
import { createNeighbourScan, createRouteScan } from "./neighbour-scan.ts";
import { NewTrips } from "./new-trips.ts";
import { Positions } from "./positions.ts";
import { createTripScan } from "./trip-scan.ts";
import { createWindowScans } from "./window-scan.ts";

/** How often a type of idle vehicle is overlooked. */
export const asideRate = 0.1;

/** What an insertion is made from. `reach`: how many neighbours of a stop it looks at. */
export type InsertionParts = {
  routes: Routes;
  choice: VehicleChoice;
  neighbours: Neighbours;
  reach: number;
  random: Random;
};

/**
 * Finds the cheapest place for one stop: the best position on each route that may take it, then the route and the
 * vehicle with the least score. Positions are tried beside the stop's nearest neighbours, everywhere only on demand.
 */
export class Insertion {
  /** The place found last: the score it adds, the node it is behind (-1: none), and the vehicle type it takes. */
  score = Number.POSITIVE_INFINITY;
  after = -1;
  type = -1;
  /** What share of its cost a stop is taken to pay that opens a route: those that follow would pay the rest. */
  entry = 1;
  /** Whether the place is a trip of its own, for which the vehicle loads again. */
  isNewTrip = false;
  readonly #routes: Routes;
  readonly #choice: VehicleChoice;
  readonly #random: Random;
  readonly #reach: number;
  readonly #candidates: Candidates;
  readonly #positions: Positions;
  readonly #scanNeighbours: (stop: number) => void;
  /** What a way costs at least on another vehicle of the family, in proportion, [type]. */
  readonly #leastShare: Float64Array;
  readonly #scanRoute: (stop: number, route: number) => void;
  /** Only where vehicles may load again. */
  readonly #newTrips: NewTrips | undefined;
  readonly #scanTrips: ((stop: number) => void) | undefined;
  /** Only where it gives the same answer sooner. */
  readonly #scanAlike: ((stop: number) => number) | undefined;
  readonly #scanWindows: ((stop: number) => number) | undefined;

  constructor(parts: InsertionParts) {
    const { routes, choice } = parts;
    this.#routes = routes;
    this.#choice = choice;
    this.#random = parts.random;
    this.#reach = parts.reach;
    this.#candidates = createCandidates(routes.model.routeCount);
    this.#positions = new Positions(routes, choice, this.#candidates);
    this.#leastShare = leastShares(routes);
    const blink = new Blink(parts.random);
    const scan = { ...parts, blink, candidates: this.#candidates, positions: this.#positions };
    this.#scanNeighbours = createNeighbourScan(scan);
    this.#scanAlike = createAlikeScan(scan);
    const windowScans = createWindowScans(scan);
    this.#scanWindows = windowScans?.near;
    this.#scanRoute = windowScans?.route ?? createRouteScan(scan);
    this.#scanTrips = createTripScan(scan);
    this.#newTrips = routes.trips && new NewTrips(routes, routes.trips, choice);
  }

  /** Looks beside the nearest neighbours and at idle vehicles; along every route only when that gives nothing. */
  find(stop: number): boolean {
    this.#begin();
    if (this.#scanAlike) this.#takeAlike(this.#scanAlike(stop));
    else if (this.#scanWindows) this.#take(stop, this.#scanWindows(stop));
    else if (!this.#isLocked(stop)) (this.#scanTrips ?? this.#scanNeighbours)(stop);
    this.#settle(stop);
    this.#tryTrips(stop, this.#routes.opened);
    this.#tryIdle(stop, this.#drawAside());
    return this.after >= 0 || this.findAnywhere(stop);
  }

  /** Looks along the routes touched since `begin`, and at idle vehicles: all that is new to a stop left out before. */
  findAmongTouched(stop: number): boolean {
    const { touched, touchedCount } = this.#routes;
    this.#begin();
    if (this.#scanWindows && this.#hasLongTouched()) this.#take(stop, this.#scanWindows(stop));
    else for (let place = 0; place < touchedCount; place++) this.#tryRoute(touched[place]!, stop);
    this.#settle(stop);
    this.#tryTrips(stop, touchedCount, touched);
    this.#tryIdle(stop);
    return this.after >= 0;
  }

  /** Whether it takes longer to look along the routes touched than beside the neighbours. */
  #hasLongTouched(): boolean {
    const { touched, touchedCount, size } = this.#routes;
    let positions = 0;
    for (let place = 0; place < touchedCount; place++) positions += size[touched[place]!]!;
    return positions > this.#reach;
  }

  /** Looks everywhere and never blinks. */
  findAnywhere(stop: number): boolean {
    this.#tryEveryRoute(stop);
    this.#tryTrips(stop, this.#routes.opened);
    this.#tryIdle(stop);
    return this.after >= 0;
  }

  /** Looks along one route only. */
  findOn(route: number, stop: number): boolean {
    this.#begin();
    this.#tryRoute(route, stop);
    this.#settle(stop);
    this.#tryTrips(stop, 1, [route]);
    return this.after >= 0;
  }

  /** Stands for a place found on an idle vehicle of a type, as the first stop of a route. */
  open(route: number, type: number): void {
    this.#begin();
    this.after = this.#routes.model.stopCount + route;
    this.type = type;
  }

  /** Puts the stop where it was found to fit. */
  apply(stop: number): void {
    const routes = this.#routes;
    const route = routes.routeOf[this.after]!;
    routes.setType(route, this.type);
    if (this.isNewTrip) {
      this.#newTrips!.link(stop);
      routes.refresh(route);
    } else {
      routes.link(stop, this.after);
      routes.refresh(route, stop);
    }
    routes.rescore(route);
  }

  #begin(): void {
    nextQuestion(this.#candidates);
    this.score = Number.POSITIVE_INFINITY;
    this.after = -1;
    this.type = -1;
    this.isNewTrip = false;
  }

  #tryEveryRoute(stop: number): void {
    const { opened } = this.#routes;
    this.#begin();
    for (let route = 0; route < opened; route++) this.#tryRoute(route, stop);
    this.#settle(stop);
  }

  #tryRoute(route: number, stop: number): void {
    if (this.#routes.size[route]! > 0 && this.#positions.open(route, stop)) this.#scanRoute(stop, route);
  }

  /** Looks for a new trip on some routes, on all of the first ones where no list is given. */
  #tryTrips(stop: number, count: number, routes?: ArrayLike<number>): void {
    const newTrips = this.#newTrips;
    if (!newTrips) return;
    newTrips.begin(this.score);
    for (let place = 0; place < count; place++) newTrips.weigh(routes ? routes[place]! : place, stop);
    if (!newTrips.settle(stop)) return;
    this.score = newTrips.score;
    this.after = newTrips.after;
    this.type = newTrips.type;
    this.isNewTrip = true;
  }

  #tryIdle(stop: number, aside = -1): void {
    const locks = this.#routes.locks;
    if (locks && locks.positionOf(stop) > 1) return;
    const score = this.entry * this.#choice.cheapestIdle(stop, aside);
    if (score >= this.score) return;
    const route = this.#routes.idleRoute();
    if (route < 0) return;
    this.score = score;
    this.after = this.#routes.model.stopCount + route;
    this.type = this.#choice.type;
    this.isNewTrip = false;
  }

  /** Chooses between the candidates by what they do to the score. */
  #settle(stop: number): void {
    const { routes, count, added, behind } = this.#candidates;
    for (let place = 0; place < count; place++) {
      const route = routes[place]!;
      const more = added[route]!;
      if (more === Number.POSITIVE_INFINITY || this.#isTooDear(route, more)) continue;
      this.#take(stop, behind[route]!);
    }
  }

  /**
   * Whether the way added costs too much even on the vehicle of the family that drives it for least: a route has the
   * cheapest vehicle that bears it, so changing it gains nothing besides.
   */
  #isTooDear(route: number, more: number): boolean {
    if (more <= 0 || this.#choice.discount.share > 0) return false;
    return more * this.#leastShare[this.#routes.type[route]!]! >= this.score;
  }

  #take(stop: number, after: number): void {
    if (after < 0) return;
    const score = this.#positions.scoreWith(stop, after) - this.#choice.scoreOf(this.#routes.routeOf[after]!);
    if (score >= this.score) return;
    this.score = score;
    this.after = after;
    this.type = this.#choice.type;
  }

  /** Stands for what the scan of routes that are all alike has found. */
  #takeAlike(after: number): void {
    if (after < 0) return;
    this.score = this.#candidates.least;
    this.after = after;
    this.type = 0;
  }

  #isLocked(stop: number): boolean {
    const locks = this.#routes.locks;
    return locks !== undefined && locks.positionOf(stop) > 0;
  }

  /** Now and then a type of vehicle is overlooked, so that routes begin on others too; -1: none is. */
  #drawAside(): number {
    const { count } = this.#routes.model.types;
    if (count === 1 || this.#random.fraction() >= asideRate) return -1;
    return this.#random.below(count);
  }
}

function leastShares({ model, scoring }: Routes): Float64Array {
  const { family, count } = model.types;
  const columns = [scoring.meterWeight, scoring.secondWeight, scoring.stayWeight];
  return Float64Array.from({ length: count }, (_, type) => {
    if (!scoring.isCost) return 0;
    const shares = [...family[type]!].flatMap((other) =>
      columns.map((weights) => (weights[type] === 0 ? 1 : weights[other]! / weights[type]!)),
    );
    return Math.min(1, ...shares);
  });
}
