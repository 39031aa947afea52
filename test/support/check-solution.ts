import type { Problem, VehicleBreak } from "../../src/planning/problem.ts";
import type { RouteSchedule } from "../../src/planning/schedule.ts";
import type { Solution, SolutionRoute } from "../../src/planning/solution.ts";
import { matrixOf } from "./matrix-of.ts";

/** A route with the times that the planner tells for it. */
type Told = { route: SolutionRoute; schedule: RouteSchedule };

/**
 * Every way in which a solution, with the times told for its routes, breaks a rule of its problem or costs something
 * else than it says. Worked out from the problem alone: it shares no code with the planner.
 */
export function findSolutionFaults(
  problem: Problem,
  solution: Solution,
  schedules: RouteSchedule[],
): string[] {
  const told = solution.routes.map((route, index) => ({ route, schedule: schedules[index]! }));
  const faults = [...checkCoverage(problem, solution), ...told.flatMap((each) => checkRoute(problem, each))];
  const { penalty } = problem.stops;
  let cost = 0;
  for (const each of told) cost += costOfRoute(problem, each);
  for (const stop of solution.unassigned) if (penalty && penalty[stop]! < Infinity) cost += penalty[stop]!;
  if (Math.abs(cost - solution.cost) > 1e-6) faults.push(`costs ${cost}, not ${solution.cost}`);
  return faults;
}

function checkCoverage({ stops, vehicles }: Problem, { routes, unassigned }: Solution): string[] {
  const times = new Array<number>(stops.count).fill(0);
  for (const stop of [...routes.flatMap((route) => route.stops), ...unassigned]) times[stop]!++;
  const faults = times.flatMap((count, stop) =>
    count === 1 ? [] : [`stop ${stop} is there ${count} times`],
  );
  const used = routes.map(({ vehicle }) => vehicle);
  if (new Set(used).size < used.length || used.some((vehicle) => vehicle >= vehicles.count)) {
    faults.push("a vehicle is used twice, or is none");
  }
  return faults;
}

function checkRoute(problem: Problem, told: Told): string[] {
  const faults = [
    ...checkTrips(problem, told.route),
    ...checkLoads(problem, told.route),
    ...checkPlaces(problem, told.route),
    ...checkConflicts(problem, told.route),
    ...checkCompany(problem, told.route),
    ...checkPairs(problem, told.route),
    ...checkClock(problem, told),
    ...checkLimits(problem, told),
  ];
  return faults.map((fault) => `vehicle ${told.route.vehicle}: ${fault}`);
}

/** Stands in a course for where the vehicle loads again. */
const depot = -1;

/** All that a vehicle comes to, in order. */
function courseOf({ stops, reloads = [] }: SolutionRoute): number[] {
  const course = [...stops];
  for (const place of reloads.toReversed()) course.splice(place, 0, depot);
  return course;
}

/** The stops of a course from a place on, until the vehicle loads again. */
function tripFrom(course: number[], place: number): number[] {
  const end = course.indexOf(depot, place);
  return course.slice(place, end < 0 ? course.length : end);
}

function checkTrips(problem: Problem, { vehicle, stops, reloads = [] }: SolutionRoute): string[] {
  const { vehicles } = problem;
  const isInOrder = reloads.every((at, index) => at > (index === 0 ? 0 : reloads[index - 1]!));
  return [
    ...(isInOrder && reloads.every((at) => at < stops.length) ? [] : ["drives an empty trip"]),
    ...(reloads.length < (vehicles.mostTrips ? vehicles.mostTrips[vehicle]! : 1) ? [] : ["too many trips"]),
    ...(reloads.length === 0 || depotOf(problem, vehicle) >= 0 ? [] : ["loads again nowhere"]),
  ];
}

/** What is on board on each leg, [leg][dimension]. */
function loadsOf({ stops, dimensions }: Problem, route: SolutionRoute): number[][] {
  const course = courseOf(route);
  const loadFor = (trip: number[]): number[] =>
    Array.from({ length: dimensions }, (_, d) =>
      trip.reduce((sum, stop) => {
        const isOfPair = stops.pickupOf !== undefined && stops.pickupOf[stop]! >= 0;
        return isOfPair ? sum : sum + stops.delivery[stop * dimensions + d]!;
      }, 0),
    );
  let carried = loadFor(tripFrom(course, 0));
  const legs = [carried];
  for (const [place, stop] of course.entries()) {
    const own = (amounts: Float64Array, d: number): number => amounts[stop * dimensions + d]!;
    carried =
      stop === depot
        ? loadFor(tripFrom(course, place + 1))
        : carried.map((load, d) => load + own(stops.pickup, d) - own(stops.delivery, d));
    legs.push(carried);
  }
  return legs;
}

function checkLoads(problem: Problem, route: SolutionRoute): string[] {
  const { vehicles, dimensions } = problem;
  return loadsOf(problem, route).flatMap((load, leg) =>
    load.some((carried, d) => carried < 0 || carried > vehicles.capacity[route.vehicle * dimensions + d]!)
      ? [`overloaded on leg ${leg}`]
      : [],
  );
}

function checkPlaces({ stops, vehicles }: Problem, { vehicle, stops: visited }: SolutionRoute): string[] {
  return visited.flatMap((stop, index) => {
    const isAllowed = stops.isAllowed[stop * vehicles.count + vehicle] === 1;
    const isInPlace = stops.lockedPosition[stop] === 0 || stops.lockedPosition[stop] === index + 1;
    return [
      ...(isAllowed ? [] : [`may not serve ${stop}`]),
      ...(isInPlace ? [] : [`${stop} left its place`]),
    ];
  });
}

/** Loads that must not meet, trip by trip. */
function checkConflicts({ stops: { classes }, conflicts }: Problem, route: SolutionRoute): string[] {
  const faults: string[] = [];
  const bits = (set: number): number[] =>
    Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (set >>> bit) % 2);
  const trips = [0, ...(route.reloads ?? [])].map((start, trip) =>
    route.stops.slice(start, route.reloads?.[trip] ?? route.stops.length),
  );
  for (const trip of trips) {
    const cargo = trip.flatMap((stop) => bits(classes?.[stop] ?? 0).map((own) => ({ stop, own })));
    for (const a of cargo) {
      for (const b of cargo) {
        if (a.stop === b.stop && a.own === b.own) continue;
        if (bits(conflicts?.[a.own] ?? 0).includes(b.own)) faults.push(`${a.stop} rides with ${b.stop}`);
      }
    }
  }
  return faults;
}

function checkCompany({ stops }: Problem, { stops: visited }: SolutionRoute): string[] {
  const faults: string[] = [];
  const { apartGroup, togetherGroup } = stops;
  for (const a of visited) {
    for (let b = 0; b < stops.count; b++) {
      if (a === b) continue;
      const isAboard = visited.includes(b);
      const isRival = apartGroup && apartGroup[a]! >= 0 && apartGroup[a] === apartGroup[b];
      const isMate = togetherGroup && togetherGroup[a]! >= 0 && togetherGroup[a] === togetherGroup[b];
      if (isRival && isAboard) faults.push(`${a} is not apart from ${b}`);
      if (isMate && !isAboard) faults.push(`${a} is without ${b}`);
    }
  }
  return faults;
}

/** Each delivery follows its own pickup, and no pickup is carried to the end or to where all is unloaded. */
function checkPairs({ stops: { pickupOf } }: Problem, route: SolutionRoute): string[] {
  if (!pickupOf) return [];
  const waiting = new Set(route.stops.filter((stop) => pickupOf.includes(stop)));
  const aboard = new Set<number>();
  const faults: string[] = [];
  for (const stop of courseOf(route)) {
    if (stop === depot) {
      if (aboard.size > 0) faults.push("unloads what is for another stop");
      continue;
    }
    if (waiting.has(stop)) aboard.add(stop);
    const pickup = pickupOf[stop]!;
    if (pickup >= 0 && !aboard.delete(pickup)) faults.push(`delivers ${stop} before it is picked up`);
  }
  return [...faults, ...[...aboard].map((stop) => `never delivers ${stop}`)];
}

function legOf(problem: Problem, { route }: Told, leg: number): { meters: number; seconds: number } {
  const { vehicles, stops } = problem;
  const { size, distanceMeters, durationSeconds } = matrixOf(problem, vehicles.profile[route.vehicle]);
  const course = courseOf(route);
  const placeOf = (index: number): number => {
    if (index < 0) return vehicles.startLocation[route.vehicle]!;
    if (index >= course.length) return vehicles.endLocation[route.vehicle]!;
    return course[index] === depot ? depotOf(problem, route.vehicle) : stops.location[course[index]!]!;
  };
  const [from, to] = [placeOf(leg - 1), placeOf(leg)];
  if (from < 0 || to < 0) return { meters: 0, seconds: 0 };
  return { meters: distanceMeters[from * size + to]!, seconds: durationSeconds[from * size + to]! };
}

/** Where a vehicle loads again. */
function depotOf({ vehicles }: Problem, vehicle: number): number {
  return vehicles.reloadLocation ? vehicles.reloadLocation[vehicle]! : vehicles.startLocation[vehicle]!;
}

/** Set-up and service along a route, and loading again. */
function staysOf(problem: Problem, { route }: Told): number[] {
  const { stops, vehicles, serviceTables } = problem;
  const named = vehicles.serviceType ? vehicles.serviceType[route.vehicle]! : -1;
  const table = named < 0 ? stops : serviceTables![named]!;
  const course = courseOf(route);
  return course.map((stop, index) => {
    if (stop === depot) return vehicles.reloadSeconds ? vehicles.reloadSeconds[route.vehicle]! : 0;
    const last = course[index - 1];
    const before = last === depot ? depotOf(problem, route.vehicle) : stops.location[last ?? 0]!;
    const from = last === undefined ? vehicles.startLocation[route.vehicle]! : before;
    const setup = from === stops.location[stop] ? 0 : table.setupSeconds[stop]!;
    return setup + table.serviceSeconds[stop]!;
  });
}

/** Follows the route from its departure, with its breaks as they are told. */
function checkClock(problem: Problem, told: Told): string[] {
  const { route, schedule } = told;
  const { stops, vehicles } = problem;
  const faults: string[] = [];
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  const stays = staysOf(problem, told);
  const loads = loadsOf(problem, route);
  const own = vehicles.breaks?.[route.vehicle] ?? [];
  const isDue = ({ isOnlyWhenOut, windows, durationSeconds }: VehicleBreak): boolean =>
    !isOnlyWhenOut ||
    (schedule.departureSeconds < windows.at(-1)![1] + durationSeconds &&
      schedule.endSeconds > windows[0]![0]);
  const taken = schedule.breaks.map(({ index }) => index);
  must(
    new Set(taken).size === taken.length && own.every((one, index) => !isDue(one) || taken.includes(index)),
    "breaks",
  );
  must(schedule.departureSeconds >= vehicles.shiftStart[route.vehicle]!, "leaves before its shift");
  const course = courseOf(route);
  for (const stop of tripFrom(course, 0)) {
    must(schedule.departureSeconds >= (stops.releaseSeconds?.[stop] ?? -Infinity), `leaves without ${stop}`);
  }
  let clock = schedule.departureSeconds;
  for (let leg = 0, served = 0, loaded = 0; leg <= course.length; leg++) {
    let left = legOf(problem, told, leg).seconds;
    const isToDepot = course[leg] === depot;
    const isOnLeg = (taken: RouteSchedule["breaks"][number]): boolean =>
      taken.leg === served && (taken.isBeforeReload ?? false) === isToDepot;
    for (const taken of schedule.breaks.filter(isOnLeg)) {
      const { windows, durationSeconds, maximumLoad } = own[taken.index]!;
      const spent = taken.startSeconds - clock;
      must(spent >= 0 && spent >= taken.waitingSeconds, `break ${taken.index} begins before it is reached`);
      left -= spent - taken.waitingSeconds;
      must(left >= 0 && (taken.waitingSeconds === 0 || left === 0), `break ${taken.index} waits on the way`);
      must(
        windows.some(([from, to]) => from <= taken.startSeconds && taken.startSeconds <= to),
        "break window",
      );
      must(
        loads[leg]!.every((carried, d) => carried <= (maximumLoad?.[d] ?? Infinity)),
        "break load",
      );
      must(taken.durationSeconds === durationSeconds, "break length");
      clock = taken.startSeconds + durationSeconds;
    }
    clock += left;
    const stop = course[leg];
    if (stop === undefined) break;
    if (stop === depot) {
      const told = schedule.reloads[loaded++]!;
      const releases = tripFrom(course, leg + 1).map((next) => stops.releaseSeconds?.[next] ?? -Infinity);
      must(told.before === served && told.arrivalSeconds === clock, `loads again at ${clock}`);
      must(told.startSeconds >= clock && told.endSeconds >= Math.max(...releases), "loads what is not there");
      must(told.startLoad.join() === loads[leg + 1]!.join(), "loads something else");
      clock = told.startSeconds + stays[leg]!;
      must(told.endSeconds === clock, `has loaded again at ${clock}`);
      continue;
    }
    const begin = schedule.serviceStartSeconds[served]!;
    must(schedule.arrivalSeconds[served] === clock, `is at ${stop} at ${clock}`);
    must(
      begin >= clock && schedule.waitingSeconds[served] === begin - clock,
      `serves ${stop} before it is there`,
    );
    must(isOpen(problem, stop, begin), `${stop} is closed at ${begin}`);
    served++;
    clock = begin + stays[leg]!;
  }
  must(schedule.endSeconds === clock, `ends at ${clock}`);
  must(clock <= vehicles.shiftEnd[route.vehicle]!, "ends after its shift");
  must(clock - schedule.departureSeconds <= vehicles.maxDurationSeconds[route.vehicle]!, "takes too long");
  return faults;
}

function isOpen({ stops }: Problem, stop: number, moment: number): boolean {
  const [from, to] = [stops.windowOffset[stop]!, stops.windowOffset[stop + 1]!];
  const windows = Array.from({ length: to - from }, (_, index) => from + index);
  return from === to || windows.some((w) => stops.windowStart[w]! <= moment && moment <= stops.windowEnd[w]!);
}

function checkLimits(problem: Problem, told: Told): string[] {
  const { vehicles } = problem;
  const { vehicle, stops } = told.route;
  const legCount = courseOf(told.route).length + 1;
  const legs = Array.from({ length: legCount }, (_, leg) => legOf(problem, told, leg));
  const meters = legs.reduce((sum, leg) => sum + leg.meters, 0);
  const seconds = legs.reduce((sum, leg) => sum + leg.seconds, 0);
  return [
    ...(stops.length > vehicles.maxStops[vehicle]! ? ["too many stops"] : []),
    ...(meters > vehicles.maxDistanceMeters[vehicle]! ? ["too far"] : []),
    ...(seconds > vehicles.maxTravelSeconds[vehicle]! ? ["drives too long"] : []),
  ];
}

function costOfRoute(problem: Problem, told: Told): number {
  const { vehicles, stops } = problem;
  const { vehicle, stops: visited } = told.route;
  let cost = vehicles.fixedCost[vehicle]! + (vehicles.costPerStop?.[vehicle] ?? 0) * visited.length;
  for (let leg = 0; leg <= courseOf(told.route).length; leg++) {
    const { meters, seconds } = legOf(problem, told, leg);
    cost += vehicles.costPerMeter[vehicle]! * meters + vehicles.costPerTravelSecond[vehicle]! * seconds;
  }
  for (const stay of staysOf(problem, told)) cost += vehicles.costPerServiceSecond[vehicle]! * stay;
  for (const [index, stop] of visited.entries()) {
    const begin = told.schedule.serviceStartSeconds[index]!;
    cost += (stops.latenessCostPerSecond?.[stop] ?? 0) * lateAt(problem, stop, begin);
  }
  return cost;
}

/** How long after the free part of its window a service begins. */
function lateAt({ stops }: Problem, stop: number, begin: number): number {
  for (let w = stops.windowOffset[stop]!; w < stops.windowOffset[stop + 1]!; w++) {
    const isInside = stops.windowStart[w]! <= begin && begin <= stops.windowEnd[w]!;
    if (isInside) return Math.max(0, begin - (stops.latestFreeSeconds?.[w] ?? Infinity));
  }
  return 0;
}
