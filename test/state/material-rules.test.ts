import { expect, onTestFinished, test } from "vitest";
import type { NewMaterialRule } from "../../src/state/material-rules.ts";
import { openStore } from "../../src/state/open-store.ts";
import { failureOf } from "../support/failures.ts";

async function emptyRules() {
  let now = Date.parse("2026-11-22T10:00:00.000Z");
  const store = await openStore({ location: ":memory:", now: () => now++ });
  onTestFinished(() => store.close());
  return store.materialRules;
}

test("rules come back in the order in which they were set", async () => {
  const rules = await emptyRules();
  await rules.set({ material: "色布", itemNameContains: "染" });
  await rules.set({ material: "坯布", itemName: "坯布 A" });
  await rules.set({ material: "印花布", hasPrintingJob: true });
  await rules.set({ material: "坯布", hasPrintingJob: false });
  expect(await rules.list()).toEqual([
    expect.objectContaining({
      material: "色布",
      itemNameContains: "染",
      createdAt: "2026-11-22T10:00:00.000Z",
    }),
    expect.objectContaining({ material: "坯布", itemName: "坯布 A" }),
    expect.objectContaining({ material: "印花布", hasPrintingJob: true }),
    expect.objectContaining({ material: "坯布", hasPrintingJob: false }),
  ]);
});

test("a rule holds its one condition and nothing of the others", async () => {
  const rules = await emptyRules();
  const rule = await rules.set({ material: "坯布", itemName: "坯布 A" });
  expect(new Set(Object.keys(rule))).toEqual(new Set(["createdAt", "itemName", "material", "ruleId"]));
});

test("the same rule set again changes nothing", async () => {
  const rules = await emptyRules();
  const first = await rules.set({ material: "坯布", itemName: "坯布 A" });
  expect(await rules.set({ material: "坯布", itemName: "坯布 A" })).toEqual(first);
  expect(await rules.list()).toEqual([first]);
});

test("another material for a condition replaces the rule in its place", async () => {
  const rules = await emptyRules();
  const first = await rules.set({ material: "坯布", itemName: "A" });
  const second = await rules.set({ material: "坯布", itemNameContains: "A" });
  const replaced = await rules.set({ material: "色布", itemName: "A" });
  expect(replaced).toEqual({ ...first, material: "色布" });
  expect(await rules.list()).toEqual([replaced, second]);
});

test.each<NewMaterialRule>([
  { material: "坯布" },
  { material: "坯布", itemName: "A", hasPrintingJob: false },
  { material: "坯布", itemNameContains: "" },
])("a rule without exactly one condition is refused: %o", async (rule) => {
  const rules = await emptyRules();
  const failure = await failureOf(rules.set(rule));
  expect(failure.code).toBe("invalid_input");
  expect(failure.details.fields).toContain("item_name");
  expect(await rules.list()).toEqual([]);
});
