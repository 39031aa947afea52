import * as z from "zod";
import { Failure } from "../../domain/failure.ts";
import { plainText } from "../fields.ts";
import { defineTool } from "../tool.ts";
import {
  describeMaterialRule,
  fromMaterialRule,
  materialRuleAnswer,
} from "./materials/material-rule-fields.ts";
import { warnOfMaterial } from "./materials/warn-of-material.ts";

export const setMaterialRule = defineTool({
  name: "set_material_rule",
  title: "Set a material rule",
  description:
    "Says which material an item is, for all later plans. Give exactly one condition: item_name (the whole name), " +
    "item_name_contains, or has_printing_job. Rules are tried in the order they were set; the same condition again replaces its rule. 设置物料规则",
  access: "write",
  mayAskVendors: true,
  input: z.strictObject({
    material: plainText(100).describe("Material as the vehicles' capacities name it, e.g. 坯布"),
    item_name: plainText(300).optional(),
    item_name_contains: plainText(300).optional(),
    has_printing_job: z.boolean().optional(),
  }),
  output: z.object({
    rule: materialRuleAnswer,
    warnings: z.array(z.string()).optional().describe("Where no vehicle of the ERP carries the material"),
  }),
  async run({ material, item_name, item_name_contains, has_printing_job }, app, { signal }) {
    const conditions = [item_name, item_name_contains, has_printing_job].filter(
      (condition) => condition !== undefined,
    );
    if (conditions.length !== 1) {
      throw new Failure("invalid_input", `A rule takes exactly one condition, not ${conditions.length}.`, {
        hint: "Give one of item_name, item_name_contains, has_printing_job.",
        fields: ["item_name", "item_name_contains", "has_printing_job"],
      });
    }
    const store = await app.store();
    const rule = await store.materialRules.set({
      material,
      ...(item_name !== undefined && { itemName: item_name }),
      ...(item_name_contains !== undefined && { itemNameContains: item_name_contains }),
      ...(has_printing_job !== undefined && { hasPrintingJob: has_printing_job }),
    });
    const warning = await warnOfMaterial(material, app, signal);
    const text = `From now on ${describeMaterialRule(rule)}, unless a rule that was set before it fits as well.`;
    if (warning === undefined) return { data: { rule: fromMaterialRule(rule) }, text };
    return { data: { rule: fromMaterialRule(rule), warnings: [warning] }, text: `${text}\nNote: ${warning}` };
  },
});
