import { type TaskStatus, taskStatuses } from "./delivery-script.ts";
import type { OrderRequest } from "./order-request.ts";
import type { TaskType } from "./seed/goods.ts";
import type { OrderLine } from "./shop.ts";

/** What of an order travels together. */
export type Task = {
  taskId: string;
  taskType: TaskType;
  status: TaskStatus;
  lines: OrderLine[];
  /** What the guest opens the container's drawer with. */
  certificate: string | null;
  /** Simulated time, milliseconds since the epoch, as far as the vendor can tell. */
  expectedAt: number;
  /** Calls off what would still happen. */
  callOff: () => void;
};

/** The states of an order (yunji.txt, 订单状态对应关系). All are paid before they come: 0 未付款 is never seen. */
export const orderStatuses = {
  toShip: 1,
  toReceive: 2,
  received: 3,
  cancelled: 5,
  refunding: 6,
  refunded: 7,
  closed: 8,
} as const;

export type OrderStatus = (typeof orderStatuses)[keyof typeof orderStatuses];

/** An order as the vendor keeps it. */
export type Order = OrderRequest & {
  /** Beyond 2^53, every second one beyond 2^60. */
  orderSn: bigint;
  /** From 1. */
  sequence: number;
  /** Simulated time, milliseconds since the epoch. */
  createdAt: number;
  tasks: Task[];
  /** How it ended otherwise than by being received; null while its tasks tell. */
  ending: { status: OrderStatus; reason: string } | null;
};

/** The state an order shows. */
export function orderStatus({ ending, tasks }: Order): OrderStatus {
  if (ending) return ending.status;
  if (tasks.every(({ status }) => status === taskStatuses.taken)) return orderStatuses.received;
  const isUnderWay = tasks.some(({ status }) => status !== taskStatuses.queued);
  return isUnderWay ? orderStatuses.toReceive : orderStatuses.toShip;
}

/** Whether nothing more can become of it. */
export function hasEnded(order: Order): boolean {
  return order.ending !== null || orderStatus(order) === orderStatuses.received;
}

/** 未配送任务: what the guest has not got and may still get. */
export function isUndelivered({ status }: Task): boolean {
  const { queued, delivering, beingTaken, exception } = taskStatuses;
  const undelivered: TaskStatus[] = [queued, delivering, beingTaken, exception];
  return undelivered.includes(status);
}
