import fc from "fast-check";
import { expect, test } from "vitest";
import { buildModel } from "../../../src/planning/search/model.ts";
import { findNeighbours, selectSmallest } from "../../../src/planning/search/neighbours.ts";
import { acrossGrid, routingProblem } from "../../support/routing-problem.ts";

test("the smallest values come to the front, whatever the order and the ties", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(40), (values, wish) => {
      const count = Math.min(wish, values.length);
      const selected = Float64Array.from(values);
      selectSmallest(selected, count);
      const sorted = values.toSorted((a, b) => a - b);
      expect([...selected.subarray(0, count)].toSorted((a, b) => a - b)).toEqual(sorted.slice(0, count));
      expect([...selected].toSorted((a, b) => a - b)).toEqual(sorted);
    }),
  );
});

test("neighbours are those that a full sort finds, nearest first", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 40 }),
      fc.nat(12),
      (points, width) => {
        const rows = acrossGrid([[0, 0], ...points]);
        const stops = points.map((_, i) => ({ location: i + 1 }));
        const model = buildModel(routingProblem({ stops, vehicles: [{}], meters: [rows] }));
        const found = findNeighbours(model, width, () => false);
        for (const stop of stops.keys()) {
          const others = [...stops.keys()].filter((other) => other !== stop);
          const byWay = others.toSorted((a, b) => rows[stop + 1]![a + 1]! - rows[stop + 1]![b + 1]! || a - b);
          const kept = Math.min(width, others.length);
          expect([...(found?.stops.subarray(stop * kept, (stop + 1) * kept) ?? [])]).toEqual(
            byWay.slice(0, kept),
          );
        }
      },
    ),
  );
});

test("the search for neighbours gives up when it is cancelled", () => {
  const model = buildModel(routingProblem({ stops: [{ location: 0 }], vehicles: [{}], meters: [[[0]]] }));
  expect(findNeighbours(model, 5, () => true)).toBeUndefined();
});
