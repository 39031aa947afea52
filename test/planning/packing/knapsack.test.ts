import fc from "fast-check";
import { expect, test } from "vitest";
import { Knapsack, type Pattern } from "../../../src/planning/packing/knapsack.ts";
import { buildPackingModel, type PackingModel } from "../../../src/planning/packing/packing-model.ts";
import { packingProblem } from "../../support/any-packing.ts";

const anyKnapsack = fc.integer({ min: 1, max: 4 }).chain((dimensions) =>
  fc.record({
    items: fc.array(fc.array(fc.nat(6), { minLength: dimensions, maxLength: dimensions }), {
      minLength: 1,
      maxLength: 12,
      size: "max",
    }),
    capacity: fc.array(fc.integer({ min: 1, max: 15 }), { minLength: dimensions, maxLength: dimensions }),
    values: fc.array(fc.nat(20), { minLength: 12, maxLength: 12 }),
  }),
);

/** Every load of the one type, as how many of each class, by trying all. */
function everyLoad(model: PackingModel): { counts: number[]; isFull: boolean }[] {
  const { classes, dimensions, load, capacity } = model;
  const amounts = classes.map((members) => [
    ...load.subarray(members[0]! * dimensions, (members[0]! + 1) * dimensions),
  ]);
  const fits = (counts: number[]): boolean =>
    capacity.every(
      (most, d) => counts.reduce((sum, count, index) => sum + count * amounts[index]![d]!, 0) <= most,
    );
  let loads: number[][] = [[]];
  for (const members of classes) {
    loads = loads.flatMap((counts) =>
      Array.from({ length: members.length + 1 }, (_, count) => [...counts, count]),
    );
  }
  const canGrow = (counts: number[]): boolean =>
    classes.some((members, at) => counts[at]! < members.length && fits(counts.with(at, counts[at]! + 1)));
  return loads.filter(fits).map((counts) => ({ counts, isFull: !canGrow(counts) }));
}

function countsOf({ classes, counts }: Pattern, classCount: number): number[] {
  const all = new Array<number>(classCount).fill(0);
  for (const [at, index] of classes.entries()) all[index] = counts[at]!;
  return all;
}

const worthOf = (counts: number[], value: Float64Array): number =>
  counts.reduce((sum, count, index) => sum + count * value[index]!, 0);

function prepare({ items, capacity, values }: { items: number[][]; capacity: number[]; values: number[] }) {
  const model = buildPackingModel(packingProblem({ items, types: [{ capacity, cost: 1, available: 20 }] }));
  return { model, value: Float64Array.from(model.classes, (_, index) => values[index]!) };
}

test("the best load is worth what the best of all loads is", () => {
  fc.assert(
    fc.property(anyKnapsack, (drawn) => {
      const { model, value } = prepare(drawn);
      const most = Math.max(...everyLoad(model).map(({ counts }) => worthOf(counts, value)));
      const { best, limit } = new Knapsack(model, 0).solve(value, { above: 0, nodes: 1e6 });
      expect(limit).toBe(most);
      expect(best ? worthOf(countsOf(best, model.classes.length), value) : 0).toBe(most);
    }),
    { numRuns: 300 },
  );
});

test("a search that is stopped early still gives a limit that holds, and no load that does not fit", () => {
  fc.assert(
    fc.property(anyKnapsack, fc.nat(6), fc.nat(30), (drawn, nodes, above) => {
      const { model, value } = prepare(drawn);
      const loads = everyLoad(model);
      const most = Math.max(...loads.map(({ counts }) => worthOf(counts, value)));
      const { best, limit } = new Knapsack(model, 0).solve(value, { above, nodes });
      expect(limit).toBeGreaterThanOrEqual(most);
      if (!best) return;
      const counts = countsOf(best, model.classes.length);
      expect(loads.map((load) => load.counts)).toContainEqual(counts);
      expect(best.value).toBe(worthOf(counts, value));
      expect(best.value).toBeGreaterThan(above);
    }),
    { numRuns: 300 },
  );
});

test("every load above a worth that nothing can be added to is listed once", () => {
  fc.assert(
    fc.property(anyKnapsack, fc.integer({ min: -1, max: 40 }), (drawn, above) => {
      const { model, value } = prepare(drawn);
      const wanted = everyLoad(model).filter(
        ({ counts, isFull }) => isFull && worthOf(counts, value) > above,
      );
      const listed: number[][] = [];
      const onEach = (pattern: Pattern): boolean => listed.push(countsOf(pattern, model.classes.length)) > 0;
      new Knapsack(model, 0).solve(value, { above, nodes: 1e6, onEach });
      const inOrder = (loads: number[][]): string[] => loads.map(String).sort((a, b) => a.localeCompare(b));
      expect(inOrder(listed)).toEqual(inOrder(wanted.map(({ counts }) => counts)));
    }),
    { numRuns: 300 },
  );
});
