import { describe, expect, test } from "vitest";
import { checkPackingProblem } from "../../../src/planning/packing/check-problem.ts";
import { packingProblem } from "../../support/any-packing.ts";

const sound = { items: [[3], [4]], types: [{ capacity: [5], cost: 2, available: 3 }] };

describe("a packing problem", () => {
  test("passes when all its numbers are whole", () => {
    expect(() => checkPackingProblem(packingProblem(sound))).not.toThrow();
  });

  test("may have vehicles without a limit", () => {
    const types = [{ capacity: [Number.POSITIVE_INFINITY], cost: 2, available: 3 }];
    expect(() => checkPackingProblem(packingProblem({ ...sound, types }))).not.toThrow();
  });

  test.each([
    ["a negative load", { ...sound, items: [[3], [-1]] }, "items.load[1]"],
    ["a fraction", { ...sound, items: [[0.5], [1]] }, "items.load[0]"],
    ["no number", { ...sound, items: [[Number.NaN], [1]] }, "items.load[0]"],
    ["loads past exact sums", { ...sound, items: [[2 ** 52], [2 ** 52], [1]] }, "items.load of dimension 0"],
    ["a negative cost", { ...sound, types: [{ capacity: [5], cost: -2, available: 3 }] }, "types.cost[0]"],
    [
      "an endless cost",
      { ...sound, types: [{ capacity: [5], cost: Infinity, available: 3 }] },
      "types.cost[0]",
    ],
    [
      "costs past exact sums",
      { ...sound, types: [{ capacity: [5], cost: 2 ** 52, available: 3 }] },
      "types.cost",
    ],
    [
      "fewer than no vehicles",
      { ...sound, types: [{ capacity: [5], cost: 2, available: -1 }] },
      "types.available[0]",
    ],
  ])("with %s is refused by its field", (_, draft, field) => {
    expect(() => checkPackingProblem(packingProblem(draft))).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        details: expect.objectContaining({ fields: [field] }),
      }),
    );
  });

  test("with an array of the wrong size is refused by its field", () => {
    const problem = { ...packingProblem(sound), isAllowed: new Uint8Array(3) };
    expect(() => checkPackingProblem(problem)).toThrow(/isAllowed has 3 entries instead of 2/);
  });
});
