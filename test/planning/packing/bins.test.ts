import fc from "fast-check";
import { expect, test } from "vitest";
import { Bins } from "../../../src/planning/packing/bins.ts";
import { buildPackingModel } from "../../../src/planning/packing/packing-model.ts";
import { anyPackingDraft, faultsOfPacking, packingProblem } from "../../support/any-packing.ts";

const anyMoves = fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.nat(2)), { maxLength: 40 });

/** Puts the item where it is said, if that can be, or takes it out when it is in. */
function move(bins: Bins, [item, place, type]: [number, number, number]): void {
  const { model, openCount, open } = bins;
  if (item >= model.itemCount || type >= model.typeCount) return;
  if (bins.binOf[item]! >= 0) {
    bins.take(item);
    return;
  }
  if (place < openCount) {
    const bin = open[place]!;
    const own = bins.type[bin]!;
    if (bins.fits(item, bin, own)) bins.put(item, bin, own);
    else if (bins.isAvailable(type) && bins.fits(item, bin, type)) bins.put(item, bin, type);
    else bins.shrink(bin);
    return;
  }
  if (bins.isAvailable(type) && model.fits[item * model.typeCount + type] === 1) bins.put(item, -1, type);
}

/** What can be seen of the bins, whatever their numbers. */
function contents(bins: Bins): unknown[] {
  return Array.from(bins.open.subarray(0, bins.openCount), (bin) => {
    const items: number[] = [];
    for (let item = bins.first[bin]!; item >= 0; item = bins.next[item]!) items.push(item);
    const { dimensions } = bins.model;
    const load = [...bins.load.subarray(bin * dimensions, (bin + 1) * dimensions)];
    return { items: items.sort((a, b) => a - b), type: bins.type[bin], size: bins.size[bin], load };
  }).sort((a, b) => a.items[0]! - b.items[0]!);
}

test("whatever was moved is a packing, and undone is what it was", () => {
  fc.assert(
    fc.property(anyPackingDraft, anyMoves, anyMoves, (draft, kept, undone) => {
      const problem = packingProblem(draft);
      const bins = new Bins(buildPackingModel(problem));
      for (const one of kept) move(bins, one);
      bins.keep();
      expect(faultsOfPacking(problem, bins.toPacking())).toEqual([]);
      const before = contents(bins);
      const used = [...bins.used];
      for (const one of undone) move(bins, one);
      expect(faultsOfPacking(problem, bins.toPacking())).toEqual([]);
      bins.undo();
      expect(contents(bins)).toEqual(before);
      expect([...bins.used]).toEqual(used);
      expect(faultsOfPacking(problem, bins.toPacking())).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
