import { type Decimal, formatDecimal, parseDecimal, rescale } from "../../domain/decimal.ts";
import { Failure } from "../../domain/failure.ts";

/** Integers up to here are exact in the search's arithmetic, and so must be any sum of quantities. */
const largestExact = BigInt(Number.MAX_SAFE_INTEGER);

/** A decimal that is not negative, without needless places; a Failure `invalid_input` that names the field otherwise. */
export function readAmount(value: string | number, field: string): Decimal {
  const amount = parseDecimal(value);
  if (!amount || amount.digits < 0n) {
    throw new Failure("invalid_input", `${field} is ${String(value).slice(0, 40)}, which is not an amount.`, {
      hint: "Give a decimal that is not negative, such as 50.00.",
      fields: [field],
    });
  }
  return withoutNeedlessPlaces(amount);
}

/** A quantity with the field that it was read from, for messages. */
export type ReadQuantity = { amount: Decimal; field: string };

/** The decimal places that every one of the amounts can be written with. */
export function finestScale(amounts: readonly Decimal[]): number {
  return amounts.reduce((finest, { scale }) => Math.max(finest, scale), 0);
}

/** Refuses quantities whose sum has more digits than can be added exactly, naming the first one too many. */
export function refuseInexactSum(quantities: readonly ReadQuantity[], scale: number): void {
  let sum = 0n;
  for (const { amount, field } of quantities) {
    sum += rescale(amount, scale);
    if (sum <= largestExact) continue;
    throw new Failure(
      "invalid_input",
      `${field} makes the plan's quantities too large to be added exactly.`,
      {
        hint: "Plan fewer shipments at once, or give quantities with fewer digits.",
        fields: [field],
      },
    );
  }
}

/** An integer quantity at the plan's scale as exact text: 62000 at scale 2 is "620". */
export function quantityText(quantity: number, scale: number): string {
  return formatDecimal({ digits: BigInt(quantity), scale });
}

function withoutNeedlessPlaces({ digits, scale }: Decimal): Decimal {
  let shortest = { digits, scale };
  while (shortest.scale > 0 && shortest.digits % 10n === 0n) {
    shortest = { digits: shortest.digits / 10n, scale: shortest.scale - 1 };
  }
  return shortest;
}
