import type { Random } from "../../random.ts";
import type { Customer } from "./customers.ts";
import {
  draftAmbiguous,
  draftBarePrint,
  draftForeign,
  draftOrdinaryItems,
  draftOversize,
  type ItemDraft,
} from "./items.ts";

/** What makes an area's shipments a dispatcher's problem. */
export type AreaOddities = { hasOversize: boolean; hasAmbiguous: boolean };

/** A shipment before its area's totals are known. */
export type ShipmentDraft = {
  customer: Customer;
  items: ItemDraft[];
  deletedItems: ItemDraft[];
  isShipped: boolean;
};

/** How many unshipped shipments an area has; a few more have left already. */
const unshippedPerArea = 30;
const shippedPerArea = 2;

/** The drafts of one area, in no order of time. Where there are fewer customers, the first of them order again. */
export function draftShipments(
  customers: readonly Customer[],
  { random, oddities }: { random: Random; oddities: AreaOddities },
): ShipmentDraft[] {
  return Array.from({ length: unshippedPerArea + shippedPerArea }, (_, place) => {
    const customer = customers[place % customers.length];
    if (!customer) return [];
    const { items, deletedItems } = draftItemsAt(place, { random, oddities });
    return [{ customer, items, deletedItems, isShipped: place >= unshippedPerArea }];
  }).flat();
}

/** Some places of every area are fixed oddities, so that no seed is without them. */
function draftItemsAt(place: number, { random, oddities }: { random: Random; oddities: AreaOddities }) {
  const items = draftOrdinaryItems(random);
  if (place === 10) return { items: [draftBarePrint(random)], deletedItems: [] };
  if (place === 11) return { items: [...items, draftForeign(random)], deletedItems: [] };
  if (place === 12 && oddities.hasAmbiguous) return { items: [draftAmbiguous(random)], deletedItems: [] };
  if (place === 13 && oddities.hasOversize) return { items: [draftOversize()], deletedItems: [] };
  if (place === 14) return { items, deletedItems: [draftForeign(random)] };
  return { items, deletedItems: [] };
}
