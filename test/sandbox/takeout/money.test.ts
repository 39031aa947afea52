import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerText } from "../../../src/sandbox/send.ts";
import { readFen, yuan } from "../../../src/sandbox/takeout/money.ts";

test.each([
  [0, "0.00"],
  [5, "0.05"],
  [3800, "38.00"],
  [3850, "38.50"],
  [-1, "-0.01"],
  [5_000_000_00, "5000000.00"],
])("%i fen is written as %s", (fen, text) => {
  expect(answerText({ amount: yuan(fen) })).toBe(`{"amount":${text}}`);
});

describe("reading yuan", () => {
  test.each<[number | string, number | undefined]>([
    [38, 3800],
    [38.5, 3850],
    [0.05, 5],
    ["38.00", 3800],
    [38.001, undefined],
    [0.1 + 0.2, undefined],
    [-1, undefined],
    [1e21, undefined],
    ["", undefined],
    ["1e2", undefined],
  ])("%s is %s fen", (value, fen) => {
    expect(readFen(value)).toBe(fen);
  });

  test("gives back every amount that was written, through JSON", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_99 }), (fen) => {
        const { amount } = JSON.parse(answerText({ amount: yuan(fen) }));
        expect(readFen(amount)).toBe(fen);
      }),
    );
  });
});
