import { type Order, orderStatus } from "./order.ts";
import type { OrderBook } from "./order-book.ts";
import type { User, Users } from "./users.ts";

/** An order as the sandbox shows what it holds. */
type HeldOrder = {
  orderSN: string;
  userId: string;
  storeId: string;
  orderStatus: number;
  recipientAddress: string;
  amountFen: string;
  items: { productId: string; quantity: number }[];
  tasks: { taskId: string; taskType: number; processStatus: number }[];
  cancelReason: string | null;
};

/** What the vendor holds by now, oldest first; 64-bit numbers as text, since it is read by people and tests. */
export function holdingsOf(users: Users, orders: OrderBook): { users: User[]; orders: HeldOrder[] } {
  return { users: users.list(), orders: orders.list().map(heldOrder) };
}

function heldOrder(order: Order): HeldOrder {
  return {
    orderSN: String(order.orderSn),
    userId: order.userId,
    storeId: order.storeId,
    orderStatus: orderStatus(order),
    recipientAddress: order.recipientAddress,
    amountFen: String(order.amountFen),
    items: order.lines.map(({ good, quantity }) => ({ productId: good.productId, quantity })),
    tasks: order.tasks.map(({ taskId, taskType, status }) => ({ taskId, taskType, processStatus: status })),
    cancelReason: order.ending?.reason ?? null,
  };
}
