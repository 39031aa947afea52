import { z } from "zod";
import type { Example, ExampleWorld } from "./example.ts";
import { furtherCatalogCalls } from "./takeout-catalog.ts";
import { waitingDelivery } from "./takeout-delivery.ts";
import { furtherMarketingCalls } from "./takeout-marketing.ts";
import { placePaidOrder } from "./takeout-orders.ts";

/** Good calls that reach the endpoints to which the first example of a tool does not go. */
export const furtherCalls: [tool: string, example: Example][] = [
  ["list_robot_goods", async () => ({ guest_supplies_code: 10001 })],
  ["list_trackings", async () => ({ carrier_id: 524078 })],
  ...furtherCatalogCalls,
  ...furtherMarketingCalls,
  [
    "advance_takeout_order",
    async (world) => ({ order_id: await acceptedOrder(world), action: "start_cooking" }),
  ],
  [
    "advance_takeout_order",
    async (world) => {
      const order_id = await acceptedOrder(world);
      await world.call("advance_takeout_order", { order_id, action: "start_cooking" });
      return { order_id, action: "complete" };
    },
  ],
  ["advance_delivery_task", async (world) => ({ task_id: await acceptedDelivery(world), action: "pickup" })],
  [
    "advance_delivery_task",
    async (world) => {
      const task_id = await acceptedDelivery(world);
      await world.call("advance_delivery_task", { task_id, action: "pickup" });
      const { delivery_code } = (await readTask(task_id, world)).details;
      return { task_id, action: "deliver", delivery_code };
    },
  ],
];

async function acceptedOrder(world: ExampleWorld): Promise<string> {
  const { order_id } = await placePaidOrder(world);
  await world.call("advance_takeout_order", { order_id, action: "accept", estimated_minutes: 20 });
  return order_id;
}

/** A delivery that its driver has accepted, of an order that is being cooked. */
async function acceptedDelivery(world: ExampleWorld): Promise<string> {
  const assignment = await waitingDelivery(world);
  const { task_id } = assignment;
  await world.call("assign_delivery_task", assignment);
  await world.call("advance_delivery_task", { task_id, action: "accept" });
  const { order_id } = await readTask(task_id, world);
  await world.call("advance_takeout_order", { order_id, action: "start_cooking" });
  return task_id;
}

const tasksAnswer = z.object({
  tasks: z.array(
    z.object({ id: z.string(), order_id: z.string(), details: z.object({ delivery_code: z.string() }) }),
  ),
});

/** One of the newest tasks, with the code that the customer tells the driver at the door. */
async function readTask(taskId: string, { call }: ExampleWorld) {
  const { tasks } = tasksAnswer.parse((await call("list_delivery_tasks", { limit: 5 })).data);
  const task = tasks.find(({ id }) => id === taskId);
  if (!task) throw new Error(`no task ${taskId}`);
  return task;
}
