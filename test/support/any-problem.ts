import fc from "fast-check";
import type { Problem, VehicleBreak } from "../../src/planning/problem.ts";
import {
  acrossGrid,
  type ProblemDraft,
  routingProblem,
  type StopDraft,
  type VehicleDraft,
} from "./routing-problem.ts";

const locationCount = 7;
const dimensions = 2;

const anyLoad = fc.array(fc.nat(6), { minLength: dimensions, maxLength: dimensions });
const anyLocation = fc.nat(locationCount - 1);
const anyStretch = fc.tuple(fc.nat(200), fc.nat(900));

/** Up to two windows, one behind the other. */
const anyWindows: fc.Arbitrary<[number, number][]> = fc
  .array(anyStretch, { minLength: 1, maxLength: 2 })
  .map((stretches) => {
    let clock = 0;
    return stretches.map(([wait, length]) => {
      const start = clock + wait;
      clock = start + length + 1;
      return [start, start + length];
    });
  });

const anyStop: fc.Arbitrary<StopDraft> = fc.record(
  {
    location: anyLocation,
    delivery: anyLoad,
    pickup: anyLoad,
    service: fc.nat(30),
    setup: fc.nat(30),
    windows: anyWindows,
    priority: fc.constantFrom(0, 0, 1, 10),
    barred: fc.uniqueArray(fc.nat(3), { maxLength: 1 }),
    penalty: fc.nat(1000),
    classes: fc.constantFrom(0, 0, 1, 2, 4, 6),
    together: fc.nat(5),
    apart: fc.nat(5),
    release: fc.nat(300),
    free: fc.array(fc.nat(300), { minLength: 2, maxLength: 2 }),
    latenessCost: fc.nat(3),
  },
  { requiredKeys: ["location", "delivery"] },
);

const anyBreaks: fc.Arbitrary<VehicleBreak[]> = fc
  .array(
    fc.record(
      {
        windows: anyWindows,
        durationSeconds: fc.nat(60),
        maximumLoad: fc.array(fc.nat(20), { minLength: dimensions, maxLength: dimensions }),
        isOnlyWhenOut: fc.constant(true as const),
      },
      { requiredKeys: ["windows", "durationSeconds"] },
    ),
    { maxLength: 2 },
  )
  .map((breaks) => breaks.toSorted((a, b) => a.windows[0]![0] - b.windows[0]![0]));

const anyVehicle: fc.Arbitrary<VehicleDraft> = fc.record(
  {
    capacity: fc.array(fc.integer({ min: 3, max: 60 }), { minLength: dimensions, maxLength: dimensions }),
    start: fc.integer({ min: -1, max: locationCount - 1 }),
    end: fc.integer({ min: -1, max: locationCount - 1 }),
    shift: fc.tuple(fc.nat(100), fc.integer({ min: 200, max: 2000 })),
    fixedCost: fc.nat(500),
    costPerMeter: fc.nat(3),
    costPerTravelSecond: fc.nat(2),
    costPerServiceSecond: fc.nat(1),
    maxStops: fc.nat(14),
    maxTravel: fc.nat(2500),
    maxDistance: fc.nat(2500),
    maxDuration: fc.nat(3000),
    costPerStop: fc.nat(50),
    serviceType: fc.integer({ min: -1, max: 0 }),
    breaks: anyBreaks,
  },
  { requiredKeys: ["capacity"] },
);

/** What is asked of vehicles that may load again, one for each. */
const anyTrips = fc.array(
  fc.record(
    {
      trips: fc.constantFrom(1, 2, 3, 3),
      reloadAt: fc.constantFrom(-1, ...Array.from({ length: locationCount }, (_, at) => at)),
      reloadTime: fc.nat(60),
    },
    { requiredKeys: ["trips"] },
  ),
  { minLength: 4, maxLength: 4 },
);
type Trips = Pick<VehicleDraft, "trips" | "reloadAt" | "reloadTime">;

const anyMatrix = fc
  .array(fc.nat(120), { minLength: locationCount ** 2, maxLength: locationCount ** 2 })
  .map((values) =>
    Array.from({ length: locationCount }, (_, from) =>
      Array.from({ length: locationCount }, (_, to) =>
        from === to ? 0 : values[from * locationCount + to]!,
      ),
    ),
  );

const anyGrid = fc
  .array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: locationCount, maxLength: locationCount })
  .map(acrossGrid);

const anyObjective = fc.constantFrom("cost" as const, "balanced" as const, "earliest_finish" as const);

const anyConflicts = fc.array(fc.constantFrom(0, 0, 1, 2, 4), { minLength: 3, maxLength: 3 });

type Rule =
  | Exclude<keyof StopDraft, "location" | "delivery">
  | Exclude<keyof VehicleDraft, "capacity" | keyof Trips>;

/** Rules that only some problems have; a problem has each of them or not. */
const optionalRules: readonly Rule[] = [
  "penalty",
  "classes",
  "together",
  "apart",
  "release",
  "free",
  "latenessCost",
  "costPerStop",
  "serviceType",
  "breaks",
];
const anyRules: fc.Arbitrary<readonly Rule[]> = fc.oneof(
  fc.constant([]),
  fc.subarray([...optionalRules]),
  fc.constant([...optionalRules]),
);

function onlyRules<Draft extends StopDraft | VehicleDraft>(draft: Draft, rules: readonly Rule[]): Draft {
  const entries = Object.entries(draft);
  const isKept = (name: string): boolean =>
    !optionalRules.some((rule) => rule === name) || rules.some((rule) => rule === name);
  return Object.fromEntries(entries.filter(([name]) => isKept(name))) as Draft;
}

/** Of each two stops, whether they are a pair, and which of them is the pickup. */
const anyPairing = fc.array(fc.constantFrom("none", "first", "second"), { minLength: 7, maxLength: 7 });

/** The stops with some neighbours made pairs: the amount and the worth of a pair are those that its first stop had. */
function pairUp(stops: StopDraft[], pairing: string[]): StopDraft[] {
  return stops.map((stop, index) => {
    const other = index % 2 === 0 ? index + 1 : index - 1;
    const which = pairing[index >> 1];
    if (which === undefined || which === "none" || other >= stops.length) return stop;
    const { delivery, pickup: _, penalty, ...rest } = { ...stop, ...claimOf(stops[index & ~1]!) };
    const amount = delivery ?? [];
    const worth = penalty === undefined ? {} : { penalty };
    if ((which === "first") === (index % 2 === 0)) return { ...rest, ...worth, pickup: amount };
    const none = penalty === undefined ? {} : { penalty: 0 };
    return { ...rest, ...none, delivery: amount, priority: 0, pickupOf: other };
  });
}

function claimOf({ delivery = [], priority = 0, penalty }: StopDraft) {
  return { delivery, priority, penalty };
}

/** Two profiles without any sense of geometry, every rule at once, locked positions among them. */
const anyDraft: fc.Arbitrary<ProblemDraft> = fc
  .record({
    stops: fc.array(anyStop, { maxLength: 14, size: "max" }),
    positions: fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 2, 3), { minLength: 14, maxLength: 14 }),
    vehicles: fc.array(anyVehicle, { maxLength: 4, size: "max" }),
    profiles: fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }),
    meters: fc.array(anyMatrix, { minLength: 2, maxLength: 2 }),
    seconds: fc.array(anyMatrix, { minLength: 2, maxLength: 2 }),
    objective: anyObjective,
    conflicts: anyConflicts,
    otherTimes: fc.array(fc.nat(30), { minLength: 28, maxLength: 28 }),
    rules: anyRules,
  })
  .map(({ stops, positions, vehicles, profiles, otherTimes, rules, ...rest }) => ({
    ...rest,
    dimensions,
    stops: stops.map((stop, index) => ({ ...onlyRules(stop, rules), position: positions[index]! })),
    vehicles: vehicles.map((vehicle, index) => ({
      ...onlyRules(vehicle, rules),
      profile: profiles[index]!,
    })),
    serviceTables: [
      { service: otherTimes.slice(0, stops.length), setup: otherTimes.slice(14, 14 + stops.length) },
    ],
  }));

export const anyProblem: fc.Arbitrary<Problem> = anyDraft.map(routingProblem);

/** The same with pairs of stops that are picked up and delivered. */
export const anyPairedProblem: fc.Arbitrary<Problem> = fc
  .tuple(anyDraft, anyPairing)
  .map(([draft, pairing]) => routingProblem({ ...draft, stops: pairUp(draft.stops, pairing) }));

/** Few stops on a plane, few enough to look at every plan there is. */
const anySmallDraft = (mostStops: number, leastStops = 1): fc.Arbitrary<ProblemDraft> =>
  fc
    .record({
      stops: fc.array(anyStop, { minLength: leastStops, maxLength: mostStops }),
      vehicles: fc.array(anyVehicle, { minLength: 1, maxLength: 2 }),
      meters: fc.tuple(anyGrid),
      objective: anyObjective,
      conflicts: anyConflicts,
      otherTimes: fc.array(fc.nat(30), { minLength: 2 * mostStops, maxLength: 2 * mostStops }),
      rules: anyRules,
    })
    .map(({ otherTimes, rules, stops, vehicles, ...draft }) => ({
      ...draft,
      dimensions,
      stops: stops.map((stop) => onlyRules(stop, rules)),
      vehicles: vehicles.map((vehicle) => onlyRules(vehicle, rules)),
      serviceTables: [{ service: otherTimes.slice(0, mostStops), setup: otherTimes.slice(mostStops) }],
    }));

/** Vehicles that must load again to serve much of what there is. */
const withTrips = (draft: ProblemDraft, trips: Trips[], isOneFamily = false): ProblemDraft => ({
  ...draft,
  vehicles: draft.vehicles.map((vehicle, index) => ({
    ...(isOneFamily ? { fixedCost: vehicle.fixedCost ?? 0, costPerMeter: 1 + index } : vehicle),
    ...trips[index],
    ...(isOneFamily && { reloadAt: 1, reloadTime: 5 }),
    ...(!isOneFamily && vehicle.breaks && index > 0 && { breaks: [] }),
    capacity: vehicle.capacity!.map((most) => 4 + (most >> 2)),
  })),
});

/** Every rule at once, and vehicles that hold little but may load again. */
export const anyProblemOfTrips: fc.Arbitrary<Problem> = fc
  .tuple(anyDraft, anyTrips, fc.boolean())
  .map(([draft, trips, isOneFamily]) => routingProblem(withTrips(draft, trips, isOneFamily)));

/** The same with pairs of stops that are picked up and delivered. */
export const anyPairedProblemOfTrips: fc.Arbitrary<Problem> = fc
  .tuple(anyDraft, anyTrips, anyPairing)
  .map(([draft, trips, pairing]) => ({ ...withTrips(draft, trips), stops: pairUp(draft.stops, pairing) }))
  .map(routingProblem);

/** Few stops on a plane for vehicles that may load again. */
export const anySmallProblemOfTrips = (mostStops: number): fc.Arbitrary<Problem> =>
  fc
    .tuple(anySmallDraft(mostStops), anyTrips)
    .map(([draft, trips]) => routingProblem(withTrips(draft, trips)));

/** From so few stops to so many. */
export const anySmallProblem = (leastStops: number, mostStops: number): fc.Arbitrary<Problem> =>
  anySmallDraft(mostStops, leastStops).map(routingProblem);

const anyEnd = fc.constantFrom("first", "second");
const anySmallPairing = fc.tuple(anyEnd, anyEnd, anyEnd, fc.constantFrom("none", "first", "second"));

/** Up to four pairs, or up to three and two single stops. */
export const anySmallPairedProblem: fc.Arbitrary<Problem> = fc
  .tuple(anySmallDraft(8), anySmallPairing)
  .map(([draft, pairing]) => routingProblem({ ...draft, stops: pairUp(draft.stops, pairing) }));

/** Up to three pairs for vehicles that may load again. */
export const anySmallPairedProblemOfTrips: fc.Arbitrary<Problem> = fc
  .tuple(anySmallDraft(6), anyTrips, anySmallPairing)
  .map(([draft, trips, pairing]) => ({ ...withTrips(draft, trips), stops: pairUp(draft.stops, pairing) }))
  .map(routingProblem);
