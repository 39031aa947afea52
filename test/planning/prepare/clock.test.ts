import { describe, expect, test } from "vitest";
import { instantOf, readClock, secondsUntil, timeOfDay } from "../../../src/planning/prepare/clock.ts";

describe("a plan's clock", () => {
  const clock = readClock("2026-11-23T08:00:00+08:00");

  test("writes times with the offset of the start", () => {
    expect(instantOf(clock, 5400)).toBe("2026-11-23T09:30:00+08:00");
    expect(instantOf(readClock("2026-11-23T00:00:00Z"), 5400)).toBe("2026-11-23T01:30:00Z");
    expect(instantOf(readClock("2026-11-22T20:00:00-03:30"), 0)).toBe("2026-11-22T20:00:00-03:30");
  });

  test("counts the seconds to a time in any offset", () => {
    expect(secondsUntil(clock, "2026-11-23T01:00:00Z", "x")).toBe(3600);
    expect(secondsUntil(clock, "2026-11-23T07:59:00+08:00", "x")).toBe(-60);
  });

  test("tells the date only where it is another day", () => {
    expect(timeOfDay(clock, 3600)).toBe("09:00");
    expect(timeOfDay(clock, 16 * 3600)).toBe("2026-11-24 00:00");
  });

  test.each(["2026-11-23T08:00:00", "tomorrow", "2026-13-23T08:00:00Z"])(
    "refuses %j by the field's name",
    (value) => {
      expect(() => readClock(value)).toThrow(/start_at/);
      expect(() => secondsUntil(clock, value, "locks[0].not_before")).toThrow(/locks\[0\]\.not_before/);
    },
  );
});
