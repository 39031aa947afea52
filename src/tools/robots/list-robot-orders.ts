import * as z from "zod";
import type { RobotOrder, RobotTaskStatus } from "../../domain/robot.ts";
import { page, pageAnswer, textIdentifier } from "../fields.ts";
import { headline } from "../headline.ts";
import { decodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { sliceOf } from "../whole-list.ts";
import { describeOrder, fromOrder, orderAnswer } from "./order-fields.ts";
import { nameOfCode } from "./robot-fields.ts";

export const listRobotOrders = defineTool({
  name: "list_robot_orders",
  title: "List a user's robot orders",
  description:
    "Lists the robot orders of one user, with their tasks. For a room, ask create_robot_user with the room as uid_key " +
    "for its user_id. 用户的机器人订单",
  access: "read",
  vendor: "yunji",
  input: z.strictObject({ user_id: textIdentifier, ...page }),
  output: z.object({ orders: z.array(orderAnswer), ...pageAnswer }),
  async run({ user_id, limit = 20, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const yunji = await app.yunji();
    const orders = await yunji.listOrdersOfUser(user_id, { signal });
    const { shown, items, paging } = sliceOf(orders, { offset, limit, toAnswer: fromOrder });
    return {
      data: { orders: shown, ...paging },
      text: [headline(shown.length, paging, "orders"), ...items.map(describeWithTasks)].join("\n"),
    };
  },
});

/** What needs a person comes first, then what may, then what goes on, and what is done last. */
const worstFirst: readonly (RobotTaskStatus | null)[] = [
  "exception",
  "failed",
  "not_picked_up",
  null,
  "cancelled",
  "queued",
  "delivering",
  "picking_up",
  "picked_up",
];

function describeWithTasks(order: RobotOrder): string {
  const statuses = order.tasks.map(({ status }) => status);
  const [worst] = statuses.sort((a, b) => worstFirst.indexOf(a.name) - worstFirst.indexOf(b.name));
  if (!worst) return describeOrder(order);
  const which = statuses.length === 1 ? "Its task" : `The worst of its ${statuses.length} tasks`;
  return `${describeOrder(order)} ${which}: ${nameOfCode(worst)}.`;
}
