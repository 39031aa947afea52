import type { Legs } from "../legs.ts";
import { FillDiscount, metersAlone } from "./fill-discount.ts";
import type { Model } from "./model.ts";
import { scorePairAlone } from "./pair-alone.ts";
import type { Routes } from "./routes.ts";
import type { Company } from "./segments/company.ts";
import { bearsDrive } from "./segments/drive-limits.ts";

/** What a route would drive and stay with a pair, and the most that is on board between its stops, [dimension]. */
export type PairDetour = { meters: number; seconds: number; stay: number; load: Float64Array };

/**
 * Which type of vehicle should drive a route: the cheapest of the route's family that is free (or drives it already)
 * and bears it. An insertion that needs a larger vehicle so costs exactly what the larger vehicle costs more.
 */
export class VehicleChoice {
  /** The type that the last question ended with, -1 for none. */
  type = -1;
  /** What questions leave off the score, for as long as its share is above 0. */
  readonly discount: FillDiscount;
  /** Whether vehicles differ in size and cost, and cost is what counts. */
  readonly isMixed: boolean;
  /** 1 for the types that no route changes to and none begins on, [type]. */
  readonly isBarred: Uint8Array;
  readonly #routes: Routes;
  readonly #model: Model;
  readonly #company: Company | undefined;
  /** The score of each stop alone on an idle vehicle, Infinity where it cannot be, [stop * types + type]. */
  readonly #alone: Float64Array;

  constructor(routes: Routes) {
    this.#routes = routes;
    this.#model = routes.model;
    this.#company = routes.company;
    this.discount = new FillDiscount(routes);
    this.isMixed = routes.scoring.isCost && hasSeveralFleets(routes);
    this.isBarred = new Uint8Array(routes.model.types.count);
    this.#alone = new Float64Array(routes.model.customerCount * routes.model.types.count);
    this.rescoreAlone();
  }

  /** Brings the scores of stops alone up to date, after the scoring has changed. */
  rescoreAlone(): void {
    const { customerCount, types } = this.#model;
    for (let stop = 0; stop < customerCount; stop++) {
      for (let type = 0; type < types.count; type++) {
        this.#alone[stop * types.count + type] = this.#scoreAlone(stop, type);
      }
    }
  }

  /** The score of the stop alone on an idle vehicle of a type, Infinity where it cannot be. */
  scoreAlone(stop: number, type: number): number {
    return this.#alone[stop * this.#model.types.count + type]!;
  }

  /** The least score that the stop adds as the first on a free vehicle, one type left aside; Infinity for none. */
  cheapestIdle(stop: number, aside: number): number {
    const { count } = this.#model.types;
    const { free } = this.#routes;
    let best = Number.POSITIVE_INFINITY;
    this.type = -1;
    for (let type = 0; type < count; type++) {
      if (free[type]! === 0 || type === aside || this.isBarred[type] === 1) continue;
      let score = this.#alone[stop * count + type]!;
      if (this.discount.share > 0) {
        score -= this.discount.ofIdle(stop, type, metersAlone(this.#model, stop, type));
      }
      if (score >= best) continue;
      best = score;
      this.type = type;
    }
    return best;
  }

  /** The least score of the stop alone on any vehicle, free or not. */
  cheapestAlone(stop: number): number {
    const { count } = this.#model.types;
    return this.#alone.subarray(stop * count, (stop + 1) * count).reduce((a, b) => Math.min(a, b), Infinity);
  }

  /** Bars the types that are larger than one of them; -1: none. */
  barLarger(than: number): void {
    const { rank } = this.#model.types;
    for (let type = 0; type < rank.length; type++) {
      this.isBarred[type] = than >= 0 && rank[type]! > rank[than]! ? 1 : 0;
    }
  }

  /** Whether any vehicle, were it empty, could carry the stop, however long that took. */
  couldCarry(stop: number): boolean {
    const { count } = this.#model.types;
    for (let type = 0; type < count; type++) if (this.#carries(stop, type)) return true;
    return false;
  }

  /**
   * Whether some vehicle that the route may have takes the stop; where does not matter yet. Where it may load again,
   * so does the trip not matter yet: `boards` tells of that.
   */
  canTake(route: number, stop: number): boolean {
    if (this.#company && !this.#company.accepts(this.#routes, route, stop)) return false;
    return this.#model.reloads ? this.#someType(route, stop, -1) : this.boards(route, route, stop);
  }

  /** Whether some vehicle that the route may have has room for the stop on one of its trips. */
  boards(route: number, trip: number, stop: number): boolean {
    if (this.#company && !this.#company.agrees(trip, stop)) return false;
    return this.#someType(route, stop, trip);
  }

  /** Whether the route's vehicle, or one that it may have, could drive another trip. */
  mayAddTrip(route: number): boolean {
    const { family, mostTrips } = this.#model.types;
    const current = this.#routes.type[route]!;
    const trips = this.#routes.trips!.reloads[route]! + 1;
    return family[current]!.some((type) => trips < mostTrips[type]! && this.#isUsable(type, current));
  }

  /** `trip`: where there must be room; any room will do where it is -1. */
  #someType(route: number, stop: number, trip: number): boolean {
    const { family, count } = this.#model.types;
    if (count === 1) return this.#hasRoom(route, stop, 0, trip);
    const current = this.#routes.type[route]!;
    const types = family[current]!;
    // The dearest first: they have most room as a rule, and one that takes the stop is enough.
    for (let place = types.length - 1; place >= 0; place--) {
      const type = types[place]!;
      if (!(this.#isUsable(type, current) && this.#hasRoom(route, stop, type, trip))) continue;
      if (this.#allowsStops(route, type, current)) return true;
    }
    return false;
  }

  /** The least score of the route with the stop behind a node, given what it then drives, stays, idles and is late. */
  cheapestWith(
    stop: number,
    after: number,
    meters: number,
    seconds: number,
    stay: number,
    idle: number,
    lateness: number,
  ): number {
    const { types, hasMixedLoads, hasExtras } = this.#model;
    const { loads, routeOf, scoring } = this.#routes;
    const route = routeOf[after]!;
    const trip = this.#routes.tripOf[after]!;
    const current = this.#routes.type[route]!;
    const family = types.family[current]!;
    const areFixedCostsFloors = scoring.isCost && this.discount.share === 0;
    let best = Number.POSITIVE_INFINITY;
    this.type = -1;
    for (let place = 0; place < family.length; place++) {
      const type = family[place]!;
      // The family is in order of fixed cost, and the rest of a cost is not negative.
      if (areFixedCostsFloors && types.fixedCost[type]! >= best) break;
      if (!(this.#isUsable(type, current) && this.#hasRoom(route, stop, type, trip))) continue;
      if (hasMixedLoads && !loads.fitsBehind(after, stop, type)) continue;
      if (!bearsDrive(types, type, meters, seconds, stay)) continue;
      let score = scoring.score(type, meters, seconds, stay, idle);
      if (hasExtras) score += this.#scoreExtra(type, this.#routes.size[route]! + 1, lateness);
      if (this.discount.share > 0) score -= this.discount.of(route, stop, type, meters);
      if (score >= best || !this.#allowsStops(route, type, current)) continue;
      best = score;
      this.type = type;
    }
    return best;
  }

  /** The score of a route on its vehicle, less the discount. */
  scoreOf(route: number): number {
    const { score, type, meters } = this.#routes;
    if (this.discount.share === 0) return score[route]!;
    return score[route]! - this.discount.of(route, -1, type[route]!, meters[route]!);
  }

  /** The least score of a route with a pair that `detour` describes; Infinity when no vehicle bears it. */
  cheapestWithPair(route: number, pickup: number, detour: PairDetour): number {
    const { types, hasExtras } = this.#model;
    const { size, scoring } = this.#routes;
    const { meters, seconds, stay } = detour;
    const current = this.#routes.type[route]!;
    const family = types.family[current]!;
    let best = Number.POSITIVE_INFINITY;
    this.type = -1;
    for (let place = 0; place < family.length; place++) {
      const type = family[place]!;
      if (!this.#isUsable(type, current) || size[route]! + 2 > types.maxStops[type]!) continue;
      if (!this.#allowsUnit(pickup, type) || !this.#carriesWith(route, type, detour)) continue;
      if (!bearsDrive(types, type, meters, seconds, stay)) continue;
      let score = scoring.score(type, meters, seconds, stay, 0);
      if (hasExtras) score += this.#scoreExtra(type, size[route]! + 2, 0);
      if (score >= best || !this.#allowsStops(route, type, current)) continue;
      best = score;
      this.type = type;
    }
    return best;
  }

  /**
   * The least score of the route as it stands; Infinity when no vehicle bears it. `refresh` comes first. `added`: a
   * stop that the vehicle was not chosen for yet, nor for the other of its pair.
   */
  cheapestAsIs(route: number, added = -1): number {
    const { types, hasExtras } = this.#model;
    const { loads, size, meters, seconds, stay, idle, lateness, scoring, clock } = this.#routes;
    const current = this.#routes.type[route]!;
    const family = types.family[current]!;
    let best = Number.POSITIVE_INFINITY;
    this.type = -1;
    if (clock && !clock.holds(route)) return best;
    for (let place = 0; place < family.length; place++) {
      const type = family[place]!;
      if (!this.#isUsable(type, current) || size[route]! > types.maxStops[type]!) continue;
      if (!this.#bearsTrips(route, type) || !loads.holds(this.#routes, route, type)) continue;
      if (added >= 0 && !this.#allowsUnit(added, type)) continue;
      if (!bearsDrive(types, type, meters[route]!, seconds[route]!, stay[route]!)) continue;
      let score = scoring.score(type, meters[route]!, seconds[route]!, stay[route]!, idle[route]!);
      if (hasExtras) score += this.#scoreExtra(type, size[route]!, lateness[route]!);
      if (score >= best || !this.#allowsStops(route, type, current)) continue;
      best = score;
      this.type = type;
    }
    return best;
  }

  #scoreExtra(type: number, stops: number, lateness: number): number {
    return this.#routes.scoring.scoreExtra(lateness + this.#model.types.costPerStop[type]! * stops);
  }

  /** Whether the type may serve the stop, and the other of its pair. */
  #allowsUnit(stop: number, type: number): boolean {
    const { isRestricted, pairs, types } = this.#model;
    if (!isRestricted) return true;
    const other = pairs ? pairs.partner[stop]! : -1;
    const { isAllowed, count } = types;
    return isAllowed[stop * count + type] === 1 && (other < 0 || isAllowed[other * count + type] === 1);
  }

  #carriesWith(route: number, type: number, { load }: PairDetour): boolean {
    const { types, dimensions, hasMixedLoads } = this.#model;
    if (!hasMixedLoads) return true;
    for (let d = 0; d < dimensions; d++) {
      if (load[d]! > types.capacity[type * dimensions + d]!) return false;
    }
    return this.#routes.loads.holds(this.#routes, route, type);
  }

  #isUsable(type: number, current: number): boolean {
    return type === current || (this.#routes.free[type]! > 0 && this.isBarred[type] === 0);
  }

  #hasRoom(route: number, stop: number, type: number, trip: number): boolean {
    const { types, isRestricted } = this.#model;
    if (isRestricted && types.isAllowed[stop * types.count + type] === 0) return false;
    if (this.#routes.size[route]! >= types.maxStops[type]! || !this.#bearsTrips(route, type)) return false;
    return trip < 0 || this.#routes.loads.fits(trip, stop, type);
  }

  /** Whether the type drives as many trips, and carries those that another vehicle was chosen for. */
  #bearsTrips(route: number, type: number): boolean {
    const { trips, loads } = this.#routes;
    if (trips === undefined) return true;
    if (trips.reloads[route]! >= this.#model.types.mostTrips[type]!) return false;
    const isKnown = trips.reloads[route] === 0 || type === this.#routes.type[route];
    return isKnown || loads.holds(this.#routes, route, type);
  }

  /** Whether the stops of the route are all for the type; those of its own type always are. */
  #allowsStops(route: number, type: number, current: number): boolean {
    const { allowed } = this.#routes;
    return !allowed || type === current || allowed.bears(route, type);
  }

  #scoreAlone(stop: number, type: number): number {
    const { types, location } = this.#model;
    const { clock, scoring } = this.#routes;
    if (!this.#carries(stop, type)) return Infinity;
    if (this.#isOfPair(stop)) return scorePairAlone(this.#routes, stop, type);
    const profile = types.profile[type]!;
    const start = types.startLocation[type]!;
    const at = location[stop]!;
    const end = types.endLocation[type]!;
    const alone = (legs: Legs): number => legs.between(start, at) + legs.between(at, end);
    const [meters, seconds] = [alone(this.#model.meters[profile]!), alone(this.#model.seconds[profile]!)];
    const stay = this.#routes.stayOf(stop, start, type);
    if (!bearsDrive(types, type, meters, seconds, stay)) return Infinity;
    if (!clock) return scoring.score(type, meters, seconds, stay, 0) + this.#scoreExtra(type, 1, 0);
    if (!clock.tryAlone(stop, type)) return Infinity;
    const { span, lateness } = clock.alone;
    const score = scoring.score(type, meters, seconds, stay, span - seconds - stay);
    return score + this.#scoreExtra(type, 1, lateness);
  }

  #isOfPair(stop: number): boolean {
    const { pairs } = this.#model;
    return pairs !== undefined && pairs.partner[stop]! >= 0;
  }

  /** Whether an empty vehicle of the type has room for the stop, and for the other of its pair. */
  #carries(stop: number, type: number): boolean {
    const { pairs, types } = this.#model;
    if (!this.#carriesAlone(stop, type)) return false;
    const partner = pairs ? pairs.partner[stop]! : -1;
    return partner < 0 || (types.maxStops[type]! > 1 && this.#carriesAlone(partner, type));
  }

  #carriesAlone(stop: number, type: number): boolean {
    const { types, problem, dimensions } = this.#model;
    const { delivery, pickup } = problem.stops;
    if (this.#company?.isTorn(stop)) return false;
    if (types.isAllowed[stop * types.count + type] === 0 || types.maxStops[type]! < 1) return false;
    for (let d = 0; d < dimensions; d++) {
      const most = Math.max(delivery[stop * dimensions + d]!, pickup[stop * dimensions + d]!);
      if (most > types.capacity[type * dimensions + d]!) return false;
    }
    return true;
  }
}

function hasSeveralFleets({ model, scoring }: Routes): boolean {
  const { rank, fixedCost } = model.types;
  const costs = [fixedCost, scoring.meterWeight, scoring.secondWeight, scoring.stayWeight];
  return rank.some((size) => size > 0) && costs.some((column) => column.some((cost) => cost !== column[0]));
}
