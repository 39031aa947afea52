import type { Legs } from "../legs.ts";
import { type ChangeLog, change, createLog, figure } from "./change-log.ts";
import type { Model } from "./model.ts";
import { Scoring } from "./scoring.ts";
import { AllowedTypes } from "./segments/allowed-types.ts";
import { createClock, type RouteClock } from "./segments/clock.ts";
import { Company } from "./segments/company.ts";
import { Loads } from "./segments/load.ts";
import { LockedPositions } from "./segments/locked-positions.ts";
import { Trips } from "./segments/trips.ts";

/**
 * All routes as doubly linked lists, the one state that the search changes.
 *
 * Nodes 0 .. stopCount - 1 are the stops, of which those from customerCount on are where vehicles load again; node
 * stopCount + r is route r's own, at both its ends. Every change since
 * `begin` is logged, and `undo` takes all of them back in time that depends on the changes alone.
 */
export class Routes {
  readonly model: Model;
  readonly scoring: Scoring;
  readonly loads: Loads;
  /** Only where it matters when routes are where. */
  readonly clock: RouteClock | undefined;
  /** Only where stops have locked positions. */
  readonly locks: LockedPositions | undefined;
  /** Only where stops must or must not ride together. */
  readonly company: Company | undefined;
  /** Only where some stops are not for every vehicle. */
  readonly allowed: AllowedTypes | undefined;
  /** Only where vehicles may load again. */
  readonly trips: Trips | undefined;

  readonly next: Int32Array; // [node]
  readonly previous: Int32Array; // [node]
  /** -1 for a stop that no route visits, [node]. */
  readonly routeOf: Int32Array;
  /** The trip of each stop and of the node that begins it: without reloads the route, [node]. */
  readonly tripOf: Int32Array;
  /** Where a node is left from and come to: these differ on routes that end elsewhere, [node]. */
  readonly fromLocation: Int32Array;
  readonly toLocation: Int32Array;
  /** The leg from the node to the next; one array where the model has one matrix, [node]. */
  readonly legMeters: Int32Array;
  readonly legSeconds: Int32Array;

  /** Stops on the route, [route]. */
  readonly size: Int32Array;
  /** Stops on the trip: without reloads `size`, [trip]. */
  readonly tripSize: Int32Array;
  /** Vehicle type, -1 while the route is empty, [route]. */
  readonly type: Int32Array;
  readonly meters: Float64Array; // [route]
  readonly seconds: Float64Array; // [route]
  readonly stay: Float64Array; // seconds of set-up and service, [route]
  readonly idle: Float64Array; // seconds that the objective counts besides, [route]
  readonly lateness: Float64Array; // cost of service that begins late, [route]
  readonly score: Float64Array; // [route]
  /** Vehicles that no route uses, [type]. */
  readonly free: Int32Array;

  /** Sum of the routes' scores. */
  total = 0;
  used = 0;
  /** No more routes than this are opened. */
  mostUsed: number;
  /** Routes from this one on were never used. */
  opened = 0;

  /** Routes changed since `begin`: the first `touchedCount` entries. */
  readonly touched: Int32Array;
  touchedCount = 0;
  readonly #customerCount: number;
  readonly #location: Int32Array;
  /** The times of all types, or of the first. */
  readonly #serviceSeconds: Float64Array; // [stop]
  readonly #setupSeconds: Float64Array; // [stop]
  readonly #hasOneService: boolean;
  readonly #hasSetup: boolean;
  readonly #hasOneMatrix: boolean;
  readonly #isSymmetric: boolean;
  readonly #profile: Int32Array; // [type]
  readonly #log: ChangeLog;
  readonly #touchedIn: Int32Array; // round of the last change, [route]
  #round = 1;
  #totalBefore = 0;
  #usedBefore = 0;
  /** What `takeBack` needs, for each attempt that is under way. */
  readonly #marks = [newMark(), newMark()];
  #attempts = 0;
  #idleSlot = 0;

  constructor(model: Model) {
    const { stopCount, routeCount } = model;
    const nodes = stopCount + routeCount;
    this.model = model;
    this.scoring = new Scoring(model);
    this.loads = new Loads(model);
    this.next = new Int32Array(nodes);
    this.previous = new Int32Array(nodes);
    this.routeOf = new Int32Array(nodes).fill(-1);
    this.fromLocation = new Int32Array(nodes);
    this.toLocation = new Int32Array(nodes);
    this.legMeters = new Int32Array(nodes);
    this.legSeconds = model.hasOneMatrix ? this.legMeters : new Int32Array(nodes);
    this.size = new Int32Array(routeCount);
    this.trips = model.reloads && new Trips(model, model.reloads);
    this.tripOf = this.trips?.tripOf ?? this.routeOf;
    this.tripSize = this.trips?.size ?? this.size;
    this.type = new Int32Array(routeCount).fill(-1);
    this.meters = new Float64Array(routeCount);
    this.seconds = model.hasOneMatrix ? this.meters : new Float64Array(routeCount);
    this.stay = new Float64Array(routeCount);
    this.idle = new Float64Array(routeCount);
    this.lateness = new Float64Array(routeCount);
    this.score = new Float64Array(routeCount);
    this.free = model.types.available.slice();
    this.mostUsed = routeCount;
    this.touched = new Int32Array(routeCount);
    this.#touchedIn = new Int32Array(routeCount);
    this.#customerCount = model.customerCount;
    this.#location = model.location;
    const { serviceSeconds, setupSeconds } = model.services[0] ?? model.problem.stops;
    this.#serviceSeconds = serviceSeconds;
    this.#setupSeconds = setupSeconds;
    this.#hasOneService = model.hasOneService;
    this.#hasSetup = model.hasSetup;
    this.#hasOneMatrix = model.hasOneMatrix;
    this.#isSymmetric = model.hasOneMatrix && model.isSymmetric;
    this.#profile = model.types.profile;
    const sides = model.hasGroups || model.pairs ? 4 : 2;
    this.#log = createLog(stopCount, routeCount, sides * (model.reloads ? 2 : 1));
    this.fromLocation.set(model.location);
    this.toLocation.set(model.location);
    for (let route = 0; route < routeCount; route++) {
      const home = stopCount + route;
      this.next[home] = home;
      this.previous[home] = home;
      this.routeOf[home] = route;
    }
    this.clock = model.hasWindows ? createClock(model, this) : undefined;
    this.locks = model.hasLocks ? new LockedPositions(model) : undefined;
    this.company = model.hasCompany ? new Company(model) : undefined;
    this.allowed = model.isRestricted ? new AllowedTypes(model.types, routeCount) : undefined;
  }

  /** Starts a round: what changes from here on can be undone. A stop changes sides twice a round, in groups and pairs 4 times. */
  begin(): void {
    this.#round++;
    this.#log.changes = 0;
    this.clock?.begin();
    this.touchedCount = 0;
    this.#totalBefore = this.total;
    this.#usedBefore = this.used;
  }

  isTouched(route: number): boolean {
    return this.#touchedIn[route] === this.#round;
  }

  /** Whether a stop has joined or left the trip since `begin`; without reloads whether its route was touched. */
  isTripTouched(trip: number): boolean {
    return (this.trips?.touchedIn ?? this.#touchedIn)[trip] === this.#round;
  }

  /** Seconds of the legs that the route drives. */
  secondsOf(route: number): Legs {
    return this.#legsOf(route, this.model.seconds);
  }

  /** Set-up and service of a stop whose vehicle comes from a location, by the vehicle's type, seconds. */
  stayOf(stop: number, from: number, type: number): number {
    if (!this.#hasOneService) return this.#stayOnType(stop, from, type);
    const service = this.#serviceSeconds[stop]!;
    return this.#location[stop] === from ? service : service + this.#setupSeconds[stop]!;
  }

  /** Seconds of stay that a stop between two neighbouring nodes adds to their route. */
  stayAdded(stop: number, after: number, before: number): number {
    if (!this.#hasSetup && this.#hasOneService) return this.#serviceSeconds[stop]!;
    const type = this.type[this.routeOf[after]!]!;
    const from = this.fromLocation[after]!;
    const added = this.stayOf(stop, from, type);
    if (before >= this.model.stopCount) return added;
    return added + this.stayOf(before, this.#location[stop]!, type) - this.stayOf(before, from, type);
  }

  /** Puts an unvisited stop behind a node of a route that has a type. `refresh` and `rescore` are due then. */
  link(stop: number, after: number): void {
    const { legMeters, legSeconds } = this;
    const route = this.routeOf[after]!;
    const before = this.next[after]!;
    this.#touch(route);
    this.#record(stop, after, 1);
    this.stay[route]! += this.stayAdded(stop, after, before);
    const at = this.#location[stop]!;
    const from = this.fromLocation[after]!;
    // Where a leg is as long back as forth, the stop's own row of the matrix is the one just read.
    const to = this.toLocation[before]!;
    const meters = this.#legsOf(route, this.model.meters);
    const metersTo = this.#isSymmetric ? meters.between(at, from) : meters.between(from, at);
    const metersFrom = meters.between(at, to);
    this.meters[route]! += metersTo + metersFrom - legMeters[after]!;
    this.#join(after, stop, metersTo);
    this.#join(stop, before, metersFrom);
    if (!this.#hasOneMatrix) {
      const seconds = this.#legsOf(route, this.model.seconds);
      const [secondsTo, secondsFrom] = [seconds.between(from, at), seconds.between(at, to)];
      this.seconds[route]! += secondsTo + secondsFrom - legSeconds[after]!;
      legSeconds[after] = secondsTo;
      legSeconds[stop] = secondsFrom;
    }
    this.routeOf[stop] = route;
    if (stop >= this.#customerCount) {
      this.trips?.open(this, stop);
      return;
    }
    this.joinTrip(stop, this.tripOf[after]!);
    this.allowed?.add(route, stop);
    if (this.size[route]!++ > 0) return;
    this.used++;
    if (route >= this.opened) this.opened = route + 1;
  }

  /** Takes a stop off its route. `refresh` and `rescore` are due then. */
  unlink(stop: number): void {
    const { legMeters, legSeconds } = this;
    const route = this.routeOf[stop]!;
    const after = this.previous[stop]!;
    const before = this.next[stop]!;
    this.#touch(route);
    this.#record(stop, after, 0);
    if (stop < this.#customerCount) this.#leaveRoute(stop, route);
    else this.trips?.close(this, stop);
    const isLast = after === before;
    const [from, to] = [this.fromLocation[after]!, this.toLocation[before]!];
    const meters = isLast ? 0 : this.#legsOf(route, this.model.meters).between(from, to);
    this.meters[route]! += meters - legMeters[after]! - legMeters[stop]!;
    this.#join(after, before, meters);
    if (!this.#hasOneMatrix) {
      const seconds = isLast ? 0 : this.#legsOf(route, this.model.seconds).between(from, to);
      this.seconds[route]! += seconds - legSeconds[after]! - legSeconds[stop]!;
      legSeconds[after] = seconds;
    }
    this.stay[route]! -= this.stayAdded(stop, after, before);
    this.routeOf[stop] = -1;
  }

  /** Counts a stop among those of a trip. */
  joinTrip(stop: number, trip: number): void {
    this.loads.add(trip, stop);
    this.company?.add(trip, stop);
    this.trips?.add(trip, stop, this.#round);
  }

  /** Counts a stop no more among those of its trip. */
  leaveTrip(stop: number): void {
    const trip = this.tripOf[stop]!;
    this.loads.remove(trip, stop);
    this.company?.remove(trip, stop);
    this.trips?.remove(trip, stop, this.#round);
  }

  #leaveRoute(stop: number, route: number): void {
    this.leaveTrip(stop);
    this.allowed?.remove(route, stop);
    if (--this.size[route]! === 0) this.used--;
  }

  /** Gives a route a vehicle of a type, or -1: none. */
  setType(route: number, type: number): void {
    const old = this.type[route]!;
    if (old === type) return;
    this.#touch(route);
    if (old >= 0) this.free[old]!++;
    if (type >= 0) {
      this.free[type]!--;
      this.fromLocation[this.model.stopCount + route] = this.model.types.startLocation[type]!;
      this.toLocation[this.model.stopCount + route] = this.model.types.endLocation[type]!;
    }
    this.type[route] = type;
  }

  /** Takes all stops off all routes. */
  clear(): void {
    const { stopCount } = this.model;
    for (let route = 0; route < this.opened; route++) {
      const home = stopCount + route;
      while (this.next[home] !== home) this.unlink(this.next[home]!);
      this.setType(route, -1);
      this.rescore(route);
    }
  }

  /** Recomputes what loads, clock and locks keep along a route. `added`: the stop that alone is new on it since then. */
  refresh(route: number, added = -1): void {
    const { clock } = this;
    if (this.size[route] === 0) return;
    this.#refreshPlaces(route);
    if (!clock) return;
    if (added < 0 || this.size[route] === 1) clock.refresh(route);
    else clock.refreshAround(route, added);
    this.lateness[route] = clock.lateness[route]!;
    if (this.scoring.isCost) return;
    this.idle[route] = clock.spanOf(route) - this.seconds[route]! - this.stay[route]!;
  }

  #refreshPlaces(route: number): void {
    if (this.model.hasMixedLoads) this.loads.refresh(this, route);
    this.locks?.refresh(this, route);
  }

  /** Seconds that the objective counts of a used route. */
  spanOf(route: number): number {
    return this.scoring.span(this.type[route]!, this.seconds[route]!, this.stay[route]!, this.idle[route]!);
  }

  /** What a used route costs besides meters and seconds. */
  extraOf(route: number): number {
    return this.lateness[route]! + this.model.types.costPerStop[this.type[route]!]! * this.size[route]!;
  }

  /** Brings a route's score and the total up to date. */
  rescore(route: number): void {
    let score = 0;
    if (this.size[route]! > 0) {
      score = this.scoring.score(
        this.type[route]!,
        this.meters[route]!,
        this.seconds[route]!,
        this.stay[route]!,
        this.idle[route]!,
      );
      if (this.model.hasExtras) score += this.scoring.scoreExtra(this.extraOf(route));
    }
    this.total += score - this.score[route]!;
    this.score[route] = score;
  }

  /** An empty route, or -1 when all are in use. */
  idleRoute(): number {
    if (this.used >= this.mostUsed) return -1;
    const { size, opened } = this;
    for (let tries = 0; tries < opened; tries++) {
      if (this.#idleSlot >= opened) this.#idleSlot = 0;
      if (size[this.#idleSlot] === 0) return this.#idleSlot;
      this.#idleSlot++;
    }
    return opened;
  }

  /** Takes back everything since `begin`. */
  undo(): void {
    for (let last = this.#log.changes - 1; last >= 0; last--) this.#revert(last * change.record);
    const { touched, touchedCount, clock, size } = this;
    for (let place = 0; place < touchedCount; place++) this.#restore(touched[place]!, place * figure.record);
    clock?.undo();
    for (let place = 0; place < touchedCount; place++) {
      const route = touched[place]!;
      if (size[route] === 0) continue;
      this.#refreshPlaces(route);
      clock?.restore(route);
    }
    this.total = this.#totalBefore;
    this.used = this.#usedBefore;
  }

  #stayOnType(stop: number, from: number, type: number): number {
    const { serviceSeconds, setupSeconds } = this.model.services[type]!;
    const service = serviceSeconds[stop]!;
    return this.#location[stop] === from ? service : service + setupSeconds[stop]!;
  }

  /** Begins an attempt on one route, at most within one other; `takeBack` undoes it, if it was on that route alone. */
  mark(route: number): void {
    const mark = this.#marks[this.#attempts++]!;
    mark.changes = this.#log.changes;
    mark.total = this.total;
    mark.used = this.used;
    mark.wasTouched = this.isTouched(route);
    this.#noteFigures(route, (this.model.routeCount + this.#attempts - 1) * figure.record);
  }

  /** Ends the last attempt, which is to stand. */
  keep(): void {
    this.#attempts--;
  }

  /** Ends the last attempt as if it had never been. */
  takeBack(route: number): void {
    const log = this.#log;
    const mark = this.#marks[--this.#attempts]!;
    while (log.changes > mark.changes) this.#revert(--log.changes * change.record);
    this.#restore(route, (this.model.routeCount + this.#attempts) * figure.record);
    this.refresh(route);
    this.total = mark.total;
    this.used = mark.used;
    if (mark.wasTouched || !this.isTouched(route)) return;
    this.#touchedIn[route] = 0;
    this.touchedCount--;
  }

  #legsOf(route: number, matrices: Legs[]): Legs {
    return matrices[this.#profile[this.type[route]!]!]!;
  }

  #touch(route: number): void {
    if (this.#touchedIn[route] === this.#round) return;
    this.#touchedIn[route] = this.#round;
    this.#noteFigures(route, this.touchedCount * figure.record);
    this.touched[this.touchedCount++] = route;
  }

  #noteFigures(route: number, at: number): void {
    const { figures } = this.#log;
    figures[at + figure.size] = this.size[route]!;
    figures[at + figure.type] = this.type[route]!;
    figures[at + figure.meters] = this.meters[route]!;
    figures[at + figure.seconds] = this.seconds[route]!;
    figures[at + figure.stay] = this.stay[route]!;
    figures[at + figure.idle] = this.idle[route]!;
    figures[at + figure.score] = this.score[route]!;
    figures[at + figure.lateness] = this.lateness[route]!;
  }

  #record(stop: number, after: number, isLink: number): void {
    const { links } = this.#log;
    const at = this.#log.changes++ * change.record;
    links[at + change.stop] = stop;
    links[at + change.after] = after;
    links[at + change.isLink] = isLink;
    links[at + change.metersAfter] = this.legMeters[after]!;
    links[at + change.metersOwn] = this.legMeters[stop]!;
    if (this.#hasOneMatrix) return;
    links[at + change.secondsAfter] = this.legSeconds[after]!;
    links[at + change.secondsOwn] = this.legSeconds[stop]!;
  }

  #revert(at: number): void {
    const { next, routeOf, legSeconds } = this;
    const { links } = this.#log;
    const stop = links[at + change.stop]!;
    const after = links[at + change.after]!;
    const route = routeOf[after]!;
    const isCustomer = stop < this.#customerCount;
    if (links[at + change.isLink] === 1) {
      if (isCustomer) {
        this.leaveTrip(stop);
        this.allowed?.remove(route, stop);
      } else this.trips?.close(this, stop);
      this.#join(after, next[stop]!, links[at + change.metersAfter]!);
      routeOf[stop] = -1;
    } else {
      this.#join(stop, next[after]!, links[at + change.metersOwn]!);
      this.#join(after, stop, links[at + change.metersAfter]!);
      routeOf[stop] = route;
      if (isCustomer) {
        this.joinTrip(stop, this.tripOf[after]!);
        this.allowed?.add(route, stop);
      } else this.trips?.open(this, stop);
    }
    if (this.#hasOneMatrix) return;
    legSeconds[after] = links[at + change.secondsAfter]!;
    legSeconds[stop] = links[at + change.secondsOwn]!;
  }

  /** Makes one node follow another. */
  #join(after: number, before: number, meters: number): void {
    this.next[after] = before;
    this.previous[before] = after;
    this.legMeters[after] = meters;
  }

  #restore(route: number, at: number): void {
    const { figures } = this.#log;
    this.setType(route, figures[at + figure.type]!);
    this.size[route] = figures[at + figure.size]!;
    this.meters[route] = figures[at + figure.meters]!;
    this.seconds[route] = figures[at + figure.seconds]!;
    this.stay[route] = figures[at + figure.stay]!;
    this.idle[route] = figures[at + figure.idle]!;
    this.score[route] = figures[at + figure.score]!;
    this.lateness[route] = figures[at + figure.lateness]!;
  }
}

/** What is kept of the state before an attempt, its changes being logged. */
type Mark = { changes: number; total: number; used: number; wasTouched: boolean };

function newMark(): Mark {
  return { changes: 0, total: 0, used: 0, wasTouched: false };
}
