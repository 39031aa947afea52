import { expect, test } from "vitest";
import { arrivalWindow, isWithin } from "../../../src/tools/takeout/arrival-window.ts";

test.each([
  ["2024-01-01T12:00:00Z", true],
  ["2024-01-01T20:00:00+08:00", true],
  ["2024-01-01T12:00:00", true],
  ["2024-01-01T11:59:59Z", false],
  ["2024-01-01T12:01:01Z", false],
  ["yesterday", false],
  [null, false],
])("a time of %s lies within a minute that begins at noon: %s", (madeAt, expected) => {
  const from = Date.parse("2024-01-01T12:00:00Z");
  expect(isWithin(madeAt, { from, until: from + 60_000 })).toBe(expected);
});

test("the window of a write lies where the vendor's clock was when it began", () => {
  const window = arrivalWindow(Date.parse("2024-01-01T13:00:00Z"));
  expect(isWithin("2024-01-01T13:00:00Z", window)).toBe(true);
  expect(isWithin("2024-01-01T13:04:59Z", window)).toBe(true);
  expect(isWithin("2024-01-01T12:00:00Z", window)).toBe(false);
});
