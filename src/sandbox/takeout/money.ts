import { exactNumber } from "../send.ts";

/** Whole fen as a JSON number of yuan with both places: 3800 is 38.00. */
export function yuan(fen: number): object {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return exactNumber(`${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

/** The same, null for what there is not. */
export function yuanOrNull(fen: number | null): object | null {
  return fen === null ? null : yuan(fen);
}

const pattern = /^(\d{1,8})(?:\.(\d{1,2}))?$/;

/** The fen of a number of yuan in JSON or a query; undefined when it is negative, too large or has a third place. */
export function readFen(value: number | string): number | undefined {
  const match = pattern.exec(String(value));
  if (!match) return undefined;
  const [, whole = "", places = ""] = match;
  return Number(whole) * 100 + Number(places.padEnd(2, "0"));
}
