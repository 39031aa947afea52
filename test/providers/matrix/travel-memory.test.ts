import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundPlaces } from "../../../src/providers/matrix/rounded-places.ts";
import { createTravelMemory, keepTravel, recallTravel } from "../../../src/providers/matrix/travel-memory.ts";
import { notAsked, openTable } from "../../../src/providers/matrix/travel-table.ts";

const hour = 3_600;

function openMemory({ mostPlaces = 10 } = {}) {
  const clock = { seconds: 1_000_000 };
  const memory = createTravelMemory({ mostPlaces, rememberedSeconds: 24 * hour, now: () => clock.seconds });
  /** A table of numbered places. */
  const tableOf = (numbers: readonly number[]) =>
    openTable(roundPlaces(numbers.map((number) => ({ lat: -number / 100, lng: number / 10 }))));
  const keep = (numbers: readonly number[], tell: (from: number, to: number) => number) => {
    const table = tableOf(numbers);
    recallTravel(memory, table);
    for (const [from, start] of numbers.entries()) {
      for (const [to, end] of numbers.entries()) {
        if (from === to || tell(start, end) === notAsked) continue;
        table.durationSeconds[from * numbers.length + to] = tell(start, end);
        table.distanceMeters[from * numbers.length + to] = tell(start, end) * 10;
      }
    }
    keepTravel(memory, table);
  };
  const recall = (numbers: readonly number[]) => {
    const table = tableOf(numbers);
    recallTravel(memory, table);
    return { seconds: [...table.durationSeconds], meters: [...table.distanceMeters] };
  };
  return { clock, keep, recall };
}

describe("the memory of travel", () => {
  test("knows of each drive what was told last, in whichever order it is asked", () => {
    const list = fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 6 });
    const telling = fc.tuple(list, fc.nat(1000), fc.nat(3));
    fc.assert(
      fc.property(fc.array(telling, { maxLength: 8 }), list, (tellings, asked) => {
        const { keep, recall } = openMemory();
        const model = new Map<string, number>();
        for (const [numbers, base, gap] of tellings) {
          const tell = (from: number, to: number) =>
            (from + to) % 4 < gap ? notAsked : base + from * 10 + to;
          keep(numbers, tell);
          for (const from of numbers) {
            for (const to of numbers) {
              if (from !== to && tell(from, to) !== notAsked) model.set(`${from} ${to}`, tell(from, to));
            }
          }
        }
        const expected = asked.flatMap((from) =>
          asked.map((to) => (from === to ? 0 : (model.get(`${from} ${to}`) ?? notAsked))),
        );
        expect(recall(asked).seconds).toEqual(expected);
        expect(recall(asked).meters).toEqual(
          expected.map((seconds) => (seconds === notAsked ? notAsked : seconds * 10)),
        );
      }),
    );
  });

  test("forgets after a day", () => {
    const { clock, keep, recall } = openMemory();
    keep([1, 2], () => 60);
    clock.seconds += 24 * hour;
    expect(recall([1, 2]).seconds).toEqual([0, 60, 60, 0]);
    clock.seconds += 1;
    expect(recall([1, 2]).seconds).toEqual([0, notAsked, notAsked, 0]);
    keep([1, 2], (from) => (from === 1 ? 70 : notAsked));
    expect(recall([1, 2]).seconds).toEqual([0, 70, notAsked, 0]);
  });

  test("makes room by forgetting the places that were used longest ago", () => {
    const { keep, recall } = openMemory({ mostPlaces: 4 });
    keep([1, 2], () => 60);
    keep([3, 4], () => 70);
    keep([1, 2], () => notAsked);
    keep([5, 1], () => 80);
    expect(recall([1, 2]).seconds).toEqual([0, 60, 60, 0]);
    expect(recall([1, 5]).seconds).toEqual([0, 80, 80, 0]);
    expect(recall([3, 4]).seconds).toEqual([0, notAsked, notAsked, 0]);
    // The slot of 3 is that of 5 now, and nothing of 3 has stayed in it.
    expect(recall([4, 5]).seconds).toEqual([0, notAsked, notAsked, 0]);
  });

  test("keeps nothing of a table that is larger than itself, and all it had", () => {
    const { keep, recall } = openMemory({ mostPlaces: 3 });
    keep([1, 2], () => 60);
    keep([1, 2, 3, 4], () => 99);
    expect(recall([1, 2]).seconds).toEqual([0, 60, 60, 0]);
  });
});
