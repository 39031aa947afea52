import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addLoads } from "../../../src/planning/prepare/cargo.ts";
import { fits } from "../../../src/planning/prepare/room.ts";
import { shareRoom } from "../../../src/planning/prepare/shared-room.ts";

/** Whether all loads together are within the capacity of the vehicle in each dimension. */
function holds(capacity: number[][], loads: number[][], vehicle: number): boolean {
  const shared = shareRoom(capacity, loads);
  const carried = addLoads(shared.demand, shared.count);
  return carried.every((demand, dimension) => demand <= shared.capacity[vehicle]![dimension]!);
}

describe("shared room as dimensions", () => {
  test("has one for each distinct row of capacities", () => {
    const shared = shareRoom(
      [
        [500, 300],
        [600, 100],
        [500, 300],
      ],
      [[250, 150]],
    );
    expect(shared).toEqual({
      count: 2,
      demand: [[1500, 1150]],
      capacity: [
        [1500, 1150],
        [1500, 600],
        [1500, 1150],
      ],
    });
  });

  test("says exactly what fractions say, for loads that together just fill a vehicle too", () => {
    const capacity = fc.integer({ min: 1, max: 1000 });
    const fleet = fc.array(fc.tuple(capacity, capacity, capacity), { minLength: 1, maxLength: 4 });
    const loads = fc.array(fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fleet, loads, fc.nat(2), (vehicles, some, first) => {
        const [most] = vehicles;
        const half = most!.map((value, material) => (material === first ? value : 0));
        for (const together of [some, [half], [half, [1, 1, 1]]]) {
          for (const vehicle of vehicles.keys()) {
            const isFit = fits({ model: "shared", capacity: vehicles }, vehicle, addLoads(together, 3));
            expect(holds(vehicles, together, vehicle)).toBe(isFit);
          }
        }
      }),
    );
  });

  test("is never too large and loses less than a millionth where fractions have no common integer", () => {
    const capacity = [[999_999_937, 999_999_893, 999_999_883, 999_999_797]];
    const inside = [[250_000_000, 249_000_000, 249_500_000, 250_500_000]];
    const outside = [[250_000_000, 250_000_000, 250_000_000, 250_000_000]];
    expect(fits({ model: "shared", capacity }, 0, inside[0]!)).toBe(true);
    expect(fits({ model: "shared", capacity }, 0, outside[0]!)).toBe(false);
    expect(holds(capacity, inside, 0)).toBe(true);
    expect(holds(capacity, outside, 0)).toBe(false);
    expect(shareRoom(capacity, inside).demand.flat().every(Number.isSafeInteger)).toBe(true);
  });
});
