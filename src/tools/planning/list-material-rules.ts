import * as z from "zod";
import { countThatFits } from "../answer-size.ts";
import { page, pageAnswer } from "../fields.ts";
import { decodeOffset, encodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import {
  describeMaterialRule,
  fromMaterialRule,
  materialRuleAnswer,
} from "./materials/material-rule-fields.ts";

export const listMaterialRules = defineTool({
  name: "list_material_rules",
  title: "List material rules",
  description:
    "Lists the rules that say which material an item is, in the order they are tried: the first that fits wins. 物料规则",
  access: "read",
  input: z.strictObject(page),
  output: z.object({ rules: z.array(materialRuleAnswer), ...pageAnswer }),
  async run({ limit = 50, cursor }, app) {
    const offset = decodeOffset(cursor);
    const store = await app.store();
    const rules = await store.materialRules.list();
    const wanted = rules.slice(offset, offset + limit);
    const shown = wanted.slice(0, countThatFits(wanted));
    const hasMore = offset + shown.length < rules.length;
    return {
      data: {
        rules: shown.map(fromMaterialRule),
        total: rules.length,
        ...(hasMore && { next_cursor: encodeOffset(offset + shown.length) }),
      },
      text:
        shown.length > 0
          ? shown.map((rule, index) => `${offset + index + 1}. ${describeMaterialRule(rule)}`).join("\n")
          : "No rule is set: an item is the material whose name its own name holds. set_material_rule adds a rule.",
    };
  },
});
