import { expect, test } from "vitest";
import { elapsedMilliseconds, type Instant, instantOf, systemSteadyClock } from "../../src/state/instant.ts";

const noon = "2026-11-22T12:00:00.000Z";
const steadyAt = (at: string, milliseconds: number, epoch = "boot"): Instant => ({
  at,
  steady: { epoch, milliseconds },
});

test("a wall clock that was set forward lets no time pass", () => {
  expect(elapsedMilliseconds(steadyAt(noon, 1_000), steadyAt("2027-01-01T00:00:00.000Z", 4_000))).toBe(3_000);
});

test("a wall clock that was set back takes no time away", () => {
  expect(elapsedMilliseconds(steadyAt(noon, 1_000), steadyAt("2020-01-01T00:00:00.000Z", 4_000))).toBe(3_000);
});

test("after a restart of the machine the wall clock decides", () => {
  const after = steadyAt("2026-11-22T12:05:00.000Z", 10, "next boot");
  expect(elapsedMilliseconds(steadyAt(noon, 999_000), after)).toBe(300_000);
});

test("a wall clock alone that runs backwards tells nothing", () => {
  expect(elapsedMilliseconds({ at: noon }, { at: "2026-11-22T11:59:59.000Z" })).toBeUndefined();
  expect(
    elapsedMilliseconds(steadyAt(noon, 5_000), steadyAt("2026-11-22T11:00:00.000Z", 10)),
  ).toBeUndefined();
});

test("the machine's steady clock runs on and keeps its epoch within a process", () => {
  const steadyNow = systemSteadyClock();
  const [first, second] = [steadyNow(), steadyNow()];
  expect(second.epoch).toBe(first.epoch);
  expect(second.milliseconds).toBeGreaterThanOrEqual(first.milliseconds);
  expect(first.milliseconds).toBeGreaterThan(0);
});

test("without a steady clock an instant is what the wall clock says", () => {
  expect(instantOf({ now: () => Date.parse(noon) })).toEqual({ at: noon });
});
