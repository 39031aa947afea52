import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { TestClient } from "../clients.ts";
import type { Example } from "./example.ts";
import { dishId, merchantId } from "./takeout-catalog.ts";

type Client = Pick<TestClient, "call">;

const merchantAnswer = z.object({
  merchant: z.object({ stores: z.tuple([z.object({ id: z.string() })]).rest(z.unknown()) }),
});
const orderAnswer = z.object({ order_id: z.string(), actual_amount_yuan: z.string() });
const couponsAnswer = z.object({
  coupons: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
});

/** A bowl of rice that was paid, cooked and eaten: only such an order can be reviewed, and only once. */
async function completedOrder(client: Client): Promise<string> {
  const merchant_id = await merchantId(client);
  const details = await client.call("get_merchant", { merchant_id });
  const [store] = merchantAnswer.parse(details.data).merchant.stores;
  const placed = await client.call("create_takeout_order", {
    merchant_id,
    store_id: store.id,
    items: [{ dish_id: await dishId(client, "米饭"), quantity: 1, price_yuan: "3.00" }],
    delivery_address: {
      contact_name: "张三",
      contact_phone: "13800138000",
      address: "广州市天河区体育西路 1 号",
      lat: 23.13,
      lng: 113.32,
    },
    request_id: randomUUID(),
  });
  const { order_id, actual_amount_yuan: amount_yuan } = orderAnswer.parse(placed.data);
  await client.call("create_payment", { order_id, payment_method: "balance", amount_yuan });
  await client.call("advance_takeout_order", { order_id, action: "accept", estimated_minutes: 20 });
  await client.call("advance_takeout_order", { order_id, action: "start_cooking" });
  await client.call("advance_takeout_order", { order_id, action: "complete" });
  return order_id;
}

const newReview = async (client: Client) => ({
  order_id: await completedOrder(client),
  rating: 5,
  taste_rating: 5,
  content: "非常好吃",
});

/** A good call of each tool over coupons and reviews. */
export const takeoutMarketingExamples: Record<string, Example> = {
  list_coupons: async (client) => ({ merchant_id: await merchantId(client), status: 1 }),
  claim_coupon: async (client) => {
    const { data } = await client.call("list_coupons", { merchant_id: await merchantId(client) });
    const { coupons } = couponsAnswer.parse(data);
    return { coupon_id: coupons.find(({ name }) => name === "平台满40减5")?.id };
  },
  list_user_coupons: async () => ({ status: 1 }),
  list_reviews: async (client) => ({ merchant_id: await merchantId(client) }),
  create_review: newReview,
  reply_review: async (client) => {
    const { data } = await client.call("create_review", await newReview(client));
    return { review_id: data["review_id"], content: "感谢您的支持" };
  },
};

/** The calls of the same tools that reach their other endpoints. */
export const furtherMarketingCalls: [name: string, example: Example][] = [
  ["list_user_coupons", async (client) => ({ merchant_id: await merchantId(client), amount_yuan: "71.00" })],
];
