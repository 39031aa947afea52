import type { Problem, VehicleBreak, VehicleTable } from "../problem.ts";
import { mostTripsOf } from "../schedule/visits.ts";

/**
 * Identical vehicles as one type with a count; the search never tells them apart.
 * Types of one family drive the same legs in the same shift, stay as long at each stop and load again alike, so a route may change
 * between them as it stands.
 * `[type]` arrays have `count` entries.
 */
export type VehicleTypes = {
  count: number;
  /** The vehicles of each type, by index, [type]. */
  members: number[][];
  /** How many vehicles there are, [type]. */
  available: Int32Array;
  /** The types of the type's own family, cheapest first, [type]. */
  family: Int32Array[];
  /** Place in the order of what the types carry: the sum of the shares of the largest capacities, [type]. */
  rank: Int32Array;
  profile: Int32Array;
  /** Matrix index; -1 becomes the model's blank location, [type]. */
  startLocation: Int32Array;
  endLocation: Int32Array;
  shiftStart: Float64Array;
  shiftEnd: Float64Array;
  fixedCost: Float64Array;
  costPerMeter: Float64Array;
  costPerTravelSecond: Float64Array;
  costPerStaySecond: Float64Array;
  costPerStop: Float64Array;
  /** Which of the problem's service tables holds, -1 for the stops' own times, [type]. */
  serviceType: number[];
  /** [type]. */
  breaks: readonly VehicleBreak[][];
  /** [type * dimensions + dimension]. */
  capacity: Float64Array;
  maxStops: Int32Array;
  mostTrips: Int32Array;
  /** Where and how long it loads again: the kind of the nodes for it, 0 where no vehicle ever does, [type]. */
  reloadKind: Int32Array;
  maxMeters: Float64Array;
  maxTravelSeconds: Float64Array;
  /** Without time windows nobody waits, and this holds the length of the shift too. */
  maxDurationSeconds: Float64Array;
  /** 1 where a vehicle of the type may serve the stop, [stop * count + type]. */
  isAllowed: Uint8Array;
};

type Grouping = {
  /** The location that takes the place of -1. */
  blank: number;
  /** Whether clocks matter. */
  hasWindows: boolean;
  isRestricted: boolean;
  /** [vehicle]. */
  reloadKindOf: Int32Array | undefined;
};

/** Groups the vehicles. */
export function groupVehicles(
  problem: Problem,
  { blank, hasWindows, isRestricted, reloadKindOf }: Grouping,
): VehicleTypes {
  const { vehicles } = problem;
  const members = [...groupBy(vehicles.count, (vehicle) => typeKey(problem, vehicle, isRestricted)).values()];
  const first = members.map(([vehicle = 0]) => vehicle);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(first, (v) => values[v]!);
  const pickWhole = (values: Int32Array): Int32Array => Int32Array.from(first, (v) => values[v]!);
  const place = (values: Int32Array): Int32Array => pickWhole(values).map((at) => (at < 0 ? blank : at));
  const { capacity, isAllowed } = readMembers(problem, first);
  const familyOf = (vehicle: number): string =>
    `${familyKey(vehicles, vehicle, hasWindows)},${reloadKindOf?.[vehicle] ?? 0}`;
  const families = groupBy(first.length, (type) => familyOf(first[type]!));
  const byCost = (a: number, b: number): number =>
    vehicles.fixedCost[first[a]!]! - vehicles.fixedCost[first[b]!]! || a - b;
  for (const family of families.values()) family.sort(byCost);
  return {
    count: first.length,
    members,
    available: Int32Array.from(members, (group) => group.length),
    family: first.map((vehicle) => Int32Array.from(families.get(familyOf(vehicle))!)),
    rank: rankBySize(capacity, first.length, problem.dimensions),
    profile: pickWhole(vehicles.profile),
    startLocation: place(vehicles.startLocation),
    endLocation: place(vehicles.endLocation),
    shiftStart: pick(vehicles.shiftStart),
    shiftEnd: pick(vehicles.shiftEnd),
    fixedCost: pick(vehicles.fixedCost),
    costPerMeter: pick(vehicles.costPerMeter),
    costPerTravelSecond: pick(vehicles.costPerTravelSecond),
    costPerStaySecond: pick(vehicles.costPerServiceSecond),
    costPerStop: Float64Array.from(first, (v) => vehicles.costPerStop?.[v] ?? 0),
    serviceType: first.map((v) => vehicles.serviceType?.[v] ?? -1),
    breaks: first.map((v) => vehicles.breaks?.[v] ?? []),
    capacity,
    maxStops: pickWhole(vehicles.maxStops),
    mostTrips: Int32Array.from(first, (v) => mostTripsOf(problem, v)),
    reloadKind: Int32Array.from(first, (v) => reloadKindOf?.[v] ?? 0),
    maxMeters: pick(vehicles.maxDistanceMeters),
    maxTravelSeconds: pick(vehicles.maxTravelSeconds),
    maxDurationSeconds: Float64Array.from(first, (v) => longestDuration(vehicles, v, hasWindows)),
    isAllowed,
  };
}

/** What the first vehicle of each type carries and may serve. */
function readMembers(
  { vehicles, stops, dimensions }: Problem,
  first: number[],
): Pick<VehicleTypes, "capacity" | "isAllowed"> {
  const capacity = new Float64Array(first.length * dimensions);
  const isAllowed = new Uint8Array(stops.count * first.length);
  for (const [type, vehicle] of first.entries()) {
    for (let d = 0; d < dimensions; d++) {
      capacity[type * dimensions + d] = vehicles.capacity[vehicle * dimensions + d]!;
    }
    for (let stop = 0; stop < stops.count; stop++) {
      isAllowed[stop * first.length + type] = stops.isAllowed[stop * vehicles.count + vehicle]!;
    }
  }
  return { capacity, isAllowed };
}

function longestDuration(vehicles: VehicleTable, vehicle: number, hasWindows: boolean): number {
  const limit = vehicles.maxDurationSeconds[vehicle]!;
  return hasWindows ? limit : Math.min(limit, vehicles.shiftEnd[vehicle]! - vehicles.shiftStart[vehicle]!);
}

/** Two vehicles with the same key can stand in for each other everywhere. */
function typeKey({ vehicles, stops, dimensions }: Problem, vehicle: number, isRestricted: boolean): string {
  let allowed = "";
  for (let stop = 0; isRestricted && stop < stops.count; stop++) {
    if (stops.isAllowed[stop * vehicles.count + vehicle] === 0) allowed += `${stop},`;
  }
  const capacity = vehicles.capacity.subarray(vehicle * dimensions, (vehicle + 1) * dimensions);
  const { count, capacity: _, breaks, ...columns } = vehicles;
  const values = Object.values(columns).map((column) => column[vehicle]);
  return `${capacity.join()}|${values.join()}|${allowed}|${breaksKey(vehicles, vehicle)}`;
}

function familyKey(vehicles: VehicleTable, vehicle: number, hasWindows: boolean): string {
  const { profile, startLocation, endLocation, shiftStart, shiftEnd, maxDurationSeconds } = vehicles;
  const shift = hasWindows ? [shiftStart[vehicle], shiftEnd[vehicle], maxDurationSeconds[vehicle]] : [];
  const times = [vehicles.serviceType?.[vehicle] ?? -1, breaksKey(vehicles, vehicle)];
  return [profile[vehicle], startLocation[vehicle], endLocation[vehicle], ...shift, ...times].join();
}

function breaksKey({ breaks }: VehicleTable, vehicle: number): string {
  const own = breaks?.[vehicle] ?? [];
  return own.length === 0 ? "" : JSON.stringify(own);
}

function groupBy(count: number, key: (index: number) => string): Map<string, number[]> {
  return Map.groupBy(
    Array.from({ length: count }, (_, index) => index),
    key,
  );
}

function rankBySize(capacity: Float64Array, count: number, dimensions: number): Int32Array {
  const sizes = new Float64Array(count);
  for (let d = 0; d < dimensions; d++) {
    let largest = 0;
    for (let type = 0; type < count; type++) largest = Math.max(largest, capacity[type * dimensions + d]!);
    if (largest === 0) continue;
    for (let type = 0; type < count; type++) sizes[type]! += capacity[type * dimensions + d]! / largest;
  }
  const steps = [...new Set(sizes)].sort((a, b) => a - b);
  return Int32Array.from(sizes, (size) => steps.indexOf(size));
}
