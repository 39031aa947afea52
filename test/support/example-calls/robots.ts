import { productIdOf } from "../../../src/sandbox/yunji/seed/goods.ts";
import type { TestClient } from "../clients.ts";
import type { Example } from "./example.ts";

/** The seed that a sandbox has when it is told none. */
const sandboxSeed = 1;

let orders = 0;

/** Two bottles of water for a room, another order each time. */
const exampleOrder = () => ({
  room: "0801",
  items: [{ product_id: productIdOf(sandboxSeed, "矿泉水"), quantity: 2 }],
  amount: "5.00",
  request_id: `example-${++orders}`,
});

const madeOrder = async (client: Pick<TestClient, "call">) =>
  (await client.call("create_robot_order", exampleOrder())).data;

/** One good call for each tool of the robots. */
export const robotExamples: Record<string, Example> = {
  list_robot_goods: async () => ({ limit: 20 }),
  list_robot_goods_groups: async () => ({}),
  list_guest_supplies: async () => ({}),
  list_robot_positions: async () => ({}),
  create_robot_user: async () => ({ uid_key: "0801" }),
  create_robot_order: async () => exampleOrder(),
  get_robot_order: async (client) => ({ order_sn: (await madeOrder(client))["order_sn"] }),
  list_robot_orders: async (client) => ({ user_id: (await madeOrder(client))["user_id"] }),
  cancel_robot_order: async (client) => ({
    order_sn: (await madeOrder(client))["order_sn"],
    reason: "客人不再需要",
  }),
  estimate_robot_task: async (client) => {
    const { tasks } = await madeOrder(client);
    return { task_id: Array.isArray(tasks) ? tasks[0].task_id : undefined };
  },
};
