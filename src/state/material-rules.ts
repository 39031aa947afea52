import type { Kysely, Selectable } from "kysely";
import { Failure } from "../domain/failure.ts";
import type { MaterialRule } from "../domain/material-rule.ts";
import { canonicalJson, sha256 } from "./fingerprint.ts";
import type { Database, MaterialRulesTable } from "./schema.ts";

/** A rule as it is set: a material and exactly one condition. */
export type NewMaterialRule = Omit<MaterialRule, "ruleId" | "createdAt">;

/** The rules that say which items are of which material. */
export type MaterialRules = {
  /** In the order in which their conditions were first set; the first that fits decides. */
  list: () => Promise<MaterialRule[]>;
  /** Adds the rule, or gives the one with the same condition another material in its old place. */
  set: (rule: NewMaterialRule) => Promise<MaterialRule>;
};

/** The material rules of a store. */
export function createMaterialRules({ db, now }: { db: Kysely<Database>; now: () => number }): MaterialRules {
  return {
    list: async () => {
      const rows = await db.selectFrom("materialRules").selectAll().orderBy("sequence").execute();
      return rows.map(toRule);
    },
    set: async (rule) => {
      const condition = conditionOf(rule);
      const row = await db
        .insertInto("materialRules")
        .values({
          ...condition,
          ruleId: `rule-${sha256(canonicalJson(condition)).slice(0, 12)}`,
          material: rule.material,
          createdAt: new Date(now()).toISOString(),
        })
        .onConflict((conflict) => conflict.column("ruleId").doUpdateSet({ material: rule.material }))
        .returningAll()
        .executeTakeFirstOrThrow();
      return toRule(row);
    },
  };
}

function conditionOf({ itemName, itemNameContains, hasPrintingJob }: NewMaterialRule) {
  const conditions = [itemName, itemNameContains, hasPrintingJob].filter((value) => value !== undefined);
  if (conditions.length !== 1 || conditions[0] === "") {
    throw new Failure(
      "invalid_input",
      "A material rule takes exactly one condition, and none that is empty.",
      {
        hint: "Give one of `item_name`, `item_name_contains` and `has_printing_job`.",
        fields: ["item_name", "item_name_contains", "has_printing_job"],
      },
    );
  }
  return {
    itemName: itemName ?? null,
    itemNameContains: itemNameContains ?? null,
    hasPrintingJob: hasPrintingJob === undefined ? null : Number(hasPrintingJob),
  };
}

function toRule({
  ruleId,
  material,
  itemName,
  itemNameContains,
  hasPrintingJob,
  createdAt,
}: Selectable<MaterialRulesTable>): MaterialRule {
  return {
    ruleId,
    material,
    ...(itemName !== null && { itemName }),
    ...(itemNameContains !== null && { itemNameContains }),
    ...(hasPrintingJob !== null && { hasPrintingJob: hasPrintingJob === 1 }),
    createdAt,
  };
}
