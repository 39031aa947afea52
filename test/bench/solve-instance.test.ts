import { join } from "node:path";
import { expect, test } from "vitest";
import { readCatalogue } from "../../bench/instances/catalogue.ts";
import { solveInstance } from "../../bench/solve-instance.ts";

const catalogue = readCatalogue(join(import.meta.dirname, "../fixtures/instances"));

test.each([
  { name: "X-n101-k25", iterations: 5000, largestGap: 5 },
  { name: "R101", iterations: 5000, largestGap: 8 },
  // Its fleet is tight: until the last stop finds room, no plan of it is feasible.
  { name: "X115-HVRP", iterations: 100_000, largestGap: 12 },
  { name: "sdvrptw:PR01", iterations: 5000, largestGap: 8 },
  { name: "rich_n60_m3_t2", iterations: 5000, largestGap: 6 },
])("$name is solved from its original file, feasibly and near the best known cost", async (instance) => {
  const entry = catalogue?.get(instance.name);
  if (!entry) throw new Error(`the catalogue has no ${instance.name}`);
  const result = await solveInstance(entry, { seed: 1, iterations: instance.iterations });
  expect(result.faults).toEqual([]);
  expect(result.feasible).toBe(true);
  expect(result.gapPercent).toBeLessThan(instance.largestGap);
  // Nobody has found less than the best published cost: an answer below it would be scored wrongly.
  if (entry.source === "published") expect(result.gapPercent).toBeGreaterThan(-0.001);
});
