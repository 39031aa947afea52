import { type Legs, legsOf } from "../legs.ts";
import { amountsOfSingles, type Pairs, pairsOf, refuseBentPairs } from "../pairs.ts";
import { isMeasured, type Problem, type ServiceTable, type Travel, type TravelPoints } from "../problem.ts";
import { findReloads, type ReloadNodes, withReloads } from "./reload-nodes.ts";
import { hasCompany, hasPair } from "./segments/company.ts";
import { hasLateness, hasTimesOfDay } from "./times-of-day.ts";
import { groupVehicles, type VehicleTypes } from "./vehicle-types.ts";

/** A problem as the search reads it: vehicles grouped, one number a leg where one is enough, unused rules off. */
export type Model = {
  /** Where vehicles may load again, with a stop more for each time that one may. */
  problem: Problem;
  /** Nodes that routes visit: the stops that are asked for, and behind them the reloads. */
  stopCount: number;
  /** The stops that are asked for. */
  customerCount: number;
  /** How many trips there can be at once: one of each route, and one from each reload. */
  tripCount: number;
  /** Undefined where every vehicle drives one trip. */
  reloads: ReloadNodes | undefined;
  /** How many routes there can be. */
  routeCount: number;
  dimensions: number;
  types: VehicleTypes;
  /** Matrix index, [stop]. */
  location: Int32Array;
  /** Meters of each leg, [profile]. */
  meters: Legs[];
  /** Seconds of each leg; the very objects of `meters` when no rule and no cost tells them apart. */
  seconds: Legs[];
  /** What `meters` and `seconds` read, [profile]. */
  travel: Travel[];
  /** Whether `seconds` is `meters`. */
  hasOneMatrix: boolean;
  /** Whether every leg takes as many meters back as forth. */
  isSymmetric: boolean;
  /** Whether it matters when routes are where: for time windows, release times, lateness or breaks. */
  hasWindows: boolean;
  /** Whether the duration of routes matters where windows make vehicles wait. */
  needsDuration: boolean;
  hasSetup: boolean;
  /** Whether stops are delivered to and picked up from, so that the load rises and falls along a route. */
  hasMixedLoads: boolean;
  /** Stops that are the two ends of one load; undefined where there are none. */
  pairs: Pairs | undefined;
  /** What is on board from the start of a route, and to its end, [stop * dimensions + dimension]. */
  startLoad: Float64Array;
  endLoad: Float64Array;
  hasLocks: boolean;
  /** Whether some stop is not for every vehicle. */
  isRestricted: boolean;
  /** Whether any vehicle limits travel, distance, or a duration that no clock looks after. */
  hasDriveLimits: boolean;
  hasPriorities: boolean;
  /** What leaving out costs, undefined where every stop must be served, [stop]. */
  penalty: Float64Array | undefined;
  /** Whether some stops must or must not ride together. */
  hasCompany: boolean;
  /** Whether some stops ride on one vehicle or stay out together. */
  hasGroups: boolean;
  /** Whether some service costs the more the later it begins. */
  hasLateness: boolean;
  /** Seconds of service and set-up by the vehicle's type, [type]. */
  services: ServiceTable[];
  /** Whether all types take as long. */
  hasOneService: boolean;
  /** Whether routes cost anything besides meters and seconds: for lateness, or by the stop. */
  hasExtras: boolean;
};

/** Prepares the search. Takes time in the square of the locations, for the copies that some problems need. */
export function buildModel(asked: Problem): Model {
  const reloads = findReloads(asked);
  const problem = reloads ? withReloads(asked, reloads.kinds) : asked;
  const { stops, vehicles } = problem;
  refuseBentPairs(problem);
  const needs = readNeeds(problem);
  const routeCount = Math.min(asked.stops.count, vehicles.count);
  const isOpen = some(vehicles.startLocation, isNegative) || some(vehicles.endLocation, isNegative);
  const travel = isOpen ? problem.travel.map(withBlankLocation) : problem.travel;
  const size = travel[0]?.size ?? 0;
  const legs = travel.map(legsOf);
  const distances = legs.map(({ meters }) => meters);
  const durations = legs.map(({ seconds }) => seconds);
  const meters = needs.meters || !needs.seconds ? distances : durations;
  const seconds = needs.seconds ? durations : distances;
  const isRestricted = stops.isAllowed.includes(0);
  const types = groupVehicles(problem, {
    blank: size - 1,
    hasWindows: needs.windows,
    isRestricted,
    reloadKindOf: reloads?.nodes.kindOf,
  });
  const services = types.serviceType.map((table) => problem.serviceTables?.[table] ?? stops);
  return {
    problem,
    stopCount: stops.count,
    customerCount: asked.stops.count,
    reloads: reloads?.nodes,
    routeCount,
    tripCount: routeCount + stops.count - asked.stops.count,
    dimensions: problem.dimensions,
    types,
    location: stops.location,
    meters,
    seconds,
    travel,
    hasOneMatrix: meters.every((own, profile) => own === seconds[profile]),
    isSymmetric: travel.every((own, profile) => isSymmetric(own, meters[profile]!)),
    hasWindows: needs.windows,
    needsDuration:
      needs.windows && (problem.objective === "balanced" || some(types.maxDurationSeconds, Number.isFinite)),
    hasSetup: services.some(({ setupSeconds }) => some(setupSeconds, isPositive)),
    hasMixedLoads: some(stops.delivery, isPositive) && some(stops.pickup, isPositive),
    pairs: pairsOf(problem),
    startLoad: amountsOfSingles(problem, stops.delivery),
    endLoad: amountsOfSingles(problem, stops.pickup),
    hasLocks: some(stops.lockedPosition, isPositive),
    isRestricted,
    hasDriveLimits:
      some(types.maxMeters, Number.isFinite) ||
      some(types.maxTravelSeconds, Number.isFinite) ||
      (!needs.windows && some(types.maxDurationSeconds, Number.isFinite)),
    hasPriorities: some(stops.priority, (priority) => priority !== stops.priority[0]),
    penalty: stops.penalty && some(stops.penalty, Number.isFinite) ? stops.penalty : undefined,
    hasCompany: hasCompany(problem),
    hasGroups: hasPair(stops.togetherGroup),
    hasLateness: hasLateness(problem),
    hasExtras: hasLateness(problem) || some(types.costPerStop, isNotZero),
    services,
    hasOneService: services.every((service) => service === services[0]),
  };
}

/** Which of the two measures of a leg any cost or rule looks at. */
function readNeeds(problem: Problem): { windows: boolean; meters: boolean; seconds: boolean } {
  const { vehicles } = problem;
  const windows = hasTimesOfDay(problem);
  return {
    windows,
    meters: some(vehicles.costPerMeter, isNotZero) || some(vehicles.maxDistanceMeters, Number.isFinite),
    seconds:
      windows ||
      problem.objective !== "cost" ||
      some(vehicles.costPerTravelSecond, isNotZero) ||
      some(vehicles.shiftEnd, Number.isFinite) ||
      some(vehicles.maxTravelSeconds, Number.isFinite) ||
      some(vehicles.maxDurationSeconds, Number.isFinite),
  };
}

/** The travel with one more location, from and to which a leg takes nothing. */
function withBlankLocation(travel: Travel): Travel {
  if (isMeasured(travel)) return withPointNowhere(travel);
  const { size, distanceMeters, durationSeconds } = travel;
  const widen = (values: Int32Array): Int32Array => {
    const wide = new Int32Array((size + 1) * (size + 1));
    for (let from = 0; from < size; from++) {
      wide.set(values.subarray(from * size, (from + 1) * size), from * (size + 1));
    }
    return wide;
  };
  const distances = widen(distanceMeters);
  const durations = durationSeconds === distanceMeters ? distances : widen(durationSeconds);
  return { size: size + 1, distanceMeters: distances, durationSeconds: durations };
}

function withPointNowhere({ size, x, y, z, measure, unplaced }: TravelPoints): TravelPoints {
  const widen = (values: Float64Array): Float64Array => {
    const wide = new Float64Array(size + 1).fill(Number.NaN);
    wide.set(values);
    return wide;
  };
  const points = { size: size + 1, x: widen(x), y: widen(y), z: widen(z), measure };
  if (!unplaced) return points;
  const kind = new Uint8Array(size + 1).fill(2);
  kind.set(unplaced.kind);
  return { ...points, unplaced: { ...unplaced, kind } };
}

const tile = 64;

/** Goes by tiles, so that a row and its mirrored column are in the cache together. */
function isSymmetric(travel: Travel, legs: Legs): boolean {
  if (isMeasured(travel)) return !travel.unplaced;
  const { size } = travel;
  for (let top = 0; top < size; top += tile) {
    for (let left = 0; left <= top; left += tile) {
      for (let row = top; row < Math.min(top + tile, size); row++) {
        for (let column = left; column < Math.min(left + tile, row); column++) {
          if (legs.between(row, column) !== legs.between(column, row)) return false;
        }
      }
    }
  }
  return true;
}

type Column = { some(test: (value: number) => boolean): boolean };
const some = (column: Column, test: (value: number) => boolean): boolean =>
  column.some((value) => test(value));
const isNegative = (value: number): boolean => value < 0;
const isPositive = (value: number): boolean => value > 0;
const isNotZero = (value: number): boolean => value !== 0;
