import { expect, test } from "vitest";
import { chainStops } from "../../../src/planning/search/chain-stops.ts";

test("a chain goes from neighbour to neighbour, and on with the first of the rest where none is left", () => {
  const neighbours = { width: 1, stops: Int32Array.from([2, 0, 1, 4, 3]) };
  const pool = { stops: Int32Array.from([3, 0, 1, 2, 4]), count: 5 };
  chainStops(pool, neighbours);
  expect([...pool.stops]).toEqual([3, 4, 0, 2, 1]);
});

test("a chain holds the stops of the pool and no others", () => {
  const neighbours = { width: 2, stops: Int32Array.from([1, 2, 0, 2, 1, 0, 2, 1]) };
  const pool = { stops: Int32Array.from([3, 0, 9, 9]), count: 2 };
  chainStops(pool, neighbours);
  expect([...pool.stops.subarray(0, 2)]).toEqual([3, 0]);
});
