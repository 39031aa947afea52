import { type Decimal, parseDecimal } from "../domain/decimal.ts";

/** An exact number of fen as yuan with at least two places: "250" is "2.50". Undefined for what is no number. */
export function yuanOfFen(fen: string | Decimal | null): string | undefined {
  const parsed = typeof fen === "string" ? parseDecimal(fen) : (fen ?? undefined);
  if (!parsed) return undefined;
  const places = parsed.scale + 2;
  const sign = parsed.digits < 0n ? "-" : "";
  const digits = String(parsed.digits)
    .replace("-", "")
    .padStart(places + 1, "0");
  const fraction = digits.slice(-places).replace(/0+$/, "").padEnd(2, "0");
  return `${sign}${digits.slice(0, -places)}.${fraction}`;
}
