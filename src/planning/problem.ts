import type { SpherePoints } from "./great-circle.ts";

/**
 * A routing problem as structs of typed arrays, built once and only read by the search.
 * Times are seconds from an epoch of the builder's choice; loads are exact integers (at most 2^53).
 */
export type Problem = {
  /** Number of load dimensions: materials, or rooms that several share. */
  dimensions: number;
  stops: StopTable;
  vehicles: VehicleTable;
  /** Travel between the locations; `vehicles.profile` says which one a vehicle drives by. */
  travel: Travel[];
  /** What the search makes small; more priority served, then more stops served, always come first. */
  objective: "cost" | "balanced" | "earliest_finish";
  /** Bit set of the load classes that each class must not share a route with, [class]; at most 32 classes. */
  conflicts?: Uint32Array;
  /** Service and set-up for the vehicles that name a table in `vehicles.serviceType`. */
  serviceTables?: ServiceTable[];
};

/** What stops take on some vehicles, in place of what `StopTable` says, seconds, [stop]. */
export type ServiceTable = { serviceSeconds: Float64Array; setupSeconds: Float64Array };

/** What is to be visited. `[stop]` arrays have `count` entries. */
export type StopTable = {
  count: number;
  /** Matrix index, [stop]. */
  location: Int32Array;
  /** Loaded at the start, or at the stop's own pickup, and unloaded at the stop, [stop * dimensions + dimension]. */
  delivery: Float64Array;
  /** Loaded at the stop and carried to the end, or to the stop's own delivery, [stop * dimensions + dimension]. */
  pickup: Float64Array;
  /** Seconds at every visit, [stop]. */
  serviceSeconds: Float64Array;
  /** Seconds more unless the stop before is at the same location, [stop]. */
  setupSeconds: Float64Array;
  /** The windows of stop i are windowStart/End[windowOffset[i] .. windowOffset[i + 1]); none = any time. */
  windowOffset: Int32Array;
  /** Earliest and latest start of service, seconds, ascending within a stop. */
  windowStart: Float64Array;
  windowEnd: Float64Array;
  /** Not negative, the larger the more important, [stop]. Integers keep their sums exact. */
  priority: Float64Array;
  /** Sequence number from 1 that the stop must have on its route, 0 when free, [stop]. */
  lockedPosition: Int32Array;
  /** 1 where the vehicle may serve the stop, [stop * vehicles.count + vehicle]. */
  isAllowed: Uint8Array;
  /**
   * What it costs to leave the stop out, not negative; Infinity where it must be served, [stop]. A stop with a finite
   * penalty counts neither as priority nor as a stop served. Another objective than cost comes after the penalties.
   */
  penalty?: Float64Array;
  /** Bit set of the load classes that the stop needs, [stop]; `Problem.conflicts` says which must not meet. */
  classes?: Uint32Array;
  /** Stops of one number ride on one vehicle, or all stay out; -1 for none, [stop]. */
  togetherGroup?: Int32Array;
  /** No two stops of one number ride on one vehicle; -1 for none, [stop]. */
  apartGroup?: Int32Array;
  /** A trip begins no earlier than any of its stops is released, seconds; -Infinity: at once, [stop]. */
  releaseSeconds?: Float64Array;
  /** Service that begins in a window but later than this costs for each second, [window]; Infinity: it never does. */
  latestFreeSeconds?: Float64Array;
  /** What a second of that lateness costs, not negative, [stop]. */
  latenessCostPerSecond?: Float64Array;
  /**
   * Of the delivery stop of a pair the index of its pickup stop, -1 for any other, [stop]. Both ride on one trip of one
   * vehicle, the pickup first, or both stay out. The pickup stop has the pair's amount in `pickup`, its delivery stop
   * the same in `delivery`; it is on board only between the two. The pair's priority and penalty are those of its
   * pickup stop; the delivery's priority is 0, and its penalty 0 where the pickup's is finite, else Infinity.
   */
  pickupOf?: Int32Array;
};

/**
 * Who can visit. Every vehicle drives at most one route, which may be of several trips. Capacity and conflicting
 * classes hold for each trip, all else for the route. `[vehicle]` arrays have `count` entries.
 */
export type VehicleTable = {
  count: number;
  /** [vehicle * dimensions + dimension]. */
  capacity: Float64Array;
  /** Matrix index or -1: the route starts at its first stop, ends at its last, [vehicle]. */
  startLocation: Int32Array;
  endLocation: Int32Array;
  /** The route's first departure is not before, its end not after, seconds, [vehicle]. */
  shiftStart: Float64Array;
  shiftEnd: Float64Array;
  /** Cost when the vehicle is used at all, and per unit, [vehicle]. Integers keep the cost exact. */
  fixedCost: Float64Array;
  costPerMeter: Float64Array;
  costPerTravelSecond: Float64Array;
  /** Per second of set-up and service. */
  costPerServiceSecond: Float64Array;
  /** Limits, Infinity (or 2^31 - 1 stops) when there is none, [vehicle]. */
  maxStops: Int32Array;
  maxTravelSeconds: Float64Array;
  maxDistanceMeters: Float64Array;
  /** From departure to end, waiting and service included. */
  maxDurationSeconds: Float64Array;
  /** Index into Problem.travel, [vehicle]. */
  profile: Int32Array;
  /** Cost of each stop that the vehicle serves, [vehicle]. */
  costPerStop?: Float64Array;
  /** Index into Problem.serviceTables, -1 for what the stops say, [vehicle]. */
  serviceType?: Int32Array;
  /** The breaks that each vehicle takes when it is used, in the order in which it takes them, [vehicle]. */
  breaks?: VehicleBreak[][];
  /**
   * The most trips of each vehicle: before each but the first it loads again. 1: it never does, and so does a vehicle
   * without a place to load at, [vehicle].
   */
  mostTrips?: Int32Array;
  /** Matrix index where it loads again, or -1: nowhere. Its start location when left out, [vehicle]. */
  reloadLocation?: Int32Array;
  /** What unloading and loading again takes there, paid as service, seconds, [vehicle]. */
  reloadSeconds?: Float64Array;
};

/**
 * A break that a used vehicle takes once between its departure and its end: between two stops, while it drives
 * (the drive goes on afterwards), or where it stands. It counts as time, not as service.
 */
export type VehicleBreak = {
  /** Earliest and latest start, seconds, ascending; at least one. */
  windows: [start: number, end: number][];
  durationSeconds: number;
  /** The most that may be on board meanwhile, [dimension]; any load when left out. */
  maximumLoad?: number[];
  /** Not taken by a vehicle that leaves when it is over at the latest, or ends before it opens. */
  isOnlyWhenOut?: true;
};

/** Directed travel between locations, whole meters and seconds, [from * size + to]. The two may be one array. */
export type TravelMatrix = { size: number; distanceMeters: Int32Array; durationSeconds: Int32Array };

/**
 * Locations by coordinates, for so many that a matrix would be too large: a leg is measured whenever it is looked at,
 * and is what the matrix would hold. A location whose coordinates are no numbers is nowhere: its legs take nothing.
 */
export type TravelPoints = SpherePoints & {
  size: number;
  measure: PlanarMeasure | GreatCircleMeasure;
  unplaced?: UnplacedLocations;
};

/** What legs are to and from locations that are known to be somewhere, but not where. */
export type UnplacedLocations = {
  /** 1 for a location without a place, 2 for one that is come to from there at once, 0 for any other, [location]. */
  kind: Uint8Array;
  /** The location that a leg to one without a place goes to instead, -1: such a leg takes nothing. */
  standIn: number;
  /** Any other leg from one without a place. */
  awayMeters: number;
  awaySeconds: number;
};

/** Straight ways in the plane of x and y, in parts of a unit (`scale` to one), cut or rounded; meters and seconds alike. */
type PlanarMeasure = { kind: "planar"; scale: number; isCut: boolean };

/** Great circles, longer by `roadFactor`, in whole meters; their whole seconds are counted in parts: `timeFactor` to one. */
type GreatCircleMeasure = {
  kind: "great_circle";
  roadFactor: number;
  metersPerSecond: number;
  timeFactor: number;
};

/** What legs are read from or measured by. */
export type Travel = TravelMatrix | TravelPoints;

/** The most locations of a matrix: two of so many rows take 288 MB. More are measured between their points. */
export const mostMatrixLocations = 6_000;

/** Whether legs are measured between points, not read from a matrix. */
export function isMeasured(travel: { size: number }): travel is TravelPoints {
  return "measure" in travel;
}
