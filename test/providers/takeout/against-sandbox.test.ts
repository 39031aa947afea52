import { afterEach, beforeEach, expect, test } from "vitest";
import type { VendorEvent } from "../../../src/domain/event.ts";
import type { TakeoutOrderReceipt } from "../../../src/domain/takeout/order.ts";
import { createTakeout, type TakeoutClient } from "../../../src/providers/takeout/client.ts";
import { holdings, runningTakeout, variable } from "../../sandbox/takeout/running-takeout.ts";
import { failureOf } from "../../support/failures.ts";
import { createTestHttp } from "../../support/test-http.ts";

const running = runningTakeout();
let takeout: TakeoutClient;
let lent: ReturnType<typeof createTestHttp>;

beforeEach(() => {
  lent = createTestHttp();
  const account = {
    baseUrl: variable(running(), "TAKEOUT_BASE_URL"),
    phone: variable(running(), "TAKEOUT_PHONE"),
    password: variable(running(), "TAKEOUT_PASSWORD"),
    tenantId: variable(running(), "TAKEOUT_TENANT_ID"),
  };
  takeout = createTakeout({ ...account, loginType: "merchant" }, lent);
});

afterEach(() => takeout.close());

/** Orders two of the first dish of the first merchant. */
async function placeOrder() {
  const { merchants, dishes, orders } = takeout;
  const [merchant] = (await merchants.list({ pageIndex: 1, pageSize: 1 })).items;
  const { id: merchantId, stores } = await merchants.get(merchant?.id ?? "");
  const [summary] = (await dishes.list({ merchantId, status: "on_sale", pageIndex: 1, pageSize: 1 })).items;
  const dish = await dishes.get(summary?.id ?? "");
  const spec = dish.specs[0];
  const price = { priceYuan: spec?.priceYuan ?? dish.priceYuan, ...(spec?.id && { specId: spec.id }) };
  const receipt = await orders.create({
    merchantId,
    storeId: stores[0]?.id ?? "",
    items: [{ dishId: dish.id, quantity: 2, ...price }],
    deliveryAddress: {
      contactName: "张三",
      contactPhone: "13800138000",
      address: "广州市天河区体育西路1号",
      lat: 23.13,
      lng: 113.32,
    },
    remark: "少辣",
  });
  return { merchantId, receipt };
}

/** Pays, cooks and brings it, and gives the delivery's task. */
async function bringToTheDoor({ orderId, actualAmountYuan: amountYuan }: TakeoutOrderReceipt) {
  const { payments, orders, delivery } = takeout;
  if (amountYuan === null) throw new Error("The receipt has no amount.");
  const { paymentNo } = await payments.create({ orderId, paymentMethod: "balance", amountYuan });
  expect(await payments.get(paymentNo)).toMatchObject({ status: 2, amountYuan });
  await orders.accept(orderId, 30);
  await orders.startCooking(orderId);
  const tasks = (await delivery.list({ pageIndex: 1, pageSize: 100 })).items;
  const task = tasks.find((one) => one.orderId === orderId);
  if (!task) throw new Error("The order has no delivery task.");
  const { drivers } = await holdings(running());
  await delivery.assign(task.id, drivers.find((driver: { isOnDuty: boolean }) => driver.isOnDuty).id);
  await delivery.accept(task.id);
  await delivery.pickUp(task.id);
  await delivery.deliver(task.id, String(task.details["deliveryCode"]));
}

test("an order goes from the dish to the door, and the socket tells of it", async () => {
  const events: VendorEvent[] = [];
  const stop = new AbortController();
  let isConnected = false;
  const listening = takeout.listen({
    signal: stop.signal,
    onEvent: (event) => void events.push(event),
    onState: ({ kind }) => {
      isConnected ||= kind === "connected";
    },
  });
  await expect.poll(() => isConnected).toBe(true);
  const { receipt } = await placeOrder();
  await bringToTheDoor(receipt);
  const order = await takeout.orders.get(receipt.orderId);
  expect(order).toMatchObject({ orderNo: receipt.orderNo, actualAmountYuan: receipt.actualAmountYuan });
  await expect
    .poll(() => new Set(events.map(({ kind }) => kind)))
    .toEqual(new Set(["order.new", "order.status", "payment.success"]));
  const [first] = events;
  expect([first?.kind, first?.subject]).toMatchObject([
    "order.new",
    { takeoutOrderId: receipt.orderId, orderNo: receipt.orderNo },
  ]);
  stop.abort();
  await listening;
});

test("coupons, reviews, figures and images are read and written", async () => {
  const { merchantId, receipt } = await placeOrder();
  await bringToTheDoor(receipt);
  const page = { pageIndex: 1, pageSize: 20 };
  const { coupons, reviews, statistics, files } = takeout;
  const [coupon] = (await coupons.list({ merchantId, ...page })).items;
  await coupons.claim(coupon?.id ?? "");
  const own = (await coupons.listOwn(page)).items;
  expect(own.map(({ couponName }) => couponName)).toContain(coupon?.name);
  const { id: reviewId } = await reviews.create({ orderId: receipt.orderId, rating: 5, content: "好" });
  await reviews.reply(reviewId ?? "", "谢谢");
  const told = (await reviews.list({ merchantId, ...page })).items.find(({ id }) => id === reviewId);
  expect(told).toMatchObject({ rating: 5, content: "好", replyContent: "谢谢" });
  const days = { startDate: "2026-01-01", endDate: "2026-12-31" };
  const overview = await statistics.merchantOverview({ merchantId, ...days });
  expect(overview.totalRevenueYuan).toMatch(/^\d+\.\d\d$/);
  expect((await statistics.platformDashboard(days)).totalMerchants).toBeGreaterThan(0);
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");
  const image = { type: "dish_image", fileName: '宫"保.png', mimeType: "image/png", bytes: png } as const;
  expect(await files.uploadImage(image)).toMatchObject({ fileSizeBytes: png.byteLength });
});

test("the vendor's own refusals come with their meaning and the tools' field names", async () => {
  const { receipt } = await placeOrder();
  const early = await failureOf(takeout.orders.startCooking(receipt.orderId));
  expect([early.code, early.details.vendorCode]).toEqual(["rejected", "422"]);
  const stranger = await failureOf(takeout.orders.get("00000000-0000-4000-8000-000000000000"));
  expect(stranger.code).toBe("not_found");
  const user = {
    phone: "13700137000",
    password: "password123",
    verificationCode: "000000",
    nickname: "李四",
  };
  const unverified = await failureOf(takeout.account.register(user));
  expect(unverified.details.fields).toEqual(["verification_code"]);
});

test("a token that ran out early is refreshed, and the call goes on", async () => {
  const page = { pageIndex: 1, pageSize: 1 };
  await takeout.merchants.list(page);
  running().clock.advance(7_300);
  expect((await takeout.merchants.list(page)).items).toHaveLength(1);
  expect(lent.events.map(({ path, status }) => [path, status])).toEqual([
    ["/auth/login", 200],
    ["/merchants", 200],
    ["/merchants", 401],
    ["/auth/refresh", 200],
    ["/merchants", 200],
  ]);
});
