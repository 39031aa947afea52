import { z } from "zod";
import type { TestClient } from "../clients.ts";
import type { Example } from "./example.ts";
import { placePaidOrder } from "./takeout-orders.ts";

type Client = Pick<TestClient, "call">;

const tasksAnswer = z.object({
  tasks: z.array(
    z.object({
      id: z.string(),
      order_id: z.string(),
      driver_id: z.string().nullable(),
      driver_name: z.string().optional(),
    }),
  ),
});

/** A driver of the sandbox who is on duty. */
const driverName = "陈志强";

/** A delivery that waits for a driver, of an order that the merchant has just accepted, and a driver for it. */
export async function waitingDelivery(client: Client) {
  const { order_id } = await placePaidOrder(client);
  const accept = { order_id, action: "accept", estimated_minutes: 20 };
  await client.call("advance_takeout_order", accept);
  const { tasks } = tasksAnswer.parse((await client.call("list_delivery_tasks", { limit: 5 })).data);
  const task = tasks.find((one) => one.order_id === order_id);
  const driver = await findDriver(client);
  if (!task) throw new Error("the order has no delivery task");
  return { task_id: task.id, driver_id: driver };
}

async function findDriver(client: Client): Promise<string> {
  let cursor: unknown;
  do {
    const { data } = await client.call("list_delivery_tasks", cursor === undefined ? {} : { cursor });
    const { tasks } = tasksAnswer.parse(data);
    const known = tasks.find(({ driver_name }) => driver_name === driverName)?.driver_id;
    if (known) return known;
    cursor = data["next_cursor"];
  } while (cursor !== undefined);
  throw new Error(`${driverName} has never delivered anything`);
}

/** A good call of each tool over takeout deliveries. */
export const takeoutDeliveryExamples: Record<string, Example> = {
  list_delivery_tasks: async () => ({ limit: 5 }),
  assign_delivery_task: waitingDelivery,
  advance_delivery_task: async (client) => {
    const assignment = await waitingDelivery(client);
    await client.call("assign_delivery_task", assignment);
    return { task_id: assignment.task_id, action: "accept" };
  },
  report_driver_location: async () => ({ lat: 23.13, lng: 113.32 }),
};
