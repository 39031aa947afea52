import * as z from "zod";
import type { MaterialRule } from "../../../domain/material-rule.ts";

/** A material rule as the tools give it. */
export const materialRuleAnswer = z.object({
  rule_id: z.string(),
  material: z.string(),
  item_name: z.string().optional(),
  item_name_contains: z.string().optional(),
  has_printing_job: z.boolean().optional(),
  created_at: z.string(),
});

/** The rule in the tools' spelling. */
export function fromMaterialRule(rule: MaterialRule): z.input<typeof materialRuleAnswer> {
  return {
    rule_id: rule.ruleId,
    material: rule.material,
    ...(rule.itemName !== undefined && { item_name: rule.itemName }),
    ...(rule.itemNameContains !== undefined && { item_name_contains: rule.itemNameContains }),
    ...(rule.hasPrintingJob !== undefined && { has_printing_job: rule.hasPrintingJob }),
    created_at: rule.createdAt,
  };
}

/** "items named 「染色坯布A」 are 坯布". */
export function describeMaterialRule(rule: MaterialRule): string {
  if (rule.itemName !== undefined) return `items named 「${rule.itemName}」 are ${rule.material}`;
  if (rule.itemNameContains !== undefined)
    return `items with 「${rule.itemNameContains}」 in the name are ${rule.material}`;
  return `items ${rule.hasPrintingJob ? "with" : "without"} a printing job are ${rule.material}`;
}
