import type { Random } from "../search/random.ts";
import { Bins } from "./bins.ts";
import type { Measures } from "./measures.ts";
import type { PackingModel } from "./packing-model.ts";
import { isBetterPacking, type Packing } from "./packing-problem.ts";
import { fits, Placer } from "./placer.ts";

/** How the items are ordered before they are put in: by size, largest first. */
const sizes = ["volume", "largest", "squares"] as const;
const thrifts = [0, 0.5, 0.9, 1];

/**
 * The best of the best-fit decreasing family (Panigrahy et al. 2011; Gabay and Zaourar 2016 for several types): each
 * order by size with each way to choose a place and each price of unused room. Out of time, the best of those that
 * were tried, one at least.
 */
export function constructPacking(
  model: PackingModel,
  { measures, random, isOver }: { measures: Measures; random: Random; isOver?: () => boolean },
): Bins {
  let best: Bins | undefined;
  let bestPacking: Pick<Packing, "cost" | "leftOut"> | undefined;
  for (const size of sizes) {
    const order = orderItems(model, measures, size);
    for (const thrift of thrifts) {
      for (const fit of fits) {
        if (best && isOver?.()) return best;
        const bins = new Bins(model);
        const placer = new Placer(bins, measures, random);
        placer.follow({ thrift, fit, blink: 0 });
        fillInOrder(bins, order, placer);
        const packing = { cost: bins.cost, leftOut: bins.leftOut() };
        if (bestPacking && !isBetterPacking(packing, bestPacking)) continue;
        best = bins;
        bestPacking = packing;
      }
    }
  }
  return best!;
}

function fillInOrder(bins: Bins, order: Int32Array, placer: Placer): void {
  for (const item of order) placer.place(item);
  for (let at = 0; at < bins.openCount; at++) bins.shrink(bins.open[at]!);
  bins.keep();
}

function orderItems(
  model: PackingModel,
  { weight, volume }: Measures,
  size: (typeof sizes)[number],
): Int32Array {
  const { dimensions, itemCount, load } = model;
  const key = volume.slice();
  for (let item = 0; item < itemCount && size !== "volume"; item++) {
    const shares = Array.from(weight, (of, d) => of * load[item * dimensions + d]!);
    key[item] =
      size === "largest" ? Math.max(0, ...shares) : shares.reduce((sum, share) => sum + share * share, 0);
  }
  return Int32Array.from(key.keys()).sort((a, b) => key[b]! - key[a]! || a - b);
}
