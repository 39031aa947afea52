import { expect, test } from "vitest";
import { buildPackingModel } from "../../../src/planning/packing/packing-model.ts";
import { packingProblem } from "../../support/any-packing.ts";

const types = [
  { capacity: [10, 100, 7], cost: 5, available: 9 },
  { capacity: [20, 100, 3], cost: 4, available: 0 },
  { capacity: [12, 100, 3], cost: 4, available: 1 },
];

test("only dimensions that can bind and types that there are remain, with capacities no larger than all loads", () => {
  const model = buildPackingModel(
    packingProblem({
      items: [
        [9, 1, 2],
        [9, 2, 2],
      ],
      types,
    }),
  );
  expect(model.dimensions).toBe(2);
  expect([...model.typeOf]).toEqual([0, 2]);
  expect([...model.capacity]).toEqual([10, 4, 12, 3]);
  expect([...model.available]).toEqual([2, 1]);
  expect([...model.byCost]).toEqual([1, 0]);
});

test("items that are alike are one class, items that fit nowhere are misfits", () => {
  const items = [
    [3, 0, 0],
    [4, 0, 0],
    [3, 0, 0],
    [13, 0, 0],
    [3, 0, 0],
  ];
  const model = buildPackingModel(packingProblem({ items, types, barred: [[], [], [], [], [2]] }));
  expect([...model.misfits]).toEqual([3]);
  expect(model.classes.map((members) => [...members])).toEqual([[0, 2], [1], [4]]);
  expect(model.isRestricted).toBe(true);
});

test("an item that may ride where it would fit, but nowhere else, is a misfit once it is barred there", () => {
  const model = buildPackingModel(packingProblem({ items: [[11, 0, 0]], types, barred: [[2]] }));
  expect([...model.misfits]).toEqual([0]);
  expect(model.classes).toEqual([]);
});
