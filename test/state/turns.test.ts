import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/state/open-store.ts";

const start = Date.parse("2026-11-22T10:00:00.000Z");
const second = 1_000;

/** With a clock that nobody can set beside the one that the test sets; without one where there is none. */
async function freshTurns({ hasSteadyClock = true } = {}) {
  const clock = { now: start, steady: 0 };
  const steadyNow = () => ({ epoch: "boot", milliseconds: clock.steady });
  const store = await openStore({
    location: ":memory:",
    now: () => clock.now,
    ...(hasSteadyClock && { steadyNow }),
  });
  onTestFinished(() => store.close());
  const take = (subjects: string[], { every = 30, perMinute = 20 } = {}) =>
    store.turns.take({ vendor: "routemate", subjects, everyMilliseconds: every * second, perMinute });
  const pass = (seconds: number) => {
    clock.now += seconds * second;
    clock.steady += seconds * second;
  };
  return { take, pass, clock };
}

test("a subject that was asked about is left alone for its time, whoever asks", async () => {
  const { take, pass } = await freshTurns();
  expect(await take(["a", "b"])).toEqual(["a", "b"]);
  pass(29);
  expect(await take(["a", "b", "c"])).toEqual(["c"]);
  pass(1);
  expect(await take(["a", "b", "c"])).toEqual(["a", "b"]);
});

test("those that wait longest come first when there is not room for all", async () => {
  const { take, pass } = await freshTurns();
  expect(await take(["a", "b", "c"], { perMinute: 2 })).toEqual(["a", "b"]);
  expect(await take(["a", "b", "c"], { perMinute: 2 })).toEqual([]);
  pass(60);
  expect(await take(["a", "b", "c"], { perMinute: 2 })).toEqual(["c", "a"]);
  pass(60);
  expect(await take(["a", "b", "c"], { perMinute: 2 })).toEqual(["b", "c"]);
});

test("in no minute is more asked than is allowed, however often, for whatever, and wherever the wall clock is set", async () => {
  const step = fc.record({
    seconds: fc.integer({ min: 0, max: 45 }),
    subjects: fc.uniqueArray(fc.constantFrom(..."abcdefghij"), { minLength: 1 }),
    every: fc.constantFrom(1, 5, 30),
    jumpDays: fc.constantFrom(0, 0, 0, -400, -1, 1, 400),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 20 }),
      fc.integer({ min: 1, max: 6 }),
      async (steps, perMinute) => {
        const { take, pass, clock } = await freshTurns();
        const asked: number[] = [];
        for (const { seconds, subjects, every, jumpDays } of steps) {
          pass(seconds);
          clock.now += jumpDays * 24 * 3600 * second;
          const taken = await take(subjects, { every, perMinute });
          expect(subjects).toEqual(expect.arrayContaining(taken));
          asked.push(...taken.map(() => clock.steady));
          expect(asked.filter((at) => at > clock.steady - 60 * second).length).toBeLessThanOrEqual(perMinute);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test.each([-400, 400])("a wall clock set by %i days asks nothing early and holds nobody up", async (days) => {
  const { take, pass, clock } = await freshTurns();
  expect(await take(["a", "b"], { perMinute: 2 })).toEqual(["a", "b"]);
  clock.now += days * 24 * 3600 * second;
  expect(await take(["a"], { perMinute: 9 })).toEqual([]);
  expect(await take(["c"], { perMinute: 2 })).toEqual([]);
  pass(60);
  expect(await take(["a", "c"], { perMinute: 2 })).toEqual(["c", "a"]);
});

test("where there is no steady clock, a wall clock that was set back holds nobody up", async () => {
  const { take, clock } = await freshTurns({ hasSteadyClock: false });
  await take(["a"], { perMinute: 1 });
  clock.now -= 3600 * second;
  expect(await take(["a"], { perMinute: 1 })).toEqual(["a"]);
});

test("with nothing to ask about, nothing is asked", async () => {
  const { take } = await freshTurns();
  expect(await take([])).toEqual([]);
});
