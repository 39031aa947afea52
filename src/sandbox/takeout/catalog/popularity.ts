import type { Order, Review } from "../records.ts";
import type { Tenant } from "../tenant.ts";

/** The mean rating of reviews with one place; 0 without any. */
export function averageRating(reviews: readonly Pick<Review, "rating">[]): number {
  if (reviews.length === 0) return 0;
  const sum = reviews.reduce((total, { rating }) => total + rating, 0);
  return Math.round((sum / reviews.length) * 10) / 10;
}

/** What customers think of a merchant. */
export function merchantRating({ records }: Tenant, merchantId: string): number {
  return averageRating(records.reviews.filter((review) => review.merchantId === merchantId));
}

/** How many orders of a merchant were completed. */
export function merchantSales({ records }: Tenant, merchantId: string): number {
  return records.orders.filter((order) => order.merchantId === merchantId && isCompleted(order)).length;
}

/** What customers think of the orders that a dish was part of. */
export function dishRating({ records }: Tenant, dishId: string): number {
  const orderIds = new Set(records.orders.filter((order) => holds(order, dishId)).map(({ id }) => id));
  return averageRating(records.reviews.filter(({ orderId }) => orderIds.has(orderId)));
}

/** How many of a dish went out in completed orders. */
export function dishSales({ records }: Tenant, dishId: string): number {
  const lines = records.orders.filter(isCompleted).flatMap((order) => order.lines);
  return lines.filter((line) => line.dishId === dishId).reduce((count, { quantity }) => count + quantity, 0);
}

function isCompleted({ state }: Order): boolean {
  return state === "completed";
}

function holds({ lines }: Order, dishId: string): boolean {
  return lines.some((line) => line.dishId === dishId);
}
