import type { Problem, ServiceTable, StopTable } from "../problem.ts";
import { mostTripsOf, reloadLocationOf } from "../schedule/visits.ts";

/**
 * The nodes at which routes may load again. Vehicles that do so at one place and in one time share a kind, and each
 * kind has as many nodes as its vehicles can use: `offset[kind]` up to `offset[kind + 1]`.
 */
export type ReloadNodes = {
  offset: Int32Array;
  /** The kind of each vehicle, [vehicle]. */
  kindOf: Int32Array;
};

type Kind = { location: number; seconds: number; count: number };

/** The reloads that a problem has use for; undefined where every vehicle drives one trip. */
export function findReloads(problem: Problem): { nodes: ReloadNodes; kinds: Kind[] } | undefined {
  const { vehicles, stops } = problem;
  const kinds = new Map<string, Kind & { number: number }>();
  const most = Math.max(0, stops.count - 1);
  const kindOf = Int32Array.from({ length: vehicles.count }, (_, vehicle) => {
    const location = reloadLocationOf(problem, vehicle);
    const seconds = vehicles.reloadSeconds?.[vehicle] ?? 0;
    const key = `${location} ${seconds}`;
    const kind = kinds.get(key) ?? { location, seconds, count: 0, number: kinds.size };
    kind.count = Math.min(most, kind.count + mostTripsOf(problem, vehicle) - 1);
    kinds.set(key, kind);
    return kind.number;
  });
  const list = [...kinds.values()];
  const offset = new Int32Array(list.length + 1).fill(stops.count);
  for (const { number, count } of list) offset[number + 1] = offset[number]! + count;
  return offset.at(-1) === stops.count ? undefined : { nodes: { offset, kindOf }, kinds: list };
}

/** The problem with the nodes of its reloads behind its stops: stops that carry nothing, are always open and for all. */
export function withReloads(problem: Problem, kinds: readonly Kind[]): Problem {
  const { stops, vehicles, dimensions, serviceTables } = problem;
  const places = kinds.flatMap(({ count, ...kind }) => new Array<typeof kind>(count).fill(kind));
  const seconds = places.map((place) => place.seconds);
  const none = places.map(() => 0);
  const widen = ({ serviceSeconds, setupSeconds }: ServiceTable): ServiceTable => ({
    serviceSeconds: extend(serviceSeconds, seconds),
    setupSeconds: extend(setupSeconds, none),
  });
  const nothing = new Array<number>(places.length * dimensions).fill(0);
  const table: StopTable = {
    ...stops,
    ...widen(stops),
    ...widenRules(stops, places.length),
    count: stops.count + places.length,
    location: extend(
      stops.location,
      places.map(({ location }) => location),
    ),
    delivery: extend(stops.delivery, nothing),
    pickup: extend(stops.pickup, nothing),
    windowOffset: extend(
      stops.windowOffset,
      places.map(() => stops.windowOffset[stops.count]!),
    ),
    priority: extend(
      stops.priority,
      places.map(() => stops.priority[0]!),
    ),
    lockedPosition: extend(stops.lockedPosition, none),
    isAllowed: extend(stops.isAllowed, new Array<number>(places.length * vehicles.count).fill(1)),
  };
  return { ...problem, stops: table, ...(serviceTables && { serviceTables: serviceTables.map(widen) }) };
}

/** The rules that only some problems have. */
function widenRules(stops: StopTable, count: number): Partial<StopTable> {
  const all = (value: number): number[] => new Array<number>(count).fill(value);
  const { penalty, classes, togetherGroup, apartGroup, releaseSeconds, latenessCostPerSecond, pickupOf } =
    stops;
  return {
    ...(penalty && { penalty: extend(penalty, all(Number.POSITIVE_INFINITY)) }),
    ...(classes && { classes: extend(classes, all(0)) }),
    ...(togetherGroup && { togetherGroup: extend(togetherGroup, all(-1)) }),
    ...(pickupOf && { pickupOf: extend(pickupOf, all(-1)) }),
    ...(apartGroup && { apartGroup: extend(apartGroup, all(-1)) }),
    ...(releaseSeconds && { releaseSeconds: extend(releaseSeconds, all(Number.NEGATIVE_INFINITY)) }),
    ...(latenessCostPerSecond && { latenessCostPerSecond: extend(latenessCostPerSecond, all(0)) }),
  };
}

type Column = Int32Array | Uint32Array | Uint8Array | Float64Array;

function extend<C extends Column>(values: C, more: readonly number[]): C {
  const wide = new (values.constructor as new (length: number) => C)(values.length + more.length);
  wide.set(values);
  wide.set(more, values.length);
  return wide;
}
