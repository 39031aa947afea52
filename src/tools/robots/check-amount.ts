import type { App } from "../../app.ts";
import { compareDecimals, type Decimal, parseDecimal, rescale } from "../../domain/decimal.ts";
import { Failure } from "../../domain/failure.ts";
import type { NewRobotOrder, RobotProduct } from "../../domain/robot.ts";
import { quote } from "../../domain/vendor-text.ts";
import { readNumberedPages, type Slice } from "../numbered-pages.ts";
import { yuanOfFen } from "../yuan-of-fen.ts";
import { goodsPerPage, goodsReader } from "./read-goods.ts";

type Ordered = Pick<NewRobotOrder, "items" | "amountYuan">;

/** Further than this from what the goods cost, an amount is a slip: fen taken for yuan are a hundred times it. */
const widestFactor = 10n;

/** More goods than this are not listed in a refusal. */
const mostNamed = 10;

/**
 * Refuses an amount that is a slip beside what the goods cost at their unit price. Discounts and service charges are
 * the hotel's own, so only tenfold and a tenth are slips; nothing to pay is a gift. Goods without a known price, or
 * without any, leave every amount to the vendor.
 */
export function checkAmount({ items, amountYuan }: Ordered, goods: readonly RobotProduct[]): void {
  const lines = items.map(({ productId, quantity }) => priced(productId, quantity, goods));
  const known = lines.filter((line) => line !== undefined);
  const amount = parseDecimal(amountYuan);
  if (!amount || amount.digits === 0n || known.length < lines.length) return;
  const total = known.reduce((sum, { fen, quantity }) => plus(sum, times(fen, BigInt(quantity))), zero);
  const amountFen = times(amount, 100n);
  const isTooMuch = compareDecimals(amountFen, times(total, widestFactor)) >= 0;
  const isTooLittle = compareDecimals(times(amountFen, widestFactor), total) < 0;
  if (total.digits === 0n || (!isTooMuch && !isTooLittle)) return;
  throw slipOf(amountYuan, total, known);
}

/** The listed goods among those of an order, read as far as they are needed; undefined where they can't be read. */
export async function readOrderedGoods(
  app: App,
  { items, storeId }: Pick<NewRobotOrder, "items" | "storeId">,
  signal: AbortSignal,
): Promise<RobotProduct[] | undefined> {
  const missing = new Set(items.map(({ productId }) => productId));
  const timed = AbortSignal.any([signal, AbortSignal.timeout(readMilliseconds)]);
  const found: RobotProduct[] = [];
  try {
    const readPage = await goodsReader(app, { storeId, signal: timed });
    let offset: number | undefined = 0;
    for (let page = 0; page < mostPages && offset !== undefined && missing.size > 0; page++) {
      const wanted = { offset, limit: goodsPerPage, pageSize: goodsPerPage };
      const slice: Slice<RobotProduct> = await readNumberedPages(wanted, readPage);
      found.push(...slice.items.filter(({ productId }) => missing.delete(productId)));
      offset = slice.nextOffset;
    }
    return found;
  } catch {
    return undefined;
  }
}

/** A hotel's goods are one page or two; prices are worth no longer wait, for an order goes without them as well. */
const mostPages = 10;
const readMilliseconds = 8_000;

const zero: Decimal = { digits: 0n, scale: 0 };

type Line = { name: string | null; quantity: number; fen: Decimal };

function priced(productId: string, quantity: number, goods: readonly RobotProduct[]): Line | undefined {
  const product = goods.find((good) => good.productId === productId);
  const fen = parseDecimal(product?.unitPriceFen ?? product?.actualPriceFen ?? "");
  return product && fen && { name: product.name, quantity, fen };
}

function slipOf(amountYuan: string, total: Decimal, lines: readonly Line[]): Failure {
  const named = lines
    .slice(0, mostNamed)
    .map(({ name, quantity, fen }) => `${quantity} × ${quote(name, 40)} ${yuanOfFen(fen)}`);
  if (lines.length > named.length) named.push(`${lines.length - named.length} more`);
  return new Failure(
    "invalid_input",
    `The goods come to ${yuanOfFen(total)} yuan, but \`amount\` is ${amountYuan} yuan, so nothing was ordered.`,
    {
      hint: `amount is yuan, while the vendor's prices are fen. In yuan, the order is ${named.join(", ")}.`,
      fields: ["amount"],
    },
  );
}

function times({ digits, scale }: Decimal, factor: bigint): Decimal {
  return { digits: digits * factor, scale };
}

function plus(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  return { digits: rescale(one, scale) + rescale(other, scale), scale };
}
