import { addLoads, type Load } from "./cargo.ts";

/** Loads and capacities in the search's terms, [stop][dimension] and [vehicle][dimension]: exact integers. */
export type Dimensions = { count: number; demand: number[][]; capacity: number[][] };

/** The room of one kind of vehicle: a load takes `units * sum(load * shares) / whole` of its `units`. */
type SharedSpace = { shares: bigint[]; whole: bigint; units: bigint };

const largestExact = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Room that all materials share: on each vehicle the fractions load / capacity add up to at most 1. Fractions differ
 * with the capacities, so each distinct row of capacities gets one dimension, in which all other vehicles hold
 * everything. The common multiple of its capacities makes integers of the fractions, which is exact; where those
 * would pass 2^53 the fractions are rounded up instead, so that a vehicle may be left a hair too empty, never too full.
 */
export function shareRoom(capacity: readonly Load[], loads: readonly Load[]): Dimensions {
  const materialCount = capacity[0]?.length ?? 0;
  const total = addLoads(loads, materialCount);
  const keys = capacity.map((row) => row.join(" "));
  const kinds = [...new Set(keys)];
  const spaces = kinds.map((kind) => measureSpace(capacity[keys.indexOf(kind)]!, total, loads.length));
  const demand = loads.map((load) => spaces.map((space) => takenOf(space, load)));
  const everything = addLoads(demand, kinds.length);
  const shared = keys.map((key) =>
    spaces.map(({ units }, kind) => (kinds[kind] === key ? Number(units) : everything[kind]!)),
  );
  return { count: kinds.length, demand, capacity: shared };
}

function measureSpace(capacity: Load, total: Load, loadCount: number): SharedSpace {
  const taken = capacity.filter((most) => most > 0).map(BigInt);
  const whole = taken.reduce(leastCommonMultiple, 1n);
  const shares = capacity.map((most) => (most > 0 ? whole / BigInt(most) : 0n));
  const needed = sumOf(total, shares);
  if (needed <= largestExact && whole <= largestExact) return { shares, whole, units: whole };
  // Each load may be rounded up by one unit, and the sum of all must stay exact.
  return { shares, whole, units: (largestExact - BigInt(loadCount)) / (needed / whole + 1n) };
}

/** The units of the space that a load takes, rounded up. Nothing of a material that the vehicle does not take. */
function takenOf({ shares, whole, units }: SharedSpace, load: Load): number {
  return Number((sumOf(load, shares) * units + whole - 1n) / whole);
}

function sumOf(load: Load, shares: readonly bigint[]): bigint {
  return load.reduce((sum, quantity, material) => sum + BigInt(quantity) * shares[material]!, 0n);
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
