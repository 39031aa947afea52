import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fits, type Room } from "../../../src/planning/prepare/room.ts";

describe("a vehicle's room", () => {
  const capacity = [[500, 300]];

  test("is each material's own in the independent model", () => {
    const room: Room = { model: "independent", capacity };
    expect(fits(room, 0, [500, 300])).toBe(true);
    expect(fits(room, 0, [501, 0])).toBe(false);
  });

  test("is one for all in the shared model, full to the last roll", () => {
    const room: Room = { model: "shared", capacity };
    expect(fits(room, 0, [250, 150])).toBe(true);
    expect(fits(room, 0, [250, 151])).toBe(false);
    expect(fits(room, 0, [500, 0])).toBe(true);
  });

  test("adds fractions up exactly where doubles would not", () => {
    expect(9 / 28 + 18 / 28 + 1 / 28).toBeGreaterThan(1);
    const room: Room = { model: "shared", capacity: [[28, 28, 28]] };
    expect(fits(room, 0, [9, 18, 1])).toBe(true);
    const [first, second] = [94_906_249, 94_906_267];
    expect(26_362_847 / first + 68_543_415 / second).toBeLessThanOrEqual(1);
    expect(fits({ model: "shared", capacity: [[first, second]] }, 0, [26_362_847, 68_543_415])).toBe(false);
  });

  test("takes nothing of a material that the vehicle is not for", () => {
    for (const model of ["independent", "shared"] as const) {
      expect(fits({ model, capacity: [[500, 0]] }, 0, [1, 1])).toBe(false);
      expect(fits({ model, capacity: [[500, 0]] }, 0, [500, 0])).toBe(true);
    }
  });

  test("is never larger when it is shared", () => {
    const numbers = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(numbers, (pairs) => {
        const load = pairs.map(([quantity]) => quantity);
        const most = [pairs.map(([, value]) => value)];
        const isSharedFit = fits({ model: "shared", capacity: most }, 0, load);
        expect(isSharedFit && !fits({ model: "independent", capacity: most }, 0, load)).toBe(false);
      }),
    );
  });
});
