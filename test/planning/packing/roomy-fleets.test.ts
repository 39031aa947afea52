import fc from "fast-check";
import { expect, test } from "vitest";
import { dearestFleet } from "../../../src/planning/packing/dearest-fleet.ts";
import { fleetBound } from "../../../src/planning/packing/fleet-bound.ts";
import { buildPackingModel, type PackingModel } from "../../../src/planning/packing/packing-model.ts";
import {
  cheapestFleet,
  fleetCost,
  similarFleets,
  spareRoom,
} from "../../../src/planning/packing/roomy-fleets.ts";
import { packingProblem } from "../../support/any-packing.ts";

/** More than one vehicle takes, so that every dimension counts. */
const anyModel = fc
  .record({
    items: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 6,
      maxLength: 12,
    }),
    types: fc.array(
      fc.record({
        capacity: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })),
        cost: fc.nat(30),
        available: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ items, types }) =>
    buildPackingModel(
      packingProblem({
        items: items.map((item) => [...item]),
        types: types.map((type) => ({ ...type, capacity: [...type.capacity] })),
      }),
    ),
  )
  .filter(({ dimensions }) => dimensions > 0);

function everyFleet({ available }: PackingModel): Int32Array[] {
  let fleets: number[][] = [[]];
  for (const count of available)
    fleets = fleets.flatMap((fleet) => Array.from({ length: count + 1 }, (_, more) => [...fleet, more]));
  return fleets.map((fleet) => Int32Array.from(fleet));
}

const byText = (a: string, b: string): number => a.localeCompare(b);
const least = (costs: number[]): number => Math.min(Number.POSITIVE_INFINITY, ...costs);

test("the bound of the fleet is the cost of the cheapest one with room for all loads, each vehicle used", () => {
  fc.assert(
    fc.property(anyModel, fc.nat(60), (model, atLeast) => {
      const able = everyFleet(model).filter((fleet) => spareRoom(model, fleet) >= 0);
      const most = dearestFleet(model);
      const costs = able
        .map((fleet) => fleetCost(model, fleet))
        .filter((cost) => cost >= atLeast && cost <= most);
      expect(fleetBound(model, atLeast)).toBe(least(costs));
    }),
    { numRuns: 300 },
  );
});

test("the cheapest fleet with so much room to spare has it, and no cheaper one does", () => {
  fc.assert(
    fc.property(anyModel, fc.constantFrom(0, 0.25, 1, 2), (model, spare) => {
      const found = cheapestFleet(model, spare);
      // A vehicle smaller than what it has to spare is no vehicle at all; rounding may take a hair.
      const able = everyFleet(model).filter((fleet) => {
        for (let d = 0; d < model.dimensions; d++) {
          const mean = model.total[d]! / model.itemCount;
          let room = 0;
          for (const [type, count] of fleet.entries())
            room += count * Math.max(0, model.capacity[type * model.dimensions + d]! - spare * mean);
          if (room < model.total[d]! + 1e-9) return false;
        }
        return true;
      });
      if (!found) {
        expect(able).toEqual([]);
        return;
      }
      expect(fleetCost(model, found)).toBeLessThanOrEqual(
        least(able.map((fleet) => fleetCost(model, fleet))),
      );
      expect(found.every((count, type) => count <= model.available[type]!)).toBe(true);
      expect(spareRoom(model, found)).toBeGreaterThan(-1e-9);
    }),
    { numRuns: 300 },
  );
});

test("similar fleets are all those that cost less and can do by their room, the roomiest first", () => {
  fc.assert(
    fc.property(anyModel, fc.nat(20), fc.nat(1000), (model, enough, pick) => {
      const fleets = everyFleet(model);
      const own = fleets[pick % fleets.length]!;
      const isNear = (fleet: Int32Array): boolean => {
        const changes = Array.from(fleet, (count, type) => count - own[type]!);
        const more = changes.reduce((sum, change) => sum + Math.max(0, change), 0);
        return more <= 2 && more - changes.reduce((sum, change) => sum + change, 0) <= 2;
      };
      const near = fleets.filter((fleet) => {
        const cost = fleetCost(model, fleet);
        return (
          isNear(fleet) && cost < fleetCost(model, own) && cost >= enough && spareRoom(model, fleet) >= 0
        );
      });
      const found = similarFleets(model, own, enough);
      expect(found.map((fleet) => fleet.join()).sort(byText)).toEqual(
        near.map((fleet) => fleet.join()).sort(byText),
      );
      const spares = found.map((fleet) => spareRoom(model, fleet));
      expect(spares).toEqual(spares.toSorted((a, b) => b - a));
    }),
    { numRuns: 300 },
  );
});
