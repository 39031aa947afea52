import type { Random } from "../../random.ts";
import type { Material } from "./vehicles.ts";

/** A sales item before its area's totals are known. */
export type ItemDraft = {
  name: string;
  /** A weight in its area's total of a material, or a fixed number of rolls. */
  size: { material: Material; weight: number } | { rolls: number };
  /** Whether part of it was cut from a roll, so that its quantity has a fraction. */
  isCut: boolean;
  printingWidth: string | null;
};

const namesByMaterial = {
  坯布: [
    "坯布 全棉斜纹21支",
    "坯布 涤棉府绸45支",
    "全棉针织坯布",
    "人棉坯布30支",
    "坯布 牛仔10安",
    "帆布坯布12安",
  ],
  成品: ["成品布 藏青活性染色", "成品 提花窗帘布", "四面弹成品布", "成品布 水洗棉本白", "成品 磨毛斜纹军绿"],
  辅料: ["辅料 罗纹下摆", "辅料 里布190T", "辅料 无纺衬", "包边带辅料", "辅料 口袋布"],
} as const;
const printedNames = ["成品布 数码印花", "成品 圆网印花府绸", "印花成品布 平网"] as const;
const barePrintNames = ["数码印花雪纺75D", "热转印春亚纺"] as const;
const foreignNames = ["色卡样本册", "展会挂样架", "客供样衣"] as const;
const printingWidths = ["150cm", "160cm", "180cm"] as const;

/** One to three items of ordinary goods; each name holds the name of its material. */
export function draftOrdinaryItems(random: Random): ItemDraft[] {
  const share = random.fraction();
  const count = share < 0.55 ? 1 : share < 0.85 ? 2 : 3;
  return Array.from({ length: count }, () => draftOrdinaryItem(random));
}

function draftOrdinaryItem(random: Random): ItemDraft {
  const material = pickMaterial(random.fraction());
  const isPrinted = material === "成品" && random.fraction() < 0.4;
  return {
    name: isPrinted ? random.pick(printedNames) : random.pick(namesByMaterial[material]),
    size: { material, weight: 0.4 + 1.2 * random.fraction() },
    isCut: random.fraction() < 0.15,
    printingWidth: isPrinted ? random.pick(printingWidths) : null,
  };
}

function pickMaterial(share: number): Material {
  if (share < 0.5) return "坯布";
  return share < 0.82 ? "成品" : "辅料";
}

/** A printed item: a rule about printing jobs, or a person, knows that it is finished cloth, its name does not. */
export function draftBarePrint(random: Random): ItemDraft {
  return { ...fixedItem(random.pick(barePrintNames), random), printingWidth: random.pick(printingWidths) };
}

/** An item that is of none of the materials. */
export function draftForeign(random: Random): ItemDraft {
  return fixedItem(random.pick(foreignNames), random);
}

/** An item whose name holds the names of two materials and so tells neither. */
export function draftAmbiguous(random: Random): ItemDraft {
  return fixedItem("坯布配套辅料包", random);
}

/** An item of more 坯布 than the largest vehicle takes. */
export function draftOversize(): ItemDraft {
  return { name: namesByMaterial.坯布[0], size: { rolls: 620 }, isCut: false, printingWidth: null };
}

function fixedItem(name: string, random: Random): ItemDraft {
  return { name, size: { rolls: random.integer(2, 12) }, isCut: false, printingWidth: null };
}
