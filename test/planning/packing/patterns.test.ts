import fc from "fast-check";
import { expect, test } from "vitest";
import { Bins } from "../../../src/planning/packing/bins.ts";
import { buildPackingModel } from "../../../src/planning/packing/packing-model.ts";
import { fillBins, readPatterns } from "../../../src/planning/packing/patterns.ts";
import { anyPackingDraft, faultsOfPacking, packingProblem } from "../../support/any-packing.ts";

test("loads make a packing even where they are more than there are vehicles or items", () => {
  fc.assert(
    fc.property(
      anyPackingDraft,
      fc.array(fc.tuple(fc.nat(2), fc.nat(6)), { maxLength: 20 }),
      (draft, picks) => {
        const problem = packingProblem(draft);
        const model = buildPackingModel(problem);
        const patterns = picks.flatMap(([type, index]) => {
          const item = model.classes[index]?.[0];
          if (item === undefined || type >= model.typeCount) return [];
          return model.fits[item * model.typeCount + type] === 1
            ? [{ type, classes: [index], counts: [1], value: 0 }]
            : [];
        });
        const bins = new Bins(model);
        fillBins(bins, patterns);
        expect(faultsOfPacking(problem, bins.toPacking())).toEqual([]);
        expect(readPatterns(bins).length).toBe(bins.openCount);
      },
    ),
    { numRuns: 500 },
  );
});

test("loads of the only vehicle are put in once", () => {
  const model = buildPackingModel(
    packingProblem({ items: [[3], [4]], types: [{ capacity: [5], cost: 2, available: 1 }] }),
  );
  const bins = new Bins(model);
  const loadOf = (index: number) => ({ type: 0, classes: [index], counts: [1], value: 0 });
  fillBins(bins, [loadOf(0), loadOf(1)]);
  expect(Array.from(bins.used)).toEqual([1]);
  expect(bins.leftOut()).toBe(1);
});
