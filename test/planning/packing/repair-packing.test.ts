import fc from "fast-check";
import { expect, test } from "vitest";
import { buildPackingModel } from "../../../src/planning/packing/packing-model.ts";
import { repairPacking } from "../../../src/planning/packing/repair-packing.ts";
import { Random } from "../../../src/planning/search/random.ts";
import { packingProblem } from "../../support/any-packing.ts";

/** Vehicles cut to the last unit into what the items are, two amounts each. */
const anyCut = fc.array(
  fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 4,
  }),
  {
    minLength: 2,
    maxLength: 4,
  },
);

test("what it finds is a packing into vehicles that the items fill to the last unit", () => {
  fc.assert(
    fc.property(anyCut, fc.nat(1000), (vehicles, seed) => {
      const items = vehicles.flat().map((amounts) => [...amounts]);
      const types = vehicles.map((own) => ({
        capacity: [0, 1].map((d) => own.reduce((sum, amounts) => sum + amounts[d]!, 0)),
        cost: 1,
        available: 1,
      }));
      const model = buildPackingModel(packingProblem({ items, types }));
      const fleet = Int32Array.from(vehicles.keys());
      const random = new Random(seed);
      const vehicleOf = Int32Array.from(items, (_, item) =>
        vehicles.findIndex((_, vehicle) => model.fits[item * model.typeCount + vehicle] === 1),
      );
      const found = repairPacking({ model, fleet, vehicleOf, random, fraction: (moves) => moves / 3e5 });
      fc.pre(found !== undefined);
      const loads = types.map(({ capacity }) => [...capacity]);
      for (const [item, vehicle] of found.entries())
        for (const d of [0, 1]) loads[vehicle]![d]! -= items[item]![d]!;
      expect(loads.flat().every((left) => left === 0)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("gives up at the end of its budget where there is no packing", () => {
  const model = buildPackingModel(
    packingProblem({ items: [[3], [3], [3]], types: [{ capacity: [5], cost: 1, available: 2 }] }),
  );
  const task = {
    model,
    fleet: Int32Array.of(0, 0),
    vehicleOf: Int32Array.of(0, 0, 1),
    random: new Random(1),
  };
  expect(repairPacking({ ...task, fraction: (moves) => moves / 20_000 })).toBeUndefined();
});

test("finds the one packing of a tight fleet from a start that is overloaded", () => {
  const items = [
    [9, 1],
    [1, 9],
    [7, 4],
    [3, 6],
    [5, 5],
    [5, 5],
    [8, 2],
    [2, 8],
  ];
  const model = buildPackingModel(
    packingProblem({ items, types: [{ capacity: [10, 10], cost: 1, available: 4 }] }),
  );
  const task = {
    model,
    fleet: Int32Array.of(0, 0, 0, 0),
    vehicleOf: new Int32Array(8),
    random: new Random(1),
  };
  const found = repairPacking({ ...task, fraction: (moves) => moves / 1e6 });
  expect([0, 2, 4, 6].map((item) => found?.[item])).toEqual([1, 3, 5, 7].map((item) => found?.[item]));
});
