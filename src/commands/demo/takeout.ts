import * as z from "zod";
import type { DemoDay } from "./demo-day.ts";

const merchantsAnswer = z.object({ merchants: z.tuple([z.object({ id: z.string() })]).rest(z.unknown()) });
const merchantAnswer = z.object({
  merchant: z.object({ stores: z.tuple([z.object({ id: z.string() })]).rest(z.unknown()) }),
});
const dishesAnswer = z.object({ dishes: z.tuple([z.object({ id: z.string() })]).rest(z.unknown()) });
const dishAnswer = z.object({
  dish: z.object({
    price_yuan: z.string(),
    specs: z.array(z.object({ id: z.string(), price_yuan: z.string() })),
  }),
});
const placedAnswer = z.object({ order_id: z.string(), actual_amount_yuan: z.string() });
const tasksAnswer = z.object({
  tasks: z.array(
    z.object({
      id: z.string(),
      order_id: z.string().nullable(),
      driver_id: z.string().nullable(),
      driver_name: z.string().optional(),
      details: z.object({ delivery_code: z.string().nullish() }),
    }),
  ),
});

/** Of the sandbox's invented city. */
const merchantName = "美味餐厅";
const driverName = "陈志强";
const customer = {
  contact_name: "张三",
  contact_phone: "13800138000",
  address: "广州市天河区体育西路 1 号",
  lat: 23.1312,
  lng: 113.3215,
};

/** An order is placed, paid, cooked, picked up and handed over at the door. */
export async function takeOrderToTheDoor(day: DemoDay): Promise<void> {
  const { session, advance, say } = day;
  const order = await placeOrder(day);
  const { order_id } = order;
  const payment = { order_id, payment_method: "wechat", amount_yuan: order.actual_amount_yuan };
  say((await session.call("create_payment", payment)).text);
  advance(60);
  say(await session.untilEvent({ vendor: "takeout", kind: "payment.success" }));

  const step = (action: string, more = {}) =>
    session.call("advance_takeout_order", { order_id, action, ...more });
  say((await step("accept", { estimated_minutes: 20 })).text);
  say((await step("start_cooking")).text);
  const task = await findTask(day, order_id);
  say((await session.call("assign_delivery_task", { task_id: task.id, driver_id: task.driver })).text);
  const drive = (action: string, more = {}) =>
    session.call("advance_delivery_task", { task_id: task.id, action, ...more });
  say((await drive("accept")).text);
  say((await drive("pickup")).text);
  say((await session.call("track_shipment", { takeout_order_id: order_id })).text);
  advance(15 * 60);
  say((await drive("deliver", { delivery_code: task.code })).text);
  say((await session.call("track_shipment", { takeout_order_id: order_id })).text);
}

async function placeOrder({ session, say }: DemoDay) {
  const found = await session.call("list_merchants", { keyword: merchantName });
  const [{ id: merchant_id }] = merchantsAnswer.parse(found.data).merchants;
  const { merchant } = merchantAnswer.parse((await session.call("get_merchant", { merchant_id })).data);
  const menu = await session.call("list_dishes", { merchant_id, keyword: "宫保鸡丁" });
  const [{ id: dish_id }] = dishesAnswer.parse(menu.data).dishes;
  const { dish } = dishAnswer.parse((await session.call("get_dish", { dish_id })).data);
  const [size] = dish.specs;
  const { text, data } = await session.call("create_takeout_order", {
    merchant_id,
    store_id: merchant.stores[0].id,
    items: [
      {
        dish_id,
        quantity: 2,
        price_yuan: size?.price_yuan ?? dish.price_yuan,
        ...(size && { spec_id: size.id }),
      },
    ],
    delivery_address: customer,
    remark: "少辣",
  });
  say(text);
  return placedAnswer.parse(data);
}

/** The order's delivery, the code that its customer will say at the door, and a driver who is on duty. */
async function findTask({ session }: DemoDay, orderId: string) {
  const { tasks } = tasksAnswer.parse((await session.call("list_delivery_tasks", { limit: 50 })).data);
  const task = tasks.find(({ order_id }) => order_id === orderId);
  const driver = tasks.find(({ driver_name }) => driver_name === driverName)?.driver_id;
  if (!task || !driver) throw new Error("the sandbox has no delivery for this order, or no driver");
  return { id: task.id, driver, code: task.details.delivery_code };
}
