import fc from "fast-check";
import type { Problem } from "../../src/planning/problem.ts";
import { acrossGrid, routingProblem, type StopDraft, type VehicleDraft } from "./routing-problem.ts";

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
  },
  { requiredKeys: ["location", "delivery"] },
);

const anyVehicle: fc.Arbitrary<VehicleDraft> = fc.record(
  {
    capacity: fc.array(fc.integer({ min: 3, max: 30 }), { minLength: dimensions, maxLength: dimensions }),
    start: fc.integer({ min: -1, max: locationCount - 1 }),
    end: fc.integer({ min: -1, max: locationCount - 1 }),
    shift: fc.tuple(fc.nat(100), fc.integer({ min: 200, max: 2000 })),
    fixedCost: fc.nat(500),
    costPerMeter: fc.nat(3),
    costPerTravelSecond: fc.nat(2),
    costPerServiceSecond: fc.nat(1),
    maxStops: fc.nat(8),
    maxTravel: fc.nat(1000),
    maxDistance: fc.nat(1000),
    maxDuration: fc.nat(1500),
  },
  { requiredKeys: ["capacity"] },
);

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

/** Two profiles without any sense of geometry, every rule at once, locked positions among them. */
export const anyProblem: fc.Arbitrary<Problem> = fc
  .record({
    stops: fc.array(anyStop, { maxLength: 14, size: "max" }),
    positions: fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 2, 3), { minLength: 14, maxLength: 14 }),
    vehicles: fc.array(anyVehicle, { maxLength: 4, size: "max" }),
    profiles: fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }),
    meters: fc.array(anyMatrix, { minLength: 2, maxLength: 2 }),
    seconds: fc.array(anyMatrix, { minLength: 2, maxLength: 2 }),
    objective: anyObjective,
  })
  .map(({ stops, positions, vehicles, profiles, ...rest }) =>
    routingProblem({
      ...rest,
      dimensions,
      stops: stops.map((stop, index) => ({ ...stop, position: positions[index]! })),
      vehicles: vehicles.map((vehicle, index) => ({ ...vehicle, profile: profiles[index]! })),
    }),
  );

/** Few stops on a plane, few enough to look at every plan there is. */
export const anySmallProblem: fc.Arbitrary<Problem> = fc
  .record({
    stops: fc.array(anyStop, { minLength: 1, maxLength: 5 }),
    vehicles: fc.array(anyVehicle, { minLength: 1, maxLength: 2 }),
    meters: fc.tuple(anyGrid),
    objective: anyObjective,
  })
  .map((draft) => routingProblem({ ...draft, dimensions }));
