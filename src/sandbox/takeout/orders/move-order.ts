import type { Order, OrderState } from "../records.ts";
import { publish, type Tenant } from "../tenant.ts";
import { canMove, orderStates } from "./states.ts";

/** A move: where to and when (simulated time, milliseconds since the epoch). */
type Move = { to: OrderState; at: number };

/** Moves an order on, notes it in the timeline and tells the tenant. Breaks where the states do not allow it. */
export function moveOrder(tenant: Tenant, order: Order, { to, at }: Move): void {
  if (!canMove(order, to)) throw new Error(`an order that is ${order.state} became ${to}`);
  order.state = to;
  const { status, statusText, reached } = orderStates[to];
  order.timeline.push({ status: to, statusText: reached, time: at });
  const { id: orderId, orderNo, merchantId } = order;
  publish(tenant, { topic: "order.status", data: { orderId, orderNo, merchantId, status, statusText }, at });
}
