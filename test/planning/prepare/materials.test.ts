import { describe, expect, test } from "vitest";
import type { MaterialRule } from "../../../src/domain/material-rule.ts";
import { materialOf } from "../../../src/planning/prepare/materials.ts";

const materials = new Set(["坯布", "成品", "印花坯布"]);

function rule(condition: Partial<MaterialRule> & { material: string }): MaterialRule {
  return { ruleId: condition.material, createdAt: "2026-11-22T08:00:00+08:00", ...condition };
}

describe("the material of an item", () => {
  test("is its own when it has one, whatever the rules say", () => {
    const rules = [rule({ material: "成品", itemName: "甲" })];
    expect(materialOf({ name: "甲", quantity: "1", material: "坯布" }, { rules, materials })).toBe("坯布");
  });

  test("is that of the first rule that fits, before a material of the same name", () => {
    const rules = [
      rule({ material: "成品", itemNameContains: "不在" }),
      rule({ material: "成品", itemNameContains: "坯" }),
      rule({ material: "坯布", itemName: "坯布" }),
    ];
    expect(materialOf({ name: "坯布", quantity: "1" }, { rules, materials })).toBe("成品");
  });

  test.each([
    ["the exact name", { itemName: "销售品甲" }, true],
    ["a part of the name given as the whole", { itemName: "销售品" }, false],
    ["a part of the name", { itemNameContains: "售品" }, true],
    ["a printing job where there is one", { hasPrintingJob: true }, true],
    ["no printing job where there is one", { hasPrintingJob: false }, false],
  ])("follows a rule on %s: %o", (_, condition, isFitting) => {
    const rules = [rule({ material: "成品", ...condition })];
    const item = { name: "销售品甲", quantity: "1", printingJobId: 88 };
    expect(materialOf(item, { rules, materials })).toBe(isFitting ? "成品" : undefined);
  });

  test("follows a rule on items without a printing job", () => {
    const rules = [rule({ material: "坯布", hasPrintingJob: false })];
    expect(materialOf({ name: "甲", quantity: "1", printingJobId: null }, { rules, materials })).toBe("坯布");
    expect(materialOf({ name: "甲", quantity: "1" }, { rules, materials })).toBe("坯布");
  });

  test("is the material of the same name even where that name holds another", () => {
    expect(materialOf({ name: "印花坯布", quantity: "1" }, { rules: [], materials })).toBe("印花坯布");
  });

  test("is the one material whose name the item's name contains", () => {
    expect(materialOf({ name: "32支成品一号", quantity: "1" }, { rules: [], materials })).toBe("成品");
  });

  test("is not guessed where the item's name contains several materials", () => {
    expect(materialOf({ name: "印花坯布一号", quantity: "1" }, { rules: [], materials })).toBeUndefined();
    const known = { rules: [], materials, defaultMaterial: "成品" };
    expect(materialOf({ name: "印花坯布一号", quantity: "1" }, known)).toBe("成品");
  });

  test("is the default where nothing else tells, and nothing without one", () => {
    const known = { rules: [], materials };
    expect(materialOf({ name: "销售品甲", quantity: "1" }, { ...known, defaultMaterial: "坯布" })).toBe(
      "坯布",
    );
    expect(materialOf({ name: "销售品甲", quantity: "1" }, known)).toBeUndefined();
  });
});
