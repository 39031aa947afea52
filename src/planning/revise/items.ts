import {
  addDecimals,
  compareDecimals,
  type Decimal,
  formatDecimal,
  parseDecimal,
  subtractDecimals,
} from "../../domain/decimal.ts";
import type { MaterialQuantity } from "../../domain/plan-change.ts";

const zero: Decimal = { digits: 0n, scale: 0 };

function readItems(items: readonly MaterialQuantity[]): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { material, quantity } of items) {
    sums.set(material, addDecimals(sums.get(material) ?? zero, parseDecimal(quantity) ?? zero));
  }
  return sums;
}

function writeItems(sums: ReadonlyMap<string, Decimal>): MaterialQuantity[] {
  return [...sums]
    .filter(([, amount]) => amount.digits !== 0n)
    .map(([material, amount]) => ({ material, quantity: formatDecimal(amount) }));
}

/** Items of one material are one. */
export function addItems(...lists: readonly (readonly MaterialQuantity[])[]): MaterialQuantity[] {
  return writeItems(readItems(lists.flat()));
}

/** What is left of a without b, exactly; where b has more of a material, that material and by how much. */
export function subtractItems(
  a: readonly MaterialQuantity[],
  b: readonly MaterialQuantity[],
): { left: MaterialQuantity[]; lacking: MaterialQuantity[] } {
  const left = readItems(a);
  for (const [material, amount] of readItems(b)) {
    left.set(material, subtractDecimals(left.get(material) ?? zero, amount));
  }
  const isBelow = ([, amount]: [string, Decimal]) => compareDecimals(amount, zero) < 0;
  const lacking = [...left].filter(isBelow).map(([material, amount]): [string, Decimal] => {
    return [material, subtractDecimals(zero, amount)];
  });
  return {
    left: writeItems(new Map([...left].filter((entry) => !isBelow(entry)))),
    lacking: writeItems(new Map(lacking)),
  };
}

/** Whether the two are the same quantities. */
export function isSameItems(a: readonly MaterialQuantity[], b: readonly MaterialQuantity[]): boolean {
  const { left, lacking } = subtractItems(a, b);
  return left.length === 0 && lacking.length === 0;
}

/** "120 条 of 坯布 and 3.5 条 of 成品". */
export function describeItems(items: readonly MaterialQuantity[]): string {
  const words = items.map(({ material, quantity }) => `${quantity} 条 of ${material}`);
  return words.length < 2 ? (words[0] ?? "nothing") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
