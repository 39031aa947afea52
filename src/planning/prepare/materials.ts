import type { MaterialRule } from "../../domain/material-rule.ts";
import type { SalesItem } from "../../domain/shipment.ts";

/** What tells an item's material, beside the item itself. */
export type MaterialKnowledge = {
  /** In the order in which they are tried. */
  rules: readonly MaterialRule[];
  /** Names of the materials that vehicles and rules speak of. */
  materials: ReadonlySet<string>;
  defaultMaterial?: string;
};

/**
 * The material of an item: its own, else the first rule that fits, else a material of the same name, else the one
 * material whose name the item's name contains, else the default. Undefined when nothing tells: never a guess.
 */
export function materialOf(item: SalesItem, knowledge: MaterialKnowledge): string | undefined {
  const name = item.name.trim();
  const own = item.material?.trim();
  if (own) return own;
  const rule = knowledge.rules.find((candidate) => ruleFits(candidate, item));
  if (rule) return rule.material;
  if (knowledge.materials.has(name)) return name;
  return onlyMaterialIn(name, knowledge.materials) ?? knowledge.defaultMaterial;
}

function ruleFits(rule: MaterialRule, item: SalesItem): boolean {
  const name = item.name.trim();
  if (rule.itemName !== undefined) return name === rule.itemName.trim();
  if (rule.itemNameContains !== undefined) return name.includes(rule.itemNameContains);
  return rule.hasPrintingJob === (item.printingJobId != null);
}

/** Several contained names tell as little as none: "印花坯布" alone would leave open whether it is 印花 or 坯布. */
function onlyMaterialIn(name: string, materials: ReadonlySet<string>): string | undefined {
  const contained = [...materials].filter((material) => material !== "" && name.includes(material));
  return contained.length === 1 ? contained[0] : undefined;
}
