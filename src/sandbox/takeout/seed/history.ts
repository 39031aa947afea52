import { locate, streets } from "../../gazetteer.ts";
import type { Random } from "../../random.ts";
import { acceptTask, assignTask, deliver, pickUp } from "../delivery/delivery-steps.ts";
import type { NewOrder } from "../orders/order-body.ts";
import { acceptOrder, cancelOrder, startCooking } from "../orders/order-steps.ts";
import { placeOrder } from "../orders/place-order.ts";
import { choosePayment, settlePayment } from "../payments/payments.ts";
import type { Dish, Driver, Merchant, Order, User } from "../records.ts";
import type { Tenant } from "../tenant.ts";
import { businessDay, startOfDay } from "../time.ts";
import { restock } from "./merchants.ts";

/** Who takes part in the days before the sandbox starts. */
type Cast = { customers: readonly [User, ...User[]]; drivers: readonly [Driver, ...Driver[]] };

type Past = Cast & { tenant: Tenant; random: Random };

const dayMs = 24 * 3600 * 1000;
const minuteMs = 60_000;
const days = 6;
const ordersADay = 7;

/**
 * The orders of the days before `startedAt`, made by the very steps that the endpoints take: most came to the door
 * and were reviewed, some were cancelled. Then three of this morning that are still open.
 */
export function addHistory(past: Past, startedAt: number): void {
  for (let ago = days; ago >= 1; ago--) {
    const opening = startOfDay(businessDay(startedAt)) - ago * dayMs + 10 * 60 * minuteMs;
    for (let count = 0; count < ordersADay; count++) {
      replayOrder(past, opening + (count * 80 + past.random.integer(0, 60)) * minuteMs);
    }
    restock(past.tenant);
  }
  past.tenant.records.reviews.sort((a, b) => a.createdAt - b.createdAt);
  addOpenOrders(past, startedAt);
}

function replayOrder(past: Past, at: number): void {
  const { tenant, random } = past;
  const order = orderSomething(past, at);
  const share = random.fraction();
  if (share < 0.05) {
    cancelOrder(tenant, order, { at: at + 9 * minuteMs, reason: "用户取消", cancelBy: "customer" });
    return;
  }
  payOrder(tenant, order, at + 2 * minuteMs);
  if (share < 0.1) {
    cancelOrder(tenant, order, { at: at + 8 * minuteMs, reason: "食材售罄", cancelBy: "merchant" });
    return;
  }
  acceptOrder(tenant, order, { at: at + 4 * minuteMs, minutes: 20 });
  startCooking(tenant, order, { at: at + 6 * minuteMs });
  bringToDoor(past, order, at + 8 * minuteMs);
  if (random.fraction() < 0.6) review(past, order, at + random.integer(60, 240) * minuteMs);
}

/** One waits for the merchant, one is in the kitchen without a driver, one nobody has paid. */
function addOpenOrders(past: Past, startedAt: number): void {
  const { tenant } = past;
  const waiting = orderSomething(past, startedAt - 12 * minuteMs);
  payOrder(tenant, waiting, startedAt - 10 * minuteMs);
  const cooking = orderSomething(past, startedAt - 9 * minuteMs);
  payOrder(tenant, cooking, startedAt - 8 * minuteMs);
  acceptOrder(tenant, cooking, { at: startedAt - 6 * minuteMs, minutes: 20 });
  startCooking(tenant, cooking, { at: startedAt - 4 * minuteMs });
  orderSomething(past, startedAt - 3 * minuteMs);
}

function orderSomething({ tenant, random, customers }: Past, at: number): Order {
  const { merchants, dishes } = tenant.records;
  const merchant = pickOf(merchants, random);
  const menu = dishes.filter(({ merchantId }) => merchantId === merchant.id);
  const customer = random.pick(customers);
  const picked = new Set([pickOf(menu, random), pickOf(menu, random)]);
  const request: NewOrder = {
    merchantId: merchant.id,
    storeId: pickOf<Merchant["stores"][number]>(merchant.stores, random).id,
    items: [...picked].map((dish) => itemOf(dish, random)),
    deliveryAddress: addressOf(customer, random),
    remark: random.fraction() < 0.3 ? random.pick(["少辣", "不要葱", "多放一双筷子", "放门口"]) : undefined,
    couponId: undefined,
  };
  const placed = placeOrder(tenant, request, { userId: customer.id, at });
  if ("errors" in placed)
    throw new Error(`the seed ordered what cannot be had: ${JSON.stringify(placed.errors)}`);
  return placed.order;
}

function itemOf({ id: dishId, priceFen, specs }: Dish, random: Random): NewOrder["items"][number] {
  const quantity = random.integer(1, 2);
  if (specs.length === 0) return { dishId, specId: undefined, quantity, price: priceFen };
  const spec = pickOf(specs, random);
  return { dishId, specId: spec.id, quantity, price: spec.priceFen };
}

function addressOf({ nickname, phone }: User, random: Random): NewOrder["deliveryAddress"] {
  const { city, district, name } = pickOf(streets, random);
  const address = `${city}${district}${name}${random.integer(1, 300)}号${random.integer(1, 30)}楼`;
  const { lat: latitude, lng: longitude } = locate(address);
  return { contactName: nickname, contactPhone: phone, address, latitude, longitude };
}

function payOrder(tenant: Tenant, order: Order, at: number): void {
  const payment = choosePayment(tenant, order, { method: "wechat", at });
  settlePayment(tenant, payment, { transactionId: `42${at}${order.orderNo}`, at });
}

function bringToDoor({ tenant, random, drivers }: Past, order: Order, at: number): void {
  const task = tenant.records.deliveryTasks.find(({ orderId }) => orderId === order.id);
  if (!task) throw new Error("an accepted order has no delivery task");
  assignTask(task, random.pick(drivers), at);
  acceptTask(task, at + minuteMs);
  pickUp(task, order, at + 14 * minuteMs);
  deliver(tenant, { task, order, at: at + random.integer(24, 45) * minuteMs });
}

type Opinion = readonly [rating: number, content: string];

const opinions: readonly [Opinion, ...Opinion[]] = [
  [5, "非常好吃"],
  [5, "味道很好，送得也快"],
  [4, "不错，分量足"],
  [4, "好吃，就是有点咸"],
  [3, "一般，汤洒了一些"],
  [2, "送到时已经凉了"],
];

function review({ tenant, random }: Past, order: Order, createdAt: number): void {
  const [rating, content] = random.pick(opinions);
  const hasReply = random.fraction() < 0.5;
  tenant.records.reviews.push({
    id: tenant.newId("review"),
    orderId: order.id,
    merchantId: order.merchantId,
    userId: order.userId,
    rating,
    tasteRating: rating,
    packageRating: Math.min(5, rating + 1),
    deliveryRating: rating,
    content,
    images: [],
    isAnonymous: random.fraction() < 0.2,
    reply: hasReply ? { content: "感谢支持", at: createdAt + 60 * minuteMs } : null,
    createdAt,
  });
}

function pickOf<Value>(values: readonly Value[], random: Random): Value {
  const value = values[random.integer(0, values.length - 1)];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
}
