import * as z from "zod";
import type { RobotOrder, RobotTask, RobotTaskStatus } from "../../domain/robot.ts";
import { oneLine } from "../../domain/vendor-text.ts";
import { requestId } from "../fields.ts";
import { repeatedAnswer, repeatedNote } from "../repeated.ts";
import { defineTool } from "../tool.ts";
import { describeOrder, fromOrder } from "./order-fields.ts";
import { lineOfText, nameOfCode, orderSn } from "./robot-fields.ts";

/** What cancelling does to a task, by how it stands (yunji.txt, 取消订单: what is not delivered yet is cancelled). */
const fates: Readonly<Record<RobotTaskStatus, "cancelled" | "under_way" | "over">> = {
  queued: "cancelled",
  exception: "cancelled",
  delivering: "under_way",
  picking_up: "under_way",
  cancelled: "over",
  not_picked_up: "over",
  picked_up: "over",
  failed: "over",
};

/** Order states that a cancelled order comes to: its money goes back after it. */
const cancelledStates: ReadonlySet<string | null> = new Set(["cancelled", "refunding", "refunded"]);

export const cancelRobotOrder = defineTool({
  name: "cancel_robot_order",
  title: "Cancel a robot order",
  description:
    "Cancels a robot order for good: its tasks that are not delivered yet are dropped, and the order may be refunded. " +
    "A robot that is under way may still arrive. Meant for an exception or when the guest no longer wants it. 取消机器人订单、机器人卡住 stuck robot",
  access: "destroy",
  vendor: "yunji",
  input: z.strictObject({
    order_sn: orderSn,
    reason: lineOfText(500).describe("Kept by the vendor, e.g. 机器人送货失败"),
    request_id: requestId.optional(),
  }),
  output: z.object({
    order_sn: z.string(),
    cancelled: z.boolean(),
    ...repeatedAnswer,
  }),
  async preview({ order_sn }, app, { signal }) {
    const yunji = await app.yunji();
    return previewOf(await yunji.getOrder(order_sn, { signal }));
  },
  async run({ order_sn, reason, request_id }, app, { signal }) {
    const [store, yunji] = await Promise.all([app.store(), app.yunji()]);
    const { repeated } = await store.writes.once<{ orderSn: string }>(
      {
        tool: "cancel_robot_order",
        vendor: "yunji",
        requestId: request_id,
        arguments: { orderSn: order_sn, reason },
        naturalKey: order_sn,
        signal,
      },
      {
        send: async () => {
          await yunji.cancelOrder(order_sn, reason, { signal });
          return { orderSn: order_sn };
        },
        lookUp: async () => {
          const order = await yunji.getOrder(order_sn, { signal });
          return isCancelled(order)
            ? { found: true, outcome: { orderSn: order_sn } }
            : { found: false, isFinal: true };
        },
        settleHint: "get_robot_order with this order_sn tells whether it is cancelled.",
      },
    );
    return {
      data: { order_sn, cancelled: true, ...(repeated && { repeated }) },
      text: `Order ${order_sn} is cancelled${repeatedNote(repeated)}. get_robot_order shows how its tasks ended.`,
    };
  },
});

/** By its state, or because none of its tasks is left. */
function isCancelled({ status, tasks }: RobotOrder): boolean {
  return (
    cancelledStates.has(status.name) ||
    (tasks.length > 0 && tasks.every((task) => task.status.name === "cancelled"))
  );
}

/** The order, and what would become of its tasks. */
function previewOf(order: RobotOrder) {
  const tasksOf = (fate: string | undefined) => order.tasks.filter((task) => fateOf(task) === fate);
  const toCancel = tasksOf("cancelled");
  const underWay = tasksOf("under_way");
  const unclear = tasksOf(undefined);
  const lines = [
    describeOrder(order),
    ...(isCancelled(order) ? ["It is cancelled already."] : []),
    `Would be cancelled: ${describeTasks(toCancel)}.`,
    `Under way, may still arrive: ${describeTasks(underWay)}.`,
    ...(unclear.length > 0 ? [`In a state without a documented meaning: ${describeTasks(unclear)}.`] : []),
  ];
  return {
    data: {
      order: fromOrder(order),
      tasks_to_cancel: idsOf(toCancel),
      tasks_under_way: idsOf(underWay),
      tasks_over: idsOf(tasksOf("over")),
      tasks_unclear: idsOf(unclear),
    },
    text: lines.join("\n"),
  };
}

function fateOf({ status }: RobotTask): string | undefined {
  return status.name === null ? undefined : fates[status.name];
}

function idsOf(tasks: readonly RobotTask[]): string[] {
  return tasks.map(({ taskId }) => taskId);
}

function describeTasks(tasks: readonly RobotTask[]): string {
  if (tasks.length === 0) return "no task";
  const shown = tasks.slice(0, 10).map(({ taskId, status }) => `${oneLine(taskId)} (${nameOfCode(status)})`);
  return tasks.length > shown.length
    ? `${shown.join(", ")} and ${tasks.length - shown.length} more`
    : shown.join(", ");
}
