import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { TestClient } from "../clients.ts";
import type { Example } from "./example.ts";

type Client = Pick<TestClient, "call">;

const entries = (noun: string) =>
  z.object({ [noun]: z.array(z.object({ id: z.string(), name: z.string() })) });

/** The merchant of the document, which the sandbox has with stores and dishes. */
export async function merchantId(client: Client): Promise<string> {
  const { data } = await client.call("list_merchants", { keyword: "美味餐厅" });
  return idOf(data, "merchants", "美味餐厅");
}

/** A dish of that merchant by its name. */
export async function dishId(client: Client, name: string): Promise<string> {
  const found = await client.call("list_dishes", { merchant_id: await merchantId(client), keyword: name });
  return idOf(found.data, "dishes", name);
}

function idOf(data: unknown, noun: string, name: string): string {
  const entry = entries(noun)
    .parse(data)
    [noun]?.find((one) => one.name === name);
  if (!entry) throw new Error(`there is no ${name} among the ${noun}`);
  return entry.id;
}

/** A merchant under a name of its own, so that each call makes another one. */
const newMerchant = () => ({
  name: `新店 ${randomUUID()}`,
  description: "专注美食20年",
  contact_phone: "400-123-4567",
  contact_person: "张三",
});

/** The same for a dish. */
const newDish = async (client: Client) => ({
  merchant_id: await merchantId(client),
  name: `新菜 ${randomUUID()}`,
  description: "经典川菜",
  price_yuan: "38.00",
  original_price_yuan: "48.00",
  unit: "份",
  stock: 100,
  tags: ["热销", "招牌菜"],
  specs: [{ name: "大份", price_yuan: "48.00", stock: 50 }],
});

/** The smallest picture there is: one black dot. */
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR4nGNgYAAAAAMAAbitOmMAAAAASUVORK5CYII=";

/** A good call of each tool over merchants and dishes. */
export const takeoutCatalogExamples: Record<string, Example> = {
  list_merchants: async () => ({ limit: 5 }),
  get_merchant: async (client) => ({ merchant_id: await merchantId(client) }),
  save_merchant: async () => newMerchant(),
  delete_merchant: async (client) => {
    const { data } = await client.call("save_merchant", newMerchant());
    return { merchant_id: data["merchant_id"] };
  },
  list_dishes: async (client) => ({ merchant_id: await merchantId(client), status: "on_sale" }),
  get_dish: async (client) => ({ dish_id: await dishId(client, "宫保鸡丁") }),
  save_dish: newDish,
  set_dish_status: async (client) => ({
    dish_ids: [await dishId(client, "清炒时蔬"), await dishId(client, "麻婆豆腐")],
    status: "on_sale",
  }),
  upload_image: async () => ({ type: "dish_image", file_name: "dot.png", base64: dot }),
};

/** The calls of the same tools that reach their other endpoints. */
export const furtherCatalogCalls: [name: string, example: Example][] = [
  [
    "save_merchant",
    async (client) => ({ merchant_id: await merchantId(client), description: "专注美食21年" }),
  ],
  ["save_dish", async (client) => ({ dish_id: await dishId(client, "宫保鸡丁"), price_yuan: "39.00" })],
];
