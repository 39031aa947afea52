import { type Decimal, rescale } from "../../domain/decimal.ts";
import type { UnmappedItem } from "../../domain/plan.ts";
import type { SalesItem } from "../../domain/shipment.ts";
import { type MaterialKnowledge, materialOf } from "./materials.ts";
import { finestScale, type ReadQuantity, readAmount, refuseInexactSum } from "./quantities.ts";
import type { Candidate } from "./request.ts";

/** Integer quantities at the plan's scale, [material] as in `Cargo.materials`. */
export type Load = readonly number[];

/** What is to be carried. */
export type Cargo = {
  /** The materials that any shipment carries, in order of appearance. */
  materials: string[];
  /** Decimal places of every quantity: a load of 62000 at scale 2 is 620. */
  scale: number;
  /** [shipment]; all zero where a shipment has nothing to carry or an item without a material. */
  loads: Load[];
  /** Items with a quantity whose material nothing tells, [shipment]. */
  unmapped: UnmappedItem[][];
};

type Line = { shipment: number; material: string } & ReadQuantity;

/** What decides how shipments are read: which material an item is, and how fine capacities are. */
export type CargoContext = MaterialKnowledge & { capacities: readonly Decimal[] };

/** Adds up the items of each shipment by material, exactly. Items with a quantity of zero carry nothing and are passed over. */
export function readCargo(candidates: readonly Candidate[], context: CargoContext): Cargo {
  const unmapped: UnmappedItem[][] = candidates.map(() => []);
  const lines: Line[] = [];
  for (const [
    shipment,
    {
      field,
      shipment: { id, salesItems },
    },
  ] of candidates.entries()) {
    for (const [index, item] of salesItems.entries()) {
      const quantity = readItem(item, `${field}.sales_items[${index}].quantity`);
      if (quantity.amount.digits === 0n) continue;
      const material = materialOf(item, context);
      if (material === undefined) unmapped[shipment]!.push({ shipmentId: id, itemName: item.name });
      else lines.push({ shipment, material, ...quantity });
    }
  }
  const whole = lines.filter(({ shipment }) => unmapped[shipment]!.length === 0);
  const scale = finestScale([...whole.map(({ amount }) => amount), ...context.capacities]);
  refuseInexactSum(whole, scale);
  return { ...addUp(whole, scale, candidates.length), scale, unmapped };
}

function readItem({ quantity }: SalesItem, field: string): ReadQuantity {
  return { amount: readAmount(quantity, field), field };
}

function addUp(lines: readonly Line[], scale: number, shipmentCount: number) {
  const materials = [...new Set(lines.map(({ material }) => material))];
  const loads = Array.from({ length: shipmentCount }, () => materials.map(() => 0));
  for (const { shipment, material, amount } of lines) {
    loads[shipment]![materials.indexOf(material)]! += Number(rescale(amount, scale));
  }
  return { materials, loads };
}

/** The sum of loads. */
export function addLoads(loads: readonly Load[], materialCount: number): number[] {
  const sum = Array.from({ length: materialCount }, () => 0);
  for (const load of loads) {
    for (const [material, quantity] of load.entries()) sum[material]! += quantity;
  }
  return sum;
}
