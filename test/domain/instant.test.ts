import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDay, isInstant, parseMoment, withOffset } from "../../src/domain/instant.ts";

test("a day is one that its month has", () => {
  expect(["2024-02-29", "2026-11-30", "1999-12-31"].map(isDay)).toEqual([true, true, true]);
  const none = ["2026-02-30", "2023-02-29", "2026-13-01", "2026-1-1", "2026-11-22T00:00:00Z", ""];
  expect(none.map(isDay)).toEqual(none.map(() => false));
});

describe("a point in time", () => {
  test.each([
    "2017-09-21T18:31:42Z",
    "2018-09-21T12:34:56+03:00",
    "2026-11-22T08:00-08:00",
    "2026-11-22T08:00:00.123Z",
  ])("is one: %s", (text) => expect(isInstant(text)).toBe(true));

  test.each([
    "2026-02-30T08:00:00Z",
    "2026-11-22T25:00:00Z",
    "2026-11-22T08:00:00",
    "2026-11-22 08:00:00Z",
    "2026-11-22T08:00:00+0800",
    "2026-11-22",
    "yesterday",
    "",
  ])("is none: %j", (text) => expect(isInstant(text)).toBe(false));

  test("as a Date writes it is read back as it was, whatever its offset", () => {
    const range = {
      min: new Date("1970-01-01T00:00:00Z"),
      max: new Date("2100-01-01T00:00:00Z"),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(range), fc.integer({ min: -14, max: 14 }), (date, hours) => {
        expect(parseMoment(date.toISOString())).toBe(date.getTime());
        const local = new Date(date.getTime() + hours * 3_600_000).toISOString().slice(0, -1);
        const offset = `${hours < 0 ? "-" : "+"}${String(Math.abs(hours)).padStart(2, "0")}:00`;
        expect(parseMoment(local + offset)).toBe(date.getTime());
      }),
    );
  });
});

describe("a vendor's moment", () => {
  test("without an offset is UTC, and gets one", () => {
    expect(withOffset("2019-10-01T12:00:18")).toBe("2019-10-01T12:00:18Z");
    expect(withOffset("2019-10-01 12:00:18.5")).toBe("2019-10-01T12:00:18.5Z");
    expect(parseMoment("2019-10-01 12:00:18")).toBe(Date.UTC(2019, 9, 1, 12, 0, 18));
  });

  test("with an offset, or that is none, stays as it is", () => {
    for (const text of ["2019-10-01T12:00:18Z", "2019-10-01T12:00:18+08:00", "soon", "2019-10-01", ""])
      expect(withOffset(text)).toBe(text);
    expect(["soon", "2026-02-30T00:00:00Z", "2019-10-01"].map(parseMoment)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
