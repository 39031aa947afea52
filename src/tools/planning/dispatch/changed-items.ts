import {
  compareDecimals,
  type Decimal,
  formatDecimal,
  parseDecimal,
  rescale,
} from "../../../domain/decimal.ts";
import type { SalesItem } from "../../../domain/shipment.ts";
import { quote } from "../../../domain/vendor-text.ts";

const nothing: Decimal = { digits: 0n, scale: 0 };

/** In which goods two states of a shipment differ, each as a few words: "「蓝布」 50 is now 60". */
export function changedItems(planned: readonly SalesItem[], now: readonly SalesItem[]): string[] {
  const [before, after] = [byName(planned), byName(now)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const was = before.get(name) ?? nothing;
    const is = after.get(name) ?? nothing;
    if (compareDecimals(was, is) === 0) return [];
    if (!before.has(name)) return [`${quote(name)} ${formatDecimal(is)} was added`];
    if (!after.has(name)) return [`${quote(name)} ${formatDecimal(was)} was taken off`];
    return [`${quote(name)} ${formatDecimal(was)} is now ${formatDecimal(is)}`];
  });
}

/** Lines of one name are one: the ERP may write a line anew when it is corrected. */
function byName(items: readonly SalesItem[]): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { name, quantity } of items) {
    sums.set(name, add(sums.get(name) ?? nothing, parseDecimal(quantity) ?? nothing));
  }
  return sums;
}

function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: rescale(a, scale) + rescale(b, scale), scale };
}
