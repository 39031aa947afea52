import { formatDecimal, parseDecimal } from "../../../domain/decimal.ts";
import type { NewTakeoutOrder, TakeoutOrder } from "../../../domain/takeout/order.ts";

/** What an ordered item is called; null where it has no spec. */
export type ItemNames = { dishName: string; specName: string | null };

/**
 * Whether an order is what was sent, as far as its detail can say (takeout.txt, 5.3): merchant, recipient, remark and
 * every line by name, spec, quantity and price. The detail shows neither store, position nor coupon, and no item's
 * identifier: `names` are those of the sent items, in their order.
 */
export function isSameOrder(
  order: TakeoutOrder,
  sent: NewTakeoutOrder,
  names: readonly (ItemNames | undefined)[],
): boolean {
  const { deliveryAddress: held } = order;
  const wanted = sent.deliveryAddress;
  return (
    order.merchant?.id.toLowerCase() === sent.merchantId.toLowerCase() &&
    held?.contactName === wanted.contactName &&
    held.contactPhone === wanted.contactPhone &&
    held.address === wanted.address &&
    (order.remark ?? "") === (sent.remark ?? "") &&
    linesOf(order.items) === sentLines(sent, names)
  );
}

function sentLines(
  { items }: NewTakeoutOrder,
  names: readonly (ItemNames | undefined)[],
): string | undefined {
  const lines = items.flatMap(({ quantity, priceYuan }, index) => {
    const named = names[index];
    return named ? [{ ...named, quantity, priceYuan }] : [];
  });
  return lines.length === items.length ? linesOf(lines) : undefined;
}

type Line = ItemNames & { quantity: number; priceYuan: string };

/** The same text for the same lines, whatever their order and however a line is split. */
function linesOf(lines: readonly Line[]): string {
  const quantities = new Map<string, number>();
  for (const { dishName, specName, quantity, priceYuan } of lines) {
    const line = JSON.stringify([dishName, specName ?? "", plainAmount(priceYuan)]);
    quantities.set(line, (quantities.get(line) ?? 0) + quantity);
  }
  return JSON.stringify([...quantities].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function plainAmount(amount: string): string {
  const decimal = parseDecimal(amount);
  return decimal ? formatDecimal(decimal) : amount;
}
