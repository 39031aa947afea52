import type { DeliveryState, DeliveryTask } from "../records.ts";

/** The document numbers these without a name: numbers and texts are this sandbox's choice. */
export const deliveryStates: Record<DeliveryState, { status: number; statusText: string }> = {
  waiting: { status: 1, statusText: "待分配" },
  assigned: { status: 2, statusText: "待配送员接单" },
  accepted: { status: 3, statusText: "待取餐" },
  picked_up: { status: 4, statusText: "配送中" },
  delivered: { status: 5, statusText: "已送达" },
  cancelled: { status: 6, statusText: "已取消" },
};

/** The numbers a list can be asked for. */
export const deliveryStatuses = Object.values(deliveryStates).map(({ status }) => status);

/** Whether something is still to happen to a task. */
export function isUnderWay({ state }: DeliveryTask): boolean {
  return state !== "delivered" && state !== "cancelled";
}
