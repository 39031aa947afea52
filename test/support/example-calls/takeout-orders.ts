import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { TestClient } from "../clients.ts";
import type { Example } from "./example.ts";

type Client = Pick<TestClient, "call">;

const merchantsAnswer = z.object({ merchants: z.tuple([z.object({ id: z.string() })]).rest(z.unknown()) });
const merchantAnswer = z.object({
  merchant: z.object({ stores: z.tuple([z.object({ id: z.string() })]).rest(z.unknown()) }),
});
const dishesAnswer = z.object({ dishes: z.array(z.object({ id: z.string(), price_yuan: z.string() })) });
const dishAnswer = z.object({ dish: z.object({ specs: z.array(z.unknown()) }) });
const placedAnswer = z.object({
  order_id: z.string(),
  actual_amount_yuan: z.string(),
  payment_info: z.object({ payment_no: z.string() }),
});

/** An order of one dish without sizes, under a name of its own, so that each call places another one. */
async function orderArguments(client: Client): Promise<Record<string, unknown>> {
  const { merchants } = merchantsAnswer.parse(
    (await client.call("list_merchants", { keyword: "美味餐厅" })).data,
  );
  const merchantId = merchants[0].id;
  const details = await client.call("get_merchant", { merchant_id: merchantId });
  const { stores } = merchantAnswer.parse(details.data).merchant;
  return {
    merchant_id: merchantId,
    store_id: stores[0].id,
    items: [{ ...(await plainDish(client, merchantId)), quantity: 1 }],
    delivery_address: {
      contact_name: "张三",
      contact_phone: "13800138000",
      address: "广州市天河区体育西路 1 号",
      lat: 23.13,
      lng: 113.32,
    },
    remark: "少辣",
    request_id: randomUUID(),
  };
}

async function plainDish(client: Client, merchantId: string) {
  const { dishes } = dishesAnswer.parse((await client.call("list_dishes", { merchant_id: merchantId })).data);
  for (const { id, price_yuan } of dishes) {
    const { dish } = dishAnswer.parse((await client.call("get_dish", { dish_id: id })).data);
    if (dish.specs.length === 0) return { dish_id: id, price_yuan };
  }
  throw new Error("every dish of the menu comes in sizes");
}

/** Places an order that nobody has paid. */
export async function placeOrder(client: Client) {
  const { data } = await client.call("create_takeout_order", await orderArguments(client));
  return placedAnswer.parse(data);
}

/** Places an order and pays it from the balance, at once. */
export async function placePaidOrder(client: Client) {
  const placed = await placeOrder(client);
  await client.call("create_payment", {
    order_id: placed.order_id,
    payment_method: "balance",
    amount_yuan: placed.actual_amount_yuan,
  });
  return placed;
}

/** A good call of each tool over takeout orders. */
export const takeoutOrderExamples: Record<string, Example> = {
  list_takeout_orders: async () => ({ limit: 5 }),
  get_takeout_order: async (client) => ({ order_id: (await placeOrder(client)).order_id }),
  create_takeout_order: orderArguments,
  advance_takeout_order: async (client) => ({
    order_id: (await placePaidOrder(client)).order_id,
    action: "accept",
    estimated_minutes: 20,
  }),
  cancel_takeout_order: async (client) => ({
    order_id: (await placeOrder(client)).order_id,
    reason: "用户取消",
    cancel_by: "customer",
  }),
};
