import type { Numbered, RobotOrder, RobotOrderStatus, RobotTaskStatus } from "../../../domain/robot.ts";
import { type ShipmentStatus, statusOfParts } from "../../../domain/tracking.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { Asking, Question } from "./ask-source.ts";

/** yunji.txt, 订单状态对应关系. What is said of money alone says nothing of the delivery. */
const orderStatuses: Readonly<Record<RobotOrderStatus, ShipmentStatus>> = {
  unpaid: "planned",
  awaiting_shipment: "planned",
  awaiting_receipt: "in_transit",
  received: "delivered",
  cancelled: "cancelled",
  refunding: "unknown",
  refunded: "unknown",
  closed: "unknown",
};

/** yunji.txt, 任务状态对应关系. A guest who took nothing, or a robot that needs help, is a delivery that failed so far. */
const taskStatuses: Readonly<Record<RobotTaskStatus, ShipmentStatus>> = {
  queued: "dispatched",
  delivering: "in_transit",
  picking_up: "arriving",
  picked_up: "delivered",
  not_picked_up: "failed",
  exception: "failed",
  failed: "failed",
  cancelled: "cancelled",
};

/** How a robot's order and its tasks stand. */
export function robotOrderOf({ app }: Asking, orderSn: string): Question {
  return {
    source: "yunji",
    basis: "live",
    ask: async (signal) => {
      const yunji = await app.yunji();
      const order = await yunji.getOrder(orderSn, { signal });
      const tasks = order.tasks.map(({ status }) => wordsOf(status));
      return {
        status: statusOfOrder(order),
        told: `Order is ${wordsOf(order.status)}; tasks: ${tasks.join(", ") || "none"}.${warningOn(order)}`,
        robot: {
          order_status: wordsOf(order.status),
          room: order.recipientAddress,
          tasks: order.tasks.map((task) => ({
            task_id: task.taskId,
            status: wordsOf(task.status),
            type: task.type && wordsOf(task.type),
          })),
        },
        timeline: [
          { at: order.createdAt, status: "planned", what: `order ${quote(order.name)} made` },
          ...order.tasks.map(({ taskId, createdAt }) => ({
            at: createdAt ?? "",
            status: "dispatched" as const,
            what: `task ${quote(taskId)} made`,
          })),
        ],
      };
    },
  };
}

/** The order's word where it is its last one; before that its tasks tell more. */
export function statusOfOrder({ status, tasks }: Pick<RobotOrder, "status" | "tasks">): ShipmentStatus {
  const ordered = status.name === null ? "unknown" : orderStatuses[status.name];
  if (ordered === "delivered" || ordered === "cancelled") return ordered;
  const parts = tasks.map((task) => (task.status.name === null ? "unknown" : taskStatuses[task.status.name]));
  const delivery = statusOfParts(parts);
  return delivery === "unknown" ? ordered : delivery;
}

/** The one state that looks like an end and need not be one. */
function warningOn({ tasks }: RobotOrder): string {
  const isStuck = tasks.some(({ status }) => status.name === "exception");
  return isStuck ? " A robot in exception may recover by itself: look again before ordering anew." : "";
}

function wordsOf({ name, code, text }: Numbered<string>): string {
  return name ?? `number ${quote(String(code), 20)}${text === null ? "" : ` ${quote(text, 20)}`}`;
}
