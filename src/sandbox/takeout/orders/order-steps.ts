import { closeDeliveryTask, openDeliveryTask } from "../delivery/delivery-steps.ts";
import { closePayments } from "../payments/payments.ts";
import type { Order } from "../records.ts";
import type { Tenant } from "../tenant.ts";
import { moveOrder } from "./move-order.ts";
import { returnStock } from "./place-order.ts";

/** Each step asks for an order that the states let go there; `at` is simulated time, milliseconds since the epoch. */
export type Step = { at: number };

/** How long a driver is expected to take from the store to the door. */
const deliveryMinutes = 30;

/** The minutes of cooking that a merchant expects; undefined where it says nothing. */
type Estimate = { minutes: number | undefined };

/** The merchant takes the order: a driver will be wanted (takeout.txt, 5.4). */
export function acceptOrder(tenant: Tenant, order: Order, { at, minutes }: Step & Estimate): void {
  moveOrder(tenant, order, { to: "accepted", at });
  if (minutes !== undefined) order.estimatedDeliveryAt = at + (minutes + deliveryMinutes) * 60_000;
  openDeliveryTask(tenant, order, at);
}

/** takeout.txt, 5.5 */
export function startCooking(tenant: Tenant, order: Order, { at }: Step): void {
  moveOrder(tenant, order, { to: "cooking", at });
}

/** takeout.txt, 5.6: a delivery that is under way ends with it. */
export function completeOrder(tenant: Tenant, order: Order, { at }: Step): void {
  moveOrder(tenant, order, { to: "completed", at });
  closeDeliveryTask(tenant, order, at);
}

/** takeout.txt, 5.7: stock and coupon come back; money that was paid needs a refund of its own. */
export function cancelOrder(
  tenant: Tenant,
  order: Order,
  { at, ...cancellation }: Step & NonNullable<Order["cancellation"]>,
): void {
  moveOrder(tenant, order, { to: "cancelled", at });
  order.cancellation = cancellation;
  returnStock(tenant, order);
  const userCoupon = tenant.records.userCoupons.find(({ id }) => id === order.userCouponId);
  if (userCoupon) userCoupon.usedAt = null;
  closePayments(tenant, order);
  closeDeliveryTask(tenant, order, at);
}
