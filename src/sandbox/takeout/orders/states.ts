import type { Order, OrderState } from "../records.ts";

type OrderStateRow = {
  /** The document names 2, 待接单, alone; the others are this sandbox's choice. */
  status: number;
  statusText: string;
  /** What the timeline says of reaching it; created and paid are the document's. */
  reached: string;
  /** Where an order may go from here. */
  next: readonly OrderState[];
};

/** The states of an order (takeout.txt, 5). */
export const orderStates: Record<OrderState, OrderStateRow> = {
  created: { status: 1, statusText: "待支付", reached: "订单创建", next: ["paid", "cancelled"] },
  paid: { status: 2, statusText: "待接单", reached: "支付成功", next: ["accepted", "cancelled"] },
  accepted: { status: 3, statusText: "已接单", reached: "商家已接单", next: ["cooking", "cancelled"] },
  cooking: { status: 4, statusText: "制作中", reached: "开始制作", next: ["completed", "cancelled"] },
  completed: { status: 5, statusText: "已完成", reached: "订单完成", next: [] },
  cancelled: { status: 6, statusText: "已取消", reached: "订单取消", next: [] },
};

/** The numbers a list can be asked for. */
export const orderStatuses = Object.values(orderStates).map(({ status }) => status);

/** Whether an order may go there now. */
export function canMove({ state }: Order, to: OrderState): boolean {
  return orderStates[state].next.includes(to);
}

/** Whether something is still to happen to an order. */
export function isUnfinished({ state }: Order): boolean {
  return orderStates[state].next.length > 0;
}
