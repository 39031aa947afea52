import type { Order } from "../records.ts";

/** Dishes and fees in fen, before any discount. */
export function grossFen({ dishFen, deliveryFeeFen, packageFeeFen }: Order): number {
  return dishFen + deliveryFeeFen + packageFeeFen;
}

/** What the customer pays in the end, in fen. */
export function payableFen(order: Order): number {
  return grossFen(order) - order.discountFen;
}
