import * as z from "zod";
import { defineTool } from "../tool.ts";
import { describeOrder, describeTask, fromOrder, orderAnswer } from "./order-fields.ts";
import { orderSn } from "./robot-fields.ts";

export const getRobotOrder = defineTool({
  name: "get_robot_order",
  title: "Get a robot order",
  description:
    "Tells how a robot order and each of its delivery tasks stand. The order's status is about payment and receipt, " +
    "its tasks' about the robots: exception and failed need a person. A state with name null has no documented meaning. 机器人订单状态、机器人卡住了吗 stuck",
  access: "read",
  vendor: "yunji",
  input: z.strictObject({ order_sn: orderSn }),
  output: orderAnswer,
  async run({ order_sn }, app, { signal }) {
    const yunji = await app.yunji();
    const order = await yunji.getOrder(order_sn, { signal });
    return {
      data: fromOrder(order),
      text: [describeOrder(order), ...order.tasks.map(describeTask)].join("\n"),
    };
  },
});
