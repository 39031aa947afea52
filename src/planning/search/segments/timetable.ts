import type { Model } from "../model.ts";
import type { Routes } from "../routes.ts";
import { BreakPlan } from "./break-plan.ts";
import type { Windows } from "./windows.ts";

/** Every break may be taken. */
const allAllowed = -1;

/**
 * The times of one route with breaks, worked out from its start: on every leg any number of the next breaks may be
 * taken, so there is a row for each place along the route and in it a column for each number of breaks taken. The
 * rows of departures begin with the start of the route, those of arrivals end with its end. Breaks
 * that are taken only by a vehicle that is out may be over before it leaves, or open after its end. Agrees with `scheduleRoute`.
 */
export class Timetable {
  /** Columns of a row. */
  readonly width: number;
  /** The breaks of each type, [type]. */
  readonly plans: BreakPlan[];
  /** Earliest departure, Infinity for never, [(1 + place) * width + taken]. */
  readonly departure: Float64Array;
  /** Latest arrival that keeps the rest of the route in time, -Infinity for never, [place * width + taken]. */
  readonly arrival: Float64Array;
  count = 0;
  end = 0;
  readonly #model: Model;
  readonly #routes: Routes;
  readonly #windows: Windows;
  readonly #stops: Int32Array; // [place]
  readonly #travel: Float64Array; // seconds of the leg to a place, last the way to the end, [place]
  readonly #stay: Float64Array; // [place]
  readonly #allowed: Int32Array; // breaks that the load of the leg allows, as a bit set, [place]
  readonly #before: Uint8Array; // breaks taken before the leg on the earliest way, as `departure`
  readonly #begin: Float64Array; // start of service, [place]
  readonly #latest: Float64Array; // no service begins later, [place]
  /** Service begins no earlier where a trip waits for its load, seconds, [place]. */
  readonly #opens: Float64Array;
  readonly #load: Float64Array; // [dimension]
  #type = 0;
  #start = 0;

  constructor(model: Model, routes: Routes, windows: Windows) {
    const places = model.stopCount + 1;
    this.#model = model;
    this.#routes = routes;
    this.#windows = windows;
    this.plans = model.types.breaks.map((breaks) => new BreakPlan(breaks));
    this.width = 1 + Math.max(...this.plans.map(({ count }) => count));
    this.departure = new Float64Array((places + 1) * this.width);
    this.arrival = new Float64Array(places * this.width);
    this.#before = new Uint8Array((places + 1) * this.width);
    this.#stops = new Int32Array(places);
    this.#travel = new Float64Array(places);
    this.#stay = new Float64Array(places);
    this.#allowed = new Int32Array(places).fill(allAllowed);
    this.#begin = new Float64Array(places);
    this.#latest = new Float64Array(places);
    this.#opens = new Float64Array(places).fill(Number.NEGATIVE_INFINITY);
    this.#load = new Float64Array(model.dimensions);
  }

  /** Begins a route of a vehicle of a type. */
  open(type: number): void {
    this.#type = type;
    this.count = 0;
  }

  /** Adds the next stop, or where the vehicle loads again. */
  add(stop: number): void {
    this.#stops[this.count++] = stop;
  }

  /** Finds the earliest end of the route that was added, Infinity for none, and the departures to it. */
  drive(): number {
    this.#measure();
    this.#latest.fill(Number.POSITIVE_INFINITY, 0, this.count);
    this.end = this.#driveFrom(this.#start);
    return this.end;
  }

  /** The shortest time to the earliest end, which `drive` has found. Where lateness counts it must not grow. */
  duration(): number {
    if (this.#model.hasLateness) this.#boundLateness();
    return this.end - Math.max(this.#start, this.#driveBack(this.end));
  }

  /** The cost of lateness on the way of the earliest end and the latest departure to it. `drive` comes first. */
  lateness(): number {
    this.#boundLateness();
    this.#driveFrom(Math.max(this.#start, this.#driveBack(this.end)));
    this.#trace();
    let lateness = 0;
    for (let place = 0; place < this.count; place++) {
      lateness += this.#windows.latenessAt(this.#stops[place]!, this.#begin[place]!);
    }
    return lateness;
  }

  /** Finds the latest arrivals that bear an end as late as that. `drive` comes first. */
  findLatest(end: number): void {
    this.#latest.fill(Number.POSITIVE_INFINITY, 0, this.count);
    this.#driveBack(end, true);
  }

  #measure(): void {
    const { types, location, seconds } = this.#model;
    const legs = seconds[types.profile[this.#type]!]!;
    let from = types.startLocation[this.#type]!;
    for (let place = 0; place < this.count; place++) {
      const stop = this.#stops[place]!;
      const to = location[stop]!;
      this.#travel[place] = legs.between(from, to);
      this.#stay[place] = this.#routes.stayOf(stop, from, this.#type);
      from = to;
    }
    this.#travel[this.count] = legs.between(from, types.endLocation[this.#type]!);
    this.#awaitReleases();
    if (this.plans[this.#type]!.hasLoadLimit) this.#weigh();
    else this.#allowed.fill(allAllowed, 0, this.count + 1);
  }

  /** Finds out what each trip waits for where it begins. */
  #awaitReleases(): void {
    const { types, problem, customerCount } = this.#model;
    const { releaseSeconds } = problem.stops;
    this.#start = types.shiftStart[this.#type]!;
    if (!releaseSeconds) return;
    let latest = Number.NEGATIVE_INFINITY;
    for (let place = this.count - 1; place >= 0; place--) {
      const stop = this.#stops[place]!;
      const isReload = stop >= customerCount;
      this.#opens[place] = isReload ? latest - this.#stay[place]! : Number.NEGATIVE_INFINITY;
      latest = isReload ? Number.NEGATIVE_INFINITY : Math.max(latest, releaseSeconds[stop]!);
    }
    this.#start = Math.max(this.#start, latest);
  }

  /** Finds out which breaks the load of each leg allows. */
  #weigh(): void {
    const { dimensions, problem, customerCount } = this.#model;
    const { delivery, pickup } = problem.stops;
    const load = this.#load;
    this.#loadFor(0);
    for (let place = 0; place <= this.count; place++) {
      this.#allowed[place] = this.plans[this.#type]!.allowedWith(load);
      if (place === this.count) return;
      const own = this.#stops[place]! * dimensions;
      if (this.#stops[place]! >= customerCount) {
        this.#loadFor(place + 1);
        continue;
      }
      for (let d = 0; d < dimensions; d++) load[d]! += pickup[own + d]! - delivery[own + d]!;
    }
  }

  /** Loads what is to be delivered on the trip from a place on. */
  #loadFor(first: number): void {
    const { dimensions, startLoad, customerCount } = this.#model;
    const load = this.#load.fill(0);
    for (let place = first; place < this.count && this.#stops[place]! < customerCount; place++) {
      const own = this.#stops[place]! * dimensions;
      for (let d = 0; d < dimensions; d++) load[d]! += startLoad[own + d]!;
    }
  }

  #driveFrom(start: number): number {
    const { width, departure, count } = this;
    const { count: breaks, leavesAfter } = this.plans[this.#type]!;
    departure.fill(Number.POSITIVE_INFINITY, 0, width);
    for (let before = 0; before <= breaks; before++)
      departure[before] = Math.max(start, leavesAfter[before]!);
    for (let place = 0; place <= count; place++) {
      for (let taken = 0; taken <= breaks; taken++) {
        const at = (place + 1) * width + taken;
        departure[at] = Number.POSITIVE_INFINITY;
        for (let before = 0; before <= taken; before++) {
          const clock = this.#serve(place, departure[place * width + before]!, before, taken);
          if (clock >= departure[at]!) continue;
          departure[at] = clock;
          this.#before[at] = before;
        }
      }
    }
    return departure[(count + 1) * width + this.#takenByEnd()]!;
  }

  /** How many breaks are over or taken at the earliest end. */
  #takenByEnd(): number {
    const { count: breaks, endsBefore } = this.plans[this.#type]!;
    const ends = (this.count + 1) * this.width;
    let best = breaks;
    for (let taken = breaks - 1; taken >= 0; taken--) {
      const end = this.departure[ends + taken]!;
      if (end <= endsBefore[taken]! && end < this.departure[ends + best]!) best = taken;
    }
    return best;
  }

  /** The departure from a place after a departure from the one before and the breaks in between. */
  #serve(place: number, leave: number, before: number, taken: number): number {
    if (leave === Number.POSITIVE_INFINITY || !this.#mayTake(place, before, taken)) {
      return Number.POSITIVE_INFINITY;
    }
    const arrival = this.plans[this.#type]!.cross(leave, this.#travel[place]!, before, taken);
    if (place === this.count) return arrival;
    const begin = this.#windows.firstOpen(this.#stops[place]!, Math.max(arrival, this.#opens[place]!));
    return begin > this.#latest[place]! ? Number.POSITIVE_INFINITY : begin + this.#stay[place]!;
  }

  #mayTake(place: number, before: number, taken: number): boolean {
    const wanted = (1 << taken) - (1 << before);
    return (this.#allowed[place]! & wanted) === wanted;
  }

  /** Notes when service begins on the earliest way. */
  #trace(): void {
    const { width, count } = this;
    let taken = this.#takenByEnd();
    for (let place = count; place >= 0; place--) {
      if (place < count) {
        this.#begin[place] = this.departure[(place + 1) * width + taken]! - this.#stay[place]!;
      }
      taken = this.#before[(place + 1) * width + taken]!;
    }
  }

  /** Lets no service that costs the more the later it begins become later than costs nothing more. */
  #boundLateness(): void {
    this.#trace();
    for (let place = 0; place < this.count; place++) {
      const stop = this.#stops[place]!;
      const begin = this.#begin[place]!;
      this.#latest[place] = this.#windows.lastAsCheap(stop, Number.POSITIVE_INFINITY, begin);
    }
  }

  /** The latest departure for an end; with `isForAll` service may begin in any window, and no lateness is avoided. */
  #driveBack(end: number, isForAll = false): number {
    const { width, arrival, count } = this;
    const { count: breaks, endsBefore, leavesAfter } = this.plans[this.#type]!;
    arrival.fill(Number.NEGATIVE_INFINITY, count * width, (count + 1) * width);
    for (let taken = 0; taken <= breaks; taken++) {
      arrival[count * width + taken] = Math.min(end, endsBefore[taken]!);
    }
    for (let place = count - 1; place >= 0; place--) {
      for (let taken = 0; taken <= breaks; taken++) {
        const latest = this.#leaveFor(place + 1, taken) - this.#stay[place]!;
        arrival[place * width + taken] = this.#lastBegin(place, latest, isForAll);
      }
    }
    let latest = Number.NEGATIVE_INFINITY;
    for (let before = 0; before <= breaks; before++) {
      const leave = this.#leaveFor(0, before);
      if (leave >= leavesAfter[before]!) latest = Math.max(latest, leave);
    }
    return latest;
  }

  /** The latest departure towards a place after so many breaks. */
  #leaveFor(place: number, before: number): number {
    const plan = this.plans[this.#type]!;
    let latest = Number.NEGATIVE_INFINITY;
    for (let taken = before; taken <= plan.count; taken++) {
      const arrival = this.arrival[place * this.width + taken]!;
      if (arrival === Number.NEGATIVE_INFINITY || !this.#mayTake(place, before, taken)) continue;
      latest = Math.max(latest, plan.crossBack(arrival, this.#travel[place]!, before, taken));
    }
    return latest;
  }

  #lastBegin(place: number, latest: number, isForAll: boolean): number {
    if (latest < this.#opens[place]!) return Number.NEGATIVE_INFINITY;
    const stop = this.#stops[place]!;
    if (isForAll || !this.#model.hasLateness) return this.#windows.lastOpen(stop, latest);
    return this.#windows.lastAsCheap(stop, latest, this.#begin[place]!);
  }
}
