import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addLoads } from "../../../src/planning/prepare/cargo.ts";
import { fits, type Room } from "../../../src/planning/prepare/room.ts";
import { splitByVehicle, splitIntoPieces } from "../../../src/planning/prepare/split.ts";

describe("splitting a load by vehicle", () => {
  test("fills the vehicle that takes most first", () => {
    const room: Room = { model: "independent", capacity: [[100], [500], [100]] };
    expect(splitByVehicle([620], room, 1)).toEqual([[500], [100], [20]]);
  });

  test("loads all materials that a vehicle takes at once", () => {
    const room: Room = {
      model: "independent",
      capacity: [
        [500, 300],
        [500, 0],
      ],
    };
    expect(splitByVehicle([620, 100], room, 1)).toEqual([
      [500, 100],
      [120, 0],
    ]);
  });

  test("keeps rolls whole where the quantity is whole, and fractions where it is not", () => {
    const room: Room = { model: "independent", capacity: [[1055], [1055]] };
    expect(splitByVehicle([2000], room, 100)).toEqual([[1000], [1000]]);
    expect(splitByVehicle([2005], room, 100)).toEqual([[1055], [950]]);
  });

  test("shares a vehicle's room between materials exactly", () => {
    const room: Room = {
      model: "shared",
      capacity: [
        [300, 900],
        [300, 900],
      ],
    };
    expect(splitByVehicle([200, 900], room, 1)).toEqual([
      [200, 300],
      [0, 600],
    ]);
  });
});

describe("any split", () => {
  const quantity = fc.integer({ min: 0, max: 5000 });
  const room = fc.record({
    model: fc.constantFrom<Room["model"]>("independent", "shared"),
    capacity: fc.array(fc.tuple(quantity, quantity), { minLength: 1, maxLength: 5 }),
  });

  test("adds up to the load, in parts that a vehicle can carry", () => {
    fc.assert(
      fc.property(room, fc.tuple(quantity, quantity), (anyRoom, wish) => {
        const total = addLoads(anyRoom.capacity, 2);
        const load = wish.map((value, material) => Math.min(value, total[material]!));
        for (const split of [splitByVehicle, splitIntoPieces]) {
          const parts = split(load, anyRoom, 1);
          expect(addLoads(parts, 2)).toEqual(load);
          expect(parts.every((part) => part.some((value) => value > 0))).toBe(true);
          const isCarried = (part: readonly number[]) =>
            anyRoom.capacity.some((_, vehicle) => fits(anyRoom, vehicle, part));
          expect(parts.filter((part) => !isCarried(part))).toEqual([]);
        }
      }),
    );
  });
});
