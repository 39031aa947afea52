import type { Neighbours } from "../neighbours.ts";
import type { Routes } from "../routes.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import type { Insertion } from "./insertion.ts";
import type { PairInsertion } from "./pair-insertion.ts";

/** How many neighbours of each stop of a group are looked at for routes to try. */
const reach = 20;

/** What groups are placed with. */
export type GroupPlacementParts = {
  routes: Routes;
  choice: VehicleChoice;
  neighbours: Neighbours;
  insertion: Insertion;
  /** Only where there are pairs. */
  pairs: PairInsertion | undefined;
  /** What serving each stop may cost; undefined where all must be served, [stop]. */
  worth: Float64Array | undefined;
};

/**
 * Puts groups of stops that must ride together on one route, each stop where it costs least there, the group where
 * all cost least. Routes near the group and idle vehicles are tried first, all others when none of them will do.
 */
export class GroupPlacement {
  readonly #routes: Routes;
  readonly #choice: VehicleChoice;
  readonly #neighbours: Neighbours;
  readonly #insertion: Insertion;
  readonly #pairs: PairInsertion | undefined;
  readonly #mates: readonly (Int32Array | undefined)[];
  readonly #worth: Float64Array | undefined;
  /** The question in which a route was tried last, [route]. */
  readonly #triedIn: Int32Array;
  #question = 0;
  #best = { route: -1, type: -1, score: Number.POSITIVE_INFINITY };

  constructor({ routes, choice, neighbours, insertion, pairs, worth }: GroupPlacementParts) {
    this.#routes = routes;
    this.#choice = choice;
    this.#neighbours = neighbours;
    this.#insertion = insertion;
    this.#pairs = pairs;
    this.#mates = routes.company?.mates ?? [];
    this.#worth = worth;
    this.#triedIn = new Int32Array(routes.model.routeCount);
  }

  /** Whether the stop rides with others. */
  isGrouped(stop: number): boolean {
    return this.#mates[stop] !== undefined;
  }

  /** Puts a stop beside its group, or the whole group, of which none rides yet, where that is worth it. */
  place(stop: number, generosity: number): boolean {
    const { company, routeOf } = this.#routes;
    const home = company!.routeOfMates(routeOf, stop);
    if (home >= 0) return this.#put(stop, home);
    const mates = this.#mates[stop]!;
    this.#question++;
    this.#best = { route: -1, type: -1, score: generosity * this.#worthOf(mates) };
    this.#tryNear(mates);
    this.#tryIdle(mates);
    if (this.#best.route < 0) this.#tryAll(mates);
    const { route, type } = this.#best;
    return route >= 0 && this.#putAll(mates, route, type);
  }

  #tryNear(mates: Int32Array): void {
    const { width, stops } = this.#neighbours;
    for (const mate of mates) {
      for (let rank = 0; rank < Math.min(reach, width); rank++) {
        const route = this.#routes.routeOf[stops[mate * width + rank]!]!;
        if (route >= 0) this.#try(mates, route, -1);
      }
    }
  }

  #tryAll(mates: Int32Array): void {
    const { opened, size } = this.#routes;
    for (let route = 0; route < opened; route++) if (size[route]! > 0) this.#try(mates, route, -1);
  }

  #tryIdle(mates: Int32Array): void {
    const route = this.#routes.idleRoute();
    if (route < 0) return;
    for (let type = 0; type < this.#routes.model.types.count; type++) {
      this.#triedIn[route] = 0;
      if (this.#routes.free[type]! > 0) this.#try(mates, route, type);
    }
  }

  /** Puts the group on a route and takes it back; keeps the route in mind if that scores best. */
  #try(mates: Int32Array, route: number, type: number): void {
    if (this.#triedIn[route] === this.#question) return;
    this.#triedIn[route] = this.#question;
    const routes = this.#routes;
    const before = routes.total;
    routes.mark(route);
    const isOn = this.#putAll(mates, route, type);
    const score = routes.total - before;
    routes.takeBack(route);
    if (isOn && score < this.#best.score) this.#best = { route, type, score };
  }

  /** `type`: that of the vehicle which an idle route begins with, -1 where the route is in use. */
  #putAll(mates: Int32Array, route: number, type: number): boolean {
    let isFirst = type >= 0;
    for (const mate of mates) {
      // It rides along with its pickup.
      if (this.#routes.model.pairs?.isDelivery[mate] === 1) continue;
      const isOn = isFirst ? this.#open(mate, route, type) : this.#put(mate, route);
      if (!isOn) return false;
      isFirst = false;
    }
    return true;
  }

  #open(stop: number, route: number, type: number): boolean {
    if (this.#choice.scoreAlone(stop, type) === Number.POSITIVE_INFINITY) return false;
    if ((this.#routes.locks?.positionOf(stop) ?? 0) > 1) return false;
    const insertion = this.#insertionOf(stop);
    insertion.open(route, type);
    insertion.apply(stop);
    return true;
  }

  #put(stop: number, route: number): boolean {
    const insertion = this.#insertionOf(stop);
    if (!insertion.findOn(route, stop)) return false;
    insertion.apply(stop);
    return true;
  }

  #insertionOf(stop: number): Insertion | PairInsertion {
    return this.#pairs?.isPickup(stop) ? this.#pairs : this.#insertion;
  }

  #worthOf(mates: Int32Array): number {
    const worth = this.#worth;
    if (!worth) return Number.POSITIVE_INFINITY;
    let sum = 0;
    for (const mate of mates) sum += worth[mate]!;
    return sum;
  }
}
