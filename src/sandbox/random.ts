import { createHash } from "node:crypto";

/** A repeatable source of numbers. */
export type Random = {
  /** At least 0, less than 1. */
  fraction: () => number;
  /** A whole number, both ends included. */
  integer: (from: number, to: number) => number;
  pick: <Value>(values: readonly [Value, ...Value[]]) => Value;
};

/** The same seed gives the same numbers (the mulberry32 generator). */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    integer: (from, to) => from + Math.floor(fraction() * (to - from + 1)),
    pick: (values) => values[Math.floor(fraction() * values.length)] ?? values[0],
  };
}

/** A number of [0, 1) that depends on the text alone. */
export function fractionOf(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}

/** `length` hexadecimal digits (at most 64) that depend on the text alone. */
export function hexOf(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
