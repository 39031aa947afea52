import type { ErrorName } from "./refusals.ts";
import { type Good, type GoodsGroup, seedGoods, storeMinimumFen } from "./seed/goods.ts";

/** So many of a good, as ordered. */
export type OrderLine = { good: Good; group: GoodsGroup; quantity: number };

/** What is wanted, before anybody looked whether there is such a thing. */
export type WantedLine = { productId: string; quantity: number };

/** A purchase to be checked: what, for how much, and when by the simulated clock. */
export type Purchase = { wanted: readonly WantedLine[]; amountFen: bigint; at: number };

/** The hotel's goods and how many are left. */
export type Shop = {
  groups: readonly GoodsGroup[];
  stockOf: (good: Good) => number;
  /** The lines of a purchase that may be made, else the first error of the document's table that forbids it. */
  check: (purchase: Purchase) => { lines: OrderLine[] } | { error: ErrorName };
  take: (lines: readonly OrderLine[]) => void;
  giveBack: (lines: readonly OrderLine[]) => void;
};

/** The shop of a seed on its first day. */
export function createShop(seed: number): Shop {
  const groups = seedGoods(seed);
  const shelves = new Map(
    groups.flatMap((group) => group.goods.map((good) => [good.productId, { good, group }] as const)),
  );
  const stock = new Map([...shelves.values()].map(({ good }) => [good.productId, good.initialStock]));
  const stockOf = ({ productId }: Good) => stock.get(productId) ?? 0;
  const change = (lines: readonly OrderLine[], sign: 1 | -1) => {
    for (const { good, quantity } of lines) stock.set(good.productId, stockOf(good) + sign * quantity);
  };
  const check = ({ wanted, amountFen, at }: Purchase) => {
    const lines: OrderLine[] = [];
    for (const { productId, quantity } of addUp(wanted)) {
      const shelf = shelves.get(productId);
      if (!shelf) return { error: "productDoesNotExist" } as const;
      const error = refusalOf(shelf.good, { quantity, inStock: stockOf(shelf.good), at });
      if (error) return { error };
      lines.push({ ...shelf, quantity });
    }
    const error = minimumRefusal(lines, amountFen);
    return error ? { error } : { lines };
  };
  return {
    groups,
    stockOf,
    check,
    take: (lines) => change(lines, -1),
    giveBack: (lines) => change(lines, 1),
  };
}

/** One line a good, whoever wrote it in two. */
function addUp(wanted: readonly WantedLine[]): WantedLine[] {
  const sums = new Map<string, number>();
  for (const { productId, quantity } of wanted) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  return [...sums].map(([productId, quantity]) => ({ productId, quantity }));
}

function refusalOf(
  good: Good,
  { quantity, inStock, at }: { quantity: number; inStock: number; at: number },
): ErrorName | undefined {
  if (!good.isOnShelf) return "goodsOverdue";
  if (!isOnSale(good, at)) return "offSalePeriod";
  if (good.purchaseLimit !== null && quantity > good.purchaseLimit) return "exceededPurchaseLimit";
  return quantity > inStock ? "insufficientInventory" : undefined;
}

/** Gifts and guest supplies alone have no minimum. */
function minimumRefusal(lines: readonly OrderLine[], amountFen: bigint): ErrorName | undefined {
  const paid = lines.filter(({ good }) => good.actualPriceFen > 0);
  if (paid.length > 0 && amountFen < BigInt(storeMinimumFen)) return "belowStoreMinimum";
  const minimums = paid.map(({ group }) => BigInt(group.lowestSellingPrice));
  return minimums.some((minimum) => amountFen < minimum) ? "belowGroupMinimum" : undefined;
}

const minuteMilliseconds = 60_000;
const minutesPerDay = 24 * 60;
/** The hotel keeps Beijing time. */
const hotelOffsetMinutes = 8 * 60;

function isOnSale({ salePeriod }: Good, at: number): boolean {
  if (!salePeriod) return true;
  const { from, to } = salePeriod;
  const minute = (at / minuteMilliseconds + hotelOffsetMinutes) % minutesPerDay;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
