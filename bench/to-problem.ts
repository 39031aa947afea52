import {
  mostMatrixLocations,
  type Problem,
  type StopTable,
  type Travel,
  type TravelMatrix,
  type VehicleTable,
} from "../src/planning/problem.ts";
import type { Solution } from "../src/planning/solution.ts";
import type { Answer, Instance, Rounding, VehicleType, Window } from "./instances/instance.ts";

/** An instance as the planner takes it. `typeOf` says which type of the instance's fleet each vehicle is. */
export type PlannerInstance = { problem: Problem; typeOf: number[] };

/** Parts of a unit that the planner counts distances and times in: it takes whole numbers only. */
const scaleOf: Record<Rounding, number> = { nearest: 1, one_decimal: 10, three_decimals: 1000, none: 1000 };

/** Makes the planner's problem of an instance; distances are rounded by the instance's rule. */
export function toProblem(instance: Instance, mostLocations = mostMatrixLocations): PlannerInstance {
  const scale = scaleOf[instance.rounding];
  const typeOf = instance.fleet.flatMap((type, index) => Array<number>(countOf(instance, type)).fill(index));
  const vehicles = typeOf.flatMap((index) => instance.fleet[index] ?? []);
  const problem: Problem = {
    dimensions: instance.fleet[0]?.capacity.length ?? 0,
    stops: buildStops(instance, { vehicles, scale }),
    vehicles: buildVehicles(vehicles, scale),
    travel: [instance.places.length > mostLocations ? measureTravel(instance) : buildTravel(instance)],
    objective: "cost",
  };
  return { problem, typeOf };
}

/** The planner's routes as the checker takes them. */
export function toAnswer({ routes }: Solution, typeOf: number[]): Answer {
  return { routes: routes.map(({ vehicle, stops }) => ({ vehicleType: typeOf[vehicle] ?? -1, stops })) };
}

/**
 * A fleet without end needs a number. Where two vehicles together are less than full one would do, so no good plan
 * takes more than twice the vehicles that the total load fills.
 */
function countOf({ stops }: Instance, { count, capacity }: VehicleType): number {
  if (Number.isFinite(count)) return Math.min(count, stops.length);
  const loads = capacity.map((most, dimension) =>
    stops.reduce((sum, { demand }) => sum + (demand[dimension] ?? 0) / most, 0),
  );
  return Math.min(stops.length, Math.ceil(2 * Math.max(...loads)) + 1);
}

/** The legs of `buildTravel`, each when it is looked at. */
function measureTravel({ places, rounding }: Instance): Travel {
  return {
    size: places.length,
    x: Float64Array.from(places, (place) => place.x),
    y: Float64Array.from(places, (place) => place.y),
    z: new Float64Array(),
    measure: { kind: "planar", scale: scaleOf[rounding], isCut: rounding === "one_decimal" },
  };
}

/** In shared memory from the beginning, so that the search's threads read it without a copy. */
function buildTravel({ places, rounding }: Instance): TravelMatrix {
  const size = places.length;
  const distanceMeters = new Int32Array(new SharedArrayBuffer(4 * size * size));
  const x = Float64Array.from(places, (place) => place.x);
  const y = Float64Array.from(places, (place) => place.y);
  const scale = scaleOf[rounding];
  const round = rounding === "one_decimal" ? Math.floor : Math.round;
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < from; to++) {
      const [east, north] = [x[from]! - x[to]!, y[from]! - y[to]!];
      const distance = round(scale * Math.sqrt(east * east + north * north));
      distanceMeters[from * size + to] = distance;
      distanceMeters[to * size + from] = distance;
    }
  }
  return { size, distanceMeters, durationSeconds: distanceMeters };
}

function buildStops(
  { stops }: Instance,
  { vehicles, scale }: { vehicles: VehicleType[]; scale: number },
): StopTable {
  const windows = stops.flatMap(({ window }) => (window ? [window] : []));
  const windowOffset = new Int32Array(stops.length + 1);
  stops.forEach(({ window }, stop) => {
    windowOffset[stop + 1] = (windowOffset[stop] ?? 0) + (window ? 1 : 0);
  });
  return {
    count: stops.length,
    location: Int32Array.from(stops, ({ place }) => place),
    delivery: Float64Array.from(stops.flatMap(({ demand }) => demand)),
    pickup: new Float64Array(stops.reduce((sum, { demand }) => sum + demand.length, 0)),
    serviceSeconds: Float64Array.from(stops, ({ service }) => service * scale),
    setupSeconds: new Float64Array(stops.length),
    windowOffset,
    windowStart: Float64Array.from(windows, ([from]) => from * scale),
    windowEnd: Float64Array.from(windows, ([, to]) => to * scale),
    priority: new Float64Array(stops.length),
    lockedPosition: new Int32Array(stops.length),
    isAllowed: buildAllowed(stops.length, vehicles),
    ...(stops.some(({ prize }) => prize !== undefined) ? { penalty: buildPenalty(stops, scale) } : {}),
  };
}

/** A stop without prize must be served. */
function buildPenalty(stops: Instance["stops"], scale: number): Float64Array {
  return Float64Array.from(stops, ({ prize = Number.POSITIVE_INFINITY }) => prize * scale);
}

function buildAllowed(stops: number, vehicles: VehicleType[]): Uint8Array {
  const isAllowed = new Uint8Array(stops * vehicles.length).fill(1);
  vehicles.forEach(({ allowedStops }, vehicle) => {
    if (!allowedStops) return;
    const allowed = new Set(allowedStops);
    for (let stop = 0; stop < stops; stop++) {
      if (!allowed.has(stop)) isAllowed[stop * vehicles.length + vehicle] = 0;
    }
  });
  return isAllowed;
}

function buildVehicles(vehicles: VehicleType[], scale: number): VehicleTable {
  const unlimited = new Float64Array(vehicles.length).fill(Number.POSITIVE_INFINITY);
  const always: Window = [0, Number.POSITIVE_INFINITY];
  return {
    count: vehicles.length,
    capacity: Float64Array.from(vehicles.flatMap(({ capacity }) => capacity)),
    startLocation: Int32Array.from(vehicles, ({ depot }) => depot),
    endLocation: Int32Array.from(vehicles, ({ depot }) => depot),
    shiftStart: Float64Array.from(vehicles, ({ shift = always }) => shift[0] * scale),
    shiftEnd: Float64Array.from(vehicles, ({ shift = always }) => shift[1] * scale),
    fixedCost: Float64Array.from(vehicles, ({ fixedCost }) => fixedCost * scale),
    costPerMeter: Float64Array.from(vehicles, ({ costPerDistance }) => costPerDistance),
    costPerTravelSecond: new Float64Array(vehicles.length),
    costPerServiceSecond: new Float64Array(vehicles.length),
    maxStops: new Int32Array(vehicles.length).fill(2 ** 31 - 1),
    maxTravelSeconds: unlimited,
    maxDistanceMeters: unlimited,
    maxDurationSeconds: Float64Array.from(
      vehicles,
      ({ maxDuration = Number.POSITIVE_INFINITY }) => maxDuration * scale,
    ),
    profile: new Int32Array(vehicles.length),
  };
}
