/**
 * A routing problem as structs of typed arrays, built once and only read by the search.
 * Times are seconds from an epoch of the builder's choice; loads are exact integers (at most 2^53).
 */
export type Problem = {
  /** Number of load dimensions: materials, or rooms that several share. */
  dimensions: number;
  stops: StopTable;
  vehicles: VehicleTable;
  /** Travel matrices; `vehicles.profile` says which one a vehicle drives by. */
  travel: TravelMatrix[];
  /** What the search makes small; more priority served, then more stops served, always come first. */
  objective: "cost" | "balanced" | "earliest_finish";
};

/** What is to be visited. `[stop]` arrays have `count` entries. */
export type StopTable = {
  count: number;
  /** Matrix index, [stop]. */
  location: Int32Array;
  /** Loaded at the start and unloaded at the stop, [stop * dimensions + dimension]. */
  delivery: Float64Array;
  /** Loaded at the stop and carried to the end, [stop * dimensions + dimension]. */
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
};

/** Who can visit. Every vehicle drives at most one route. `[vehicle]` arrays have `count` entries. */
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
};

/** Directed travel between locations, whole meters and seconds, [from * size + to]. The two may be one array. */
export type TravelMatrix = { size: number; distanceMeters: Int32Array; durationSeconds: Int32Array };
