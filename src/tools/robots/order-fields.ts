import * as z from "zod";
import type { RobotOrder, RobotOrderItem, RobotTask } from "../../domain/robot.ts";
import { oneLine, quote } from "../../domain/vendor-text.ts";
import { countThatFits } from "../answer-size.ts";
import { nameOfCode, numberedAnswer } from "./robot-fields.ts";

/** What an order's lists may take of an answer; no hotel's order comes near, but a broken one must not hide the rest. */
const itemTokens = 3_000;
const taskTokens = 4_500;
const contentTokens = 3_000;

const omitted = z.number().int().optional().describe("Cut for length");

/** One delivery of an order. */
const taskAnswer = z.object({
  task_id: z.string(),
  status: numberedAnswer,
  type: numberedAnswer.nullable(),
  pickup_code: z.string().nullable().describe("Opens the robot, where the hotel asks for a code"),
  created_at: z.string().nullable(),
  contents: z.array(
    z.object({
      product_id: z.string(),
      name: z.string().nullable(),
      quantity: z.number(),
      image_url: z.string().nullable(),
    }),
  ),
  contents_omitted: omitted,
});

const itemAnswer = z.object({
  product_id: z.string(),
  name: z.string().nullable(),
  type: numberedAnswer.nullable(),
  quantity: z.number(),
  amount_yuan: z.string().nullable(),
  unit_price_fen: z.string().nullable(),
  image_url: z.string().nullable(),
});

/** An order as it stands. */
export const orderAnswer = z.object({
  order_sn: z.string(),
  name: z.string().nullable(),
  status: numberedAnswer,
  created_at: z.string(),
  amount_yuan: z.string().nullable().describe("Total when it was ordered"),
  recipient_address: z.string().nullable(),
  recipient_phone: z.string().nullable(),
  recipient_name: z.string().nullable(),
  items: z.array(itemAnswer),
  items_omitted: omitted,
  tasks: z.array(taskAnswer),
  tasks_omitted: omitted,
});

/** The order in the tools' spelling. */
export function fromOrder(order: RobotOrder): z.input<typeof orderAnswer> {
  const items = cut(order.items.map(fromItem), itemTokens);
  const tasks = cut(order.tasks.map(fromTask), taskTokens);
  return {
    order_sn: order.orderSn,
    name: order.name,
    status: order.status,
    created_at: order.createdAt,
    amount_yuan: order.amountYuan,
    recipient_address: order.recipientAddress,
    recipient_phone: order.recipientPhone,
    recipient_name: order.recipientName,
    items: items.shown,
    ...(items.omitted > 0 && { items_omitted: items.omitted }),
    tasks: tasks.shown,
    ...(tasks.omitted > 0 && { tasks_omitted: tasks.omitted }),
  };
}

function fromTask(task: RobotTask): z.input<typeof taskAnswer> {
  const contents = cut(task.contents.map(fromContent), contentTokens);
  return {
    task_id: task.taskId,
    status: task.status,
    type: task.type,
    pickup_code: task.pickupCode,
    created_at: task.createdAt,
    contents: contents.shown,
    ...(contents.omitted > 0 && { contents_omitted: contents.omitted }),
  };
}

function fromContent({ productId, name, quantity, imageUrl }: RobotTask["contents"][number]) {
  return { product_id: productId, name, quantity, image_url: imageUrl };
}

function cut<Entry>(entries: readonly Entry[], budgetTokens: number): { shown: Entry[]; omitted: number } {
  const shown = entries.slice(0, countThatFits(entries, budgetTokens));
  return { shown, omitted: entries.length - shown.length };
}

function fromItem(item: RobotOrderItem): z.input<typeof itemAnswer> {
  return {
    product_id: item.productId,
    name: item.name,
    type: item.type,
    quantity: item.quantity,
    amount_yuan: item.amountYuan,
    unit_price_fen: item.unitPriceFen,
    image_url: item.imageUrl,
  };
}

/** One line about an order. */
export function describeOrder(order: RobotOrder): string {
  const amount = order.amountYuan === null ? "" : `, ${order.amountYuan} yuan`;
  const room = order.recipientAddress === null ? "" : ` for room ${quote(order.recipientAddress)}`;
  return `Order ${order.orderSn} ${quote(order.name)}${room}${amount}: ${nameOfCode(order.status)}.`;
}

/** One line about a task. */
export function describeTask({ taskId, status, type, pickupCode }: RobotTask): string {
  const by = type === null ? "" : ` (${nameOfCode(type)})`;
  const code = pickupCode === null ? "" : `, pickup code ${quote(pickupCode, 20)}`;
  return `Task ${oneLine(taskId)}${by}: ${nameOfCode(status)}${code}.`;
}
