import type { Client } from "./running-takeout.ts";

/** A merchant of the list with its detail and dishes. */
export async function findMerchant({ send }: Client, name = "美味餐厅") {
  const { data } = await send(`GET /merchants?keyword=${encodeURIComponent(name)}`);
  const merchant = (await send(`GET /merchants/${data.items[0].id}`)).data;
  const dishes = (await send(`GET /dishes?merchantId=${merchant.id}&pageSize=100`)).data.items;
  return { merchant, dishes };
}

/** A dish of the document's merchant by its name. */
export async function findDish(client: Client, name = "宫保鸡丁") {
  const { dishes } = await findMerchant(client);
  const { id } = dishes.find((dish: { name: string }) => dish.name === name);
  return (await client.send(`GET /dishes/${id}`)).data;
}

/** The document's order: two of a dish of 38.00 yuan at the first merchant (takeout.txt, 5.1). */
export async function orderBody(client: Client) {
  const { merchant } = await findMerchant(client);
  const { id: dishId } = await findDish(client);
  return {
    merchantId: merchant.id,
    storeId: merchant.stores[0].id,
    items: [{ dishId, quantity: 2, price: 38.0 }],
    deliveryAddress: {
      contactName: "张三",
      contactPhone: "13800138000",
      address: "广州市天河区体育东路1号",
      latitude: 23.1345,
      longitude: 113.3275,
    },
    remark: "少辣",
  };
}

/** The receipt of such an order. */
export async function placeOrder(client: Client, fields: Record<string, unknown> = {}) {
  return (await client.send("POST /orders", { ...(await orderBody(client)), ...fields })).data;
}

/** An order that is paid from the balance. */
export async function paidOrder(client: Client) {
  const receipt = await placeOrder(client);
  await client.send("POST /payments", {
    orderId: receipt.orderId,
    paymentMethod: "balance",
    amount: receipt.actualAmount,
  });
  return receipt;
}

/** An order in the kitchen, and its delivery task. */
export async function cookingOrder(client: Client) {
  const receipt = await paidOrder(client);
  await client.send(`POST /orders/${receipt.orderId}/accept`, { estimatedTime: 30 });
  await client.send(`POST /orders/${receipt.orderId}/cooking`);
  const { items } = (await client.send("GET /delivery-tasks")).data;
  const task = items.find(({ orderId }: { orderId: string }) => orderId === receipt.orderId);
  return { ...receipt, task };
}

/** An order that the merchant has completed. */
export async function completedOrder(client: Client) {
  const order = await cookingOrder(client);
  await client.send(`POST /orders/${order.orderId}/complete`);
  return order;
}
