import type { Random } from "../../random.ts";
import type { ShipmentRecord, StoredItem, StoredShipment } from "../records.ts";
import type { Customer } from "./customers.ts";
import type { ShipmentDraft } from "./drafts.ts";
import { type FactoryDay, factoryTime } from "./factory-day.ts";
import type { ItemDraft } from "./items.ts";
import { type Material, materials } from "./vehicles.ts";

/** About how many rolls (条) of each material an area's ordinary items come to. */
export type AreaRolls = Record<Material, number>;

/** A shipment before its number: numbers follow the time of creation. */
export type UnnumberedShipment = Omit<StoredShipment, "id" | "merchant_id" | "sales_items"> & {
  sales_items: Omit<StoredItem, "id">[];
};

const remarks = ["到货前电话联系", "只收上午货", "卸货走后门", "请带送货单两联", "小心防水"] as const;

/** The shipments of one area as the ERP keeps them. */
export function createShipments(
  drafts: readonly ShipmentDraft[],
  { random, rolls, day }: { random: Random; rolls: AreaRolls; day: FactoryDay },
): UnnumberedShipment[] {
  const rollsPerWeight = ratesOf(drafts, rolls);
  const createItem = (draft: ItemDraft, isDeleted: boolean) => ({
    ...itemFields(draft, random),
    quantity: quantityOf(draft, rollsPerWeight),
    isDeleted,
  });
  return drafts.map(({ customer, items, deletedItems, isShipped }) => {
    const createdAt = factoryTime(day.midnight - random.integer(4 * 3600, 64 * 3600) * 1000);
    return {
      ...customerFields(customer),
      ...stateFields(isShipped, random),
      shipment_date: day.date,
      remark: random.fraction() < 0.2 ? random.pick(remarks) : "",
      external_id: random.fraction() < 0.5 ? `SO-${random.integer(100_000, 999_999)}` : null,
      sales_items: [
        ...items.map((item) => createItem(item, false)),
        ...deletedItems.map((item) => createItem(item, true)),
      ],
      created_at: createdAt,
      updated_at: createdAt,
    };
  });
}

function customerFields(customer: Customer) {
  return {
    customer: customer.id,
    customer_name: customer.name,
    area: customer.area,
    address: customer.address,
    contact_name: customer.contactName,
    contact_phone: customer.contactPhone,
    geo_coordinates: customer.coordinates,
  };
}

function stateFields(
  isShipped: boolean,
  random: Random,
): Pick<ShipmentRecord, "status" | "status_display" | "delivery"> {
  if (!isShipped) return { status: "pending", status_display: "待出货", delivery: null };
  return { status: "shipped", status_display: "已出货", delivery: random.integer(100, 999) };
}

function itemFields({ name, printingWidth }: ItemDraft, random: Random) {
  return {
    name,
    unit: 1,
    unit_display: "条",
    position: random.fraction() < 0.8 ? `${random.pick(["A", "B", "C"])}-${random.integer(10, 48)}` : "",
    remark: "",
    printing_job_id: printingWidth === null ? null : random.integer(50, 950),
    printing_job_width: printingWidth,
  };
}

/** Rolls for one unit of weight, so that an area's unshipped items come to its totals whatever the seed drew. */
function ratesOf(drafts: readonly ShipmentDraft[], rolls: AreaRolls): AreaRolls {
  const sizes = drafts
    .filter(({ isShipped }) => !isShipped)
    .flatMap(({ items }) => items.map(({ size }) => size));
  const rate = (material: Material) => {
    const weights = sizes.map((size) => ("weight" in size && size.material === material ? size.weight : 0));
    return rolls[material] / weights.reduce((sum, weight) => sum + weight, 0);
  };
  const [grey, finished, trimming] = materials;
  return { [grey]: rate(grey), [finished]: rate(finished), [trimming]: rate(trimming) };
}

/** A decimal string with two places, as fleet.txt shows quantities. */
function quantityOf({ size, isCut }: ItemDraft, rollsPerWeight: AreaRolls): string {
  if ("rolls" in size) return size.rolls.toFixed(2);
  const wholeRolls = Math.max(1, Math.round(size.weight * rollsPerWeight[size.material]));
  return (isCut ? wholeRolls + 0.5 : wholeRolls).toFixed(2);
}
