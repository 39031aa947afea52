import type { Problem, VehicleBreak } from "../../src/planning/problem.ts";

/** One stop; what is left out is nothing, everything or everyone, as fits. */
export type StopDraft = {
  location: number;
  delivery?: number[];
  pickup?: number[];
  service?: number;
  setup?: number;
  windows?: [number, number][];
  priority?: number;
  position?: number;
  /** Vehicles that may not serve it. */
  barred?: number[];
  penalty?: number;
  /** Bit set. */
  classes?: number;
  together?: number;
  apart?: number;
  release?: number;
  /** By window, how long after its start service is free of lateness; and what a second of it costs. */
  free?: number[];
  latenessCost?: number;
  /** Makes the stop the delivery of a pair; the index of its pickup. */
  pickupOf?: number;
};

/** One vehicle; what is left out is free, unlimited, or at location 0. */
export type VehicleDraft = {
  capacity?: number[];
  start?: number;
  end?: number;
  shift?: [number, number];
  fixedCost?: number;
  costPerMeter?: number;
  costPerTravelSecond?: number;
  costPerServiceSecond?: number;
  maxStops?: number;
  maxTravel?: number;
  maxDistance?: number;
  maxDuration?: number;
  profile?: number;
  costPerStop?: number;
  serviceType?: number;
  breaks?: VehicleBreak[];
  /** The most trips, where it loads again unless at its start, and how long that takes. */
  trips?: number;
  reloadAt?: number;
  reloadTime?: number;
};

export type ProblemDraft = {
  dimensions?: number;
  stops: StopDraft[];
  vehicles: VehicleDraft[];
  /** Rows of meters by profile; seconds are the same unless given. */
  meters: number[][][];
  seconds?: number[][][];
  objective?: Problem["objective"];
  conflicts?: number[];
  /** Seconds of service and set-up by stop. */
  serviceTables?: { service: number[]; setup: number[] }[];
};

const unlimited = Number.POSITIVE_INFINITY;

/** Fills the typed arrays of a problem from a draft a person can read. */
export function routingProblem(draft: ProblemDraft): Problem {
  const { stops, vehicles, dimensions = 1, meters, seconds, objective = "cost" } = draft;
  const windows = stops.map((stop) => stop.windows ?? []);
  const amounts = (list: (number[] | undefined)[], otherwise: number): Float64Array =>
    Float64Array.from(
      list.flatMap((own) => Array.from({ length: dimensions }, (_, d) => own?.[d] ?? otherwise)),
    );
  const ofStops = (value: (stop: StopDraft) => number): number[] => stops.map(value);
  const ofVehicles = (value: (vehicle: VehicleDraft) => number): number[] => vehicles.map(value);
  return {
    dimensions,
    objective,
    ...rulesOfProblem(draft),
    stops: {
      ...rulesOfStops(stops),
      count: stops.length,
      location: Int32Array.from(ofStops((stop) => stop.location)),
      delivery: amounts(
        stops.map((stop) => stop.delivery),
        0,
      ),
      pickup: amounts(
        stops.map((stop) => stop.pickup),
        0,
      ),
      serviceSeconds: Float64Array.from(ofStops((stop) => stop.service ?? 0)),
      setupSeconds: Float64Array.from(ofStops((stop) => stop.setup ?? 0)),
      windowOffset: Int32Array.from([
        0,
        ...windows.map((_, stop) => windows.slice(0, stop + 1).flat().length),
      ]),
      windowStart: Float64Array.from(windows.flat().map(([start]) => start)),
      windowEnd: Float64Array.from(windows.flat().map(([, end]) => end)),
      priority: Float64Array.from(ofStops((stop) => stop.priority ?? 0)),
      lockedPosition: Int32Array.from(ofStops((stop) => stop.position ?? 0)),
      isAllowed: Uint8Array.from(
        stops.flatMap((stop) => vehicles.map((_, vehicle) => (stop.barred?.includes(vehicle) ? 0 : 1))),
      ),
    },
    vehicles: {
      ...rulesOfVehicles(vehicles),
      count: vehicles.length,
      capacity: amounts(
        vehicles.map((vehicle) => vehicle.capacity),
        unlimited,
      ),
      startLocation: Int32Array.from(ofVehicles((vehicle) => vehicle.start ?? 0)),
      endLocation: Int32Array.from(ofVehicles((vehicle) => vehicle.end ?? 0)),
      shiftStart: Float64Array.from(ofVehicles((vehicle) => vehicle.shift?.[0] ?? 0)),
      shiftEnd: Float64Array.from(ofVehicles((vehicle) => vehicle.shift?.[1] ?? unlimited)),
      fixedCost: Float64Array.from(ofVehicles((vehicle) => vehicle.fixedCost ?? 0)),
      costPerMeter: Float64Array.from(ofVehicles((vehicle) => vehicle.costPerMeter ?? 1)),
      costPerTravelSecond: Float64Array.from(ofVehicles((vehicle) => vehicle.costPerTravelSecond ?? 0)),
      costPerServiceSecond: Float64Array.from(ofVehicles((vehicle) => vehicle.costPerServiceSecond ?? 0)),
      maxStops: Int32Array.from(ofVehicles((vehicle) => vehicle.maxStops ?? 2 ** 31 - 1)),
      maxTravelSeconds: Float64Array.from(ofVehicles((vehicle) => vehicle.maxTravel ?? unlimited)),
      maxDistanceMeters: Float64Array.from(ofVehicles((vehicle) => vehicle.maxDistance ?? unlimited)),
      maxDurationSeconds: Float64Array.from(ofVehicles((vehicle) => vehicle.maxDuration ?? unlimited)),
      profile: Int32Array.from(ofVehicles((vehicle) => vehicle.profile ?? 0)),
    },
    travel: meters.map((rows, profile) => {
      const distanceMeters = Int32Array.from(rows.flat());
      const own = seconds?.[profile];
      return {
        size: rows.length,
        distanceMeters,
        durationSeconds: own ? Int32Array.from(own.flat()) : distanceMeters,
      };
    }),
  };
}

function rulesOfProblem({ conflicts, serviceTables }: ProblemDraft): Partial<Problem> {
  const tables = serviceTables?.map(({ service, setup }) => ({
    serviceSeconds: Float64Array.from(service),
    setupSeconds: Float64Array.from(setup),
  }));
  return {
    ...(conflicts && { conflicts: Uint32Array.from(conflicts) }),
    ...(tables && { serviceTables: tables }),
  };
}

/** The arrays of those rules alone that some stop names, as the planner's own builders leave out the others. */
function rulesOfStops(stops: StopDraft[]): Partial<Problem["stops"]> {
  const isNamed = (name: keyof StopDraft): boolean => stops.some((stop) => stop[name] !== undefined);
  const free = stops.flatMap(({ windows = [], free: own }) =>
    windows.map(([start, end], window) => Math.min(end, start + (own?.[window] ?? unlimited))),
  );
  return {
    ...(isNamed("penalty") && { penalty: Float64Array.from(stops, (stop) => stop.penalty ?? unlimited) }),
    ...(isNamed("classes") && { classes: Uint32Array.from(stops, (stop) => stop.classes ?? 0) }),
    ...(isNamed("together") && { togetherGroup: Int32Array.from(stops, (stop) => stop.together ?? -1) }),
    ...(isNamed("apart") && { apartGroup: Int32Array.from(stops, (stop) => stop.apart ?? -1) }),
    ...(isNamed("release") && {
      releaseSeconds: Float64Array.from(stops, (stop) => stop.release ?? -unlimited),
    }),
    ...(isNamed("pickupOf") && { pickupOf: Int32Array.from(stops, (stop) => stop.pickupOf ?? -1) }),
    ...(isNamed("free") && { latestFreeSeconds: Float64Array.from(free) }),
    ...(isNamed("latenessCost") && {
      latenessCostPerSecond: Float64Array.from(stops, (stop) => stop.latenessCost ?? 0),
    }),
  };
}

function rulesOfVehicles(vehicles: VehicleDraft[]): Partial<Problem["vehicles"]> {
  const isNamed = (name: keyof VehicleDraft): boolean =>
    vehicles.some((vehicle) => vehicle[name] !== undefined);
  return {
    ...(isNamed("costPerStop") && {
      costPerStop: Float64Array.from(vehicles, ({ costPerStop = 0 }) => costPerStop),
    }),
    ...(isNamed("serviceType") && {
      serviceType: Int32Array.from(vehicles, ({ serviceType = -1 }) => serviceType),
    }),
    ...(isNamed("trips") && { mostTrips: Int32Array.from(vehicles, ({ trips = 1 }) => trips) }),
    ...(isNamed("reloadAt") && {
      reloadLocation: Int32Array.from(vehicles, ({ reloadAt, start = 0 }) => reloadAt ?? start),
    }),
    ...(isNamed("reloadTime") && {
      reloadSeconds: Float64Array.from(vehicles, ({ reloadTime = 0 }) => reloadTime),
    }),
    ...(isNamed("breaks") && { breaks: vehicles.map(({ breaks = [] }) => breaks) }),
  };
}

/** Meters between points on a line: |a - b|. */
export function alongLine(points: number[]): number[][] {
  return points.map((a) => points.map((b) => Math.abs(a - b)));
}

/** Meters between points of a grid, rounded; as good as metric. */
export function acrossGrid(points: [number, number][]): number[][] {
  return points.map(([ax, ay]) => points.map(([bx, by]) => Math.round(10 * Math.hypot(ax - bx, ay - by))));
}
