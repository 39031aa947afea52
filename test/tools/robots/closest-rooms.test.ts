import fc from "fast-check";
import { expect, test } from "vitest";
import { closestRooms } from "../../../src/tools/robots/closest-rooms.ts";

const rooms = ["0801", "0802", "0810", "0811", "1801", "0301", "8888", "Lobby"];

test.each([
  ["full-width digits", "０８０１", "0801"],
  ["a missing leading zero", "801", "0801"],
  ["needless leading zeros", "000801", "0801"],
  ["a space", "08 01", "0801"],
  ["a word before the number", "房间0801", "0801"],
  ["one wrong digit", "0803", "0801"],
  ["a letter for a digit", "O801", "0801"],
  ["another case", "lobby", "Lobby"],
])("%s leads to the room", (_mistake, wanted, room) => {
  expect(closestRooms(wanted, rooms)[0]).toBe(room);
});

test("rooms that have nothing in common are not named", () => {
  expect(closestRooms("餐厅", rooms)).toEqual([]);
});

test("at most five are named, nearest first, and the order of the map does not matter", () => {
  const found = closestRooms("0812", rooms);
  expect(found.length).toBeLessThanOrEqual(5);
  expect(found.slice(0, 3)).toEqual(["0802", "0810", "0811"]);
  expect(closestRooms("0812", rooms.toReversed())).toEqual(found);
});

test("whatever is asked for, only rooms of the map are named, each once", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 300 });
  fc.assert(
    fc.property(text, fc.uniqueArray(text, { maxLength: 20 }), (wanted, map) => {
      const found = closestRooms(wanted, map);
      expect(new Set(found).size).toBe(found.length);
      for (const room of found) expect(map).toContain(room);
    }),
  );
});
