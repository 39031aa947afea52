import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createClock } from "../../src/sandbox/clock.ts";

const start = 1_000_000;
const standing = () => createClock({ now: () => start, timeScale: 1 });

describe("advance", () => {
  test("moves both times on", () => {
    const clock = standing();
    clock.advance(90);
    expect([clock.now(), clock.clientNow()]).toEqual([start + 90_000, start + 90_000]);
  });

  test("stops at what falls due, which sees its own time", () => {
    const clock = standing();
    const seen: number[][] = [];
    clock.at(start + 2_000, (time) => seen.push([time, clock.now(), clock.clientNow()]));
    clock.at(start + 1_000, (time) => seen.push([time, clock.now(), clock.clientNow()]));
    clock.advance(10);
    expect(seen).toEqual([
      [start + 1_000, start + 1_000, start + 1_000],
      [start + 2_000, start + 2_000, start + 2_000],
    ]);
    expect(clock.now()).toBe(start + 10_000);
  });

  test("does what is made on the way, and leaves what lies beyond", () => {
    const clock = standing();
    const seen: string[] = [];
    clock.at(start + 1_000, (time) => {
      seen.push("first");
      clock.at(time + 4_000, () => seen.push("second"));
      clock.at(time + 9_500, () => seen.push("later"));
    });
    clock.advance(10);
    expect(seen).toEqual(["first", "second"]);
    clock.advance(0.5);
    expect(seen).toEqual(["first", "second", "later"]);
  });

  test("does not do what was called off, nor anything after a stop", () => {
    const clock = standing();
    const seen: string[] = [];
    const callOff = clock.at(start + 1_000, () => seen.push("called off"));
    clock.at(start + 2_000, () => seen.push("done"));
    callOff();
    clock.advance(3);
    clock.at(start + 4_000, () => seen.push("stopped"));
    clock.stop();
    clock.advance(3);
    expect(seen).toEqual(["done"]);
  });

  test("does everything once and in its order, however the way is cut into steps", () => {
    const delays = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 30 });
    const steps = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(delays, steps, (waits, parts) => {
        const clock = standing();
        const done: number[] = [];
        for (const wait of waits) clock.at(start + wait, (time) => done.push(time));
        for (const part of parts) clock.advance(part / 1000);
        const end = start + parts.reduce((sum, part) => sum + part, 0);
        const due = waits.map((wait) => start + wait).filter((time) => time <= end);
        expect(done).toEqual(due.sort((a, b) => a - b));
        expect(clock.now()).toBeCloseTo(end, 3);
      }),
    );
  });
});

describe("time that passes by itself", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("runs at its scale, and what is promised to clients does not", () => {
    let real = start;
    const clock = createClock({ now: () => real, timeScale: 60 });
    real += 1_000;
    expect([clock.now(), clock.clientNow()]).toEqual([start + 60_000, start + 1_000]);
  });

  test("does what falls due, and tells it the time it was made for", () => {
    vi.useFakeTimers({ now: start });
    const clock = createClock({ now: Date.now, timeScale: 600 });
    const seen: number[] = [];
    clock.at(start + 60_000, (time) => {
      seen.push(time);
      clock.at(time + 60_000, (next) => seen.push(next));
    });
    vi.advanceTimersByTime(99);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual([start + 60_000]);
    vi.advanceTimersByTime(101);
    expect(seen).toEqual([start + 60_000, start + 120_000]);
  });

  test("never comes where the clock stands still", () => {
    vi.useFakeTimers({ now: start });
    const clock = createClock({ now: Date.now, timeScale: 0 });
    const action = vi.fn();
    clock.at(start + 1_000, action);
    vi.advanceTimersByTime(3_600_000);
    expect(action).not.toHaveBeenCalled();
    clock.advance(1);
    expect(action).toHaveBeenCalledOnce();
  });
});
