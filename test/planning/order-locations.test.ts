import fc from "fast-check";
import { expect, test } from "vitest";
import { orderLocations } from "../../src/planning/order-locations.ts";
import { search } from "../../src/planning/search/search.ts";
import { anyProblem } from "../support/any-problem.ts";
import { matrixOf } from "../support/matrix-of.ts";

const allocate = (length: number) => new Int32Array(length);

test("locations in another order give the very same solution", () => {
  fc.assert(
    fc.property(anyProblem, (problem) => {
      const options = { seed: 3, iterations: 60, now: () => 0 };
      const ordered = orderLocations(problem, allocate, 0);
      expect(search(ordered, options)).toEqual(search(problem, options));
    }),
    { numRuns: 25 },
  );
});

test("locations in line are numbered one after the other, and legs keep their ends and lengths", () => {
  const spots = [0, 50, 10, 40, 20, 30];
  const size = spots.length;
  const legs = Int32Array.from({ length: size * size }, (_, leg) => {
    const [from, to] = [spots[Math.trunc(leg / size)] ?? 0, spots[leg % size] ?? 0];
    return to > from ? to - from : 2 * (from - to);
  });
  const [problem] = fc.sample(
    anyProblem.filter(({ travel }) => travel.length > 0),
    { numRuns: 1, seed: 1 },
  );
  if (!problem) throw new Error("there is no problem to be had");
  const travel = [{ size, distanceMeters: legs, durationSeconds: legs }];
  const location = Int32Array.from([1, 2, 3, 4, 5]);
  const stops = { ...problem.stops, location };
  const vehicles = { ...problem.vehicles, startLocation: Int32Array.of(0), endLocation: Int32Array.of(-1) };
  const ordered = orderLocations({ ...problem, stops, vehicles, travel }, allocate, 0);
  expect([...ordered.stops.location]).toEqual([5, 1, 4, 2, 3]);
  expect([...ordered.vehicles.startLocation, ...ordered.vehicles.endLocation]).toEqual([0, -1]);
  const matrix = matrixOf(ordered);
  expect(matrix.distanceMeters).toBe(matrix.durationSeconds);
  const legBetween = (from: number, to: number) => matrix.distanceMeters[from * size + to];
  expect([legBetween(0, 1), legBetween(1, 0), legBetween(5, 2)]).toEqual([10, 20, 60]);
});
