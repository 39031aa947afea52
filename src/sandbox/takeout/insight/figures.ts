import { payableFen } from "../orders/amounts.ts";
import { refundedFen } from "../payments/payments.ts";
import type { Order } from "../records.ts";
import type { Tenant } from "../tenant.ts";
import { businessDay } from "../time.ts";

/** What was earned with orders in fen: paid, less what was paid back. */
export function revenueFen(tenant: Tenant, orders: readonly Order[]): number {
  return orders
    .filter(({ paidAt }) => paidAt !== null)
    .reduce((sum, order) => sum + payableFen(order) - refundedFen(tenant, order), 0);
}

/** The orders that were made on a day of the shops. */
export function ordersOn(orders: readonly Order[], day: string): Order[] {
  return orders.filter(({ createdAt }) => businessDay(createdAt) === day);
}

/** How often a dish was sold, and for how many fen: of orders that were paid and not cancelled. */
type DishFigures = { dishId: string; dishName: string; salesCount: number; revenueFen: number };

/** The dishes that sold best, at most ten. */
export function topDishes(orders: readonly Order[]): DishFigures[] {
  const byDish = new Map<string, DishFigures>();
  const sold = orders.filter(({ paidAt, state }) => paidAt !== null && state !== "cancelled");
  for (const { dishId, dishName, quantity, priceFen } of sold.flatMap(({ lines }) => lines)) {
    const figures = byDish.get(dishId) ?? { dishId, dishName, salesCount: 0, revenueFen: 0 };
    figures.salesCount += quantity;
    figures.revenueFen += quantity * priceFen;
    byDish.set(dishId, figures);
  }
  return [...byDish.values()].toSorted((a, b) => b.salesCount - a.salesCount).slice(0, 10);
}
