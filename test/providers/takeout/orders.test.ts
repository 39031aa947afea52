import { afterEach, beforeEach, expect, test } from "vitest";
import type { NewTakeoutOrder } from "../../../src/domain/takeout/order.ts";
import { failureOf } from "../../support/failures.ts";
import { compact, sample, startTakeoutVendor, type TakeoutVendor } from "../../support/takeout-vendor.ts";
import { cut, html, json, reset } from "../../support/vendor-server.ts";

let vendor: TakeoutVendor;

beforeEach(async () => {
  vendor = await startTakeoutVendor();
});

afterEach(() => vendor.close());

/** The document's order in our own spelling. */
const documentedOrder: NewTakeoutOrder = {
  merchantId: "uuid",
  storeId: "uuid",
  items: [{ dishId: "uuid", specId: "uuid", quantity: 2, priceYuan: "38.00" }],
  deliveryAddress: {
    contactName: "张三",
    contactPhone: "13800138000",
    address: "北京市朝阳区...",
    lat: 39.9042,
    lng: 116.4074,
  },
  remark: "少辣",
  couponId: "uuid",
};

test("POST /api/v1/orders sends the document's order byte for byte and reads the receipt exactly", async () => {
  vendor.answer(sample("takeout/create-order.json"));
  expect(await vendor.takeout.orders.create(documentedOrder)).toEqual({
    orderId: "uuid",
    orderNo: "202401010001",
    totalAmountYuan: "76.00",
    deliveryFeeYuan: "5.00",
    discountAmountYuan: "10.00",
    actualAmountYuan: "71.00",
    payment: { paymentNo: "PAY202401010001", qrCode: "https://..." },
  });
  expect(vendor.calls()).toMatchObject([
    { method: "POST", url: "/api/v1/orders", body: compact("takeout/create-order-request.json") },
  ]);
});

test("POST /api/v1/orders leaves out what is not given", async () => {
  vendor.answer(sample("takeout/create-order.json"));
  const { remark: _remark, couponId: _couponId, ...rest } = documentedOrder;
  await vendor.takeout.orders.create({ ...rest, items: [{ dishId: "d", quantity: 1, priceYuan: "007.5" }] });
  const { body } = vendor.calls()[0] ?? {};
  expect(body).toContain('"items":[{"dishId":"d","quantity":1,"price":7.5}]');
  expect(body).not.toMatch(/remark|couponId|specId/);
});

test.each([
  ["hangs up", reset, "outcome_unknown"],
  ["breaks off", cut, "outcome_unknown"],
  ["sends a page", html(200), "outcome_unknown"],
  ["leaves the number out", json(200, { success: true, data: {} }), "outcome_unknown"],
  ["is broken", json(500, { success: false, code: 500 }), "unavailable"],
  ["is broken in an envelope", json(200, { success: false, code: 500 }), "unavailable"],
])("POST /api/v1/orders is sent once when the vendor %s, and fails as %3$s", async (_name, answer, code) => {
  vendor.answer(answer);
  const failure = await failureOf(vendor.takeout.orders.create(documentedOrder));
  expect(failure.code).toBe(code);
  if (code === "outcome_unknown") expect(failure.details.hint).toContain("list_takeout_orders");
  expect(vendor.calls()).toHaveLength(1);
});

const nothingKnown = {
  orderNo: null,
  totalAmountYuan: null,
  deliveryFeeYuan: null,
  discountAmountYuan: null,
  actualAmountYuan: null,
  payment: null,
};

test.each([
  ["has the identifier alone", { orderId: "o-1" }],
  ["has no fees", { orderId: "o-1", deliveryFee: null, discountAmount: null, paymentInfo: null }],
  ["has amounts that are none", { orderId: "o-1", totalAmount: "76元", paymentInfo: { qrCode: 7 } }],
])("POST /api/v1/orders whose answer %s has placed the order all the same", async (_name, data) => {
  vendor.answer(json(201, { success: true, data }));
  const receipt = await vendor.takeout.orders.create(documentedOrder);
  expect(receipt).toEqual({ orderId: "o-1", ...nothingKnown });
});

test("GET /api/v1/orders asks by status and days and reads the document's list", async () => {
  vendor.answer(sample("takeout/orders.json"));
  const query = { status: 2, startDate: "2024-01-01", endDate: "2024-01-31", pageIndex: 1, pageSize: 20 };
  const page = await vendor.takeout.orders.list(query);
  expect(vendor.calls()[0]).toMatchObject({
    method: "GET",
    url: "/api/v1/orders?status=2&startDate=2024-01-01&endDate=2024-01-31&pageIndex=1&pageSize=20",
  });
  expect(page).toEqual({
    items: [
      {
        id: "uuid",
        orderNo: "202401010001",
        merchantName: "美味餐厅",
        totalAmountYuan: "76.00",
        actualAmountYuan: "71.00",
        status: 2,
        statusText: "待接单",
        isWaitingForMerchant: true,
        createdAt: "2024-01-01T12:00:00Z",
        items: [
          {
            dishName: "宫保鸡丁",
            dishImage: null,
            specName: "大份",
            quantity: 2,
            priceYuan: "38.00",
            amountYuan: null,
          },
        ],
      },
    ],
    total: 50,
  });
});

test("GET /api/v1/orders/{id} reads the whole order", async () => {
  vendor.answer(sample("takeout/order.json"));
  expect(await vendor.takeout.orders.get("uuid")).toEqual({
    id: "uuid",
    orderNo: "202401010001",
    merchantName: "美味餐厅",
    merchant: { id: "uuid", name: "美味餐厅", phone: "400-123-4567" },
    items: [
      {
        dishName: "宫保鸡丁",
        dishImage: "https://...",
        specName: "大份",
        quantity: 2,
        priceYuan: "38.00",
        amountYuan: "76.00",
      },
    ],
    deliveryAddress: { contactName: "张三", contactPhone: "13800138000", address: "北京市朝阳区..." },
    dishAmountYuan: "76.00",
    deliveryFeeYuan: "5.00",
    packageFeeYuan: "2.00",
    discountAmountYuan: "10.00",
    totalAmountYuan: "83.00",
    actualAmountYuan: "73.00",
    status: 2,
    statusText: "待接单",
    isWaitingForMerchant: true,
    paymentStatus: 1,
    paymentMethod: "wechat",
    estimatedDeliveryTime: "2024-01-01T13:00:00Z",
    createdAt: "2024-01-01T12:00:00Z",
    paidAt: "2024-01-01T12:05:00Z",
    remark: "少辣",
    timeline: [
      { status: "created", statusText: "订单创建", time: "2024-01-01T12:00:00Z" },
      { status: "paid", statusText: "支付成功", time: "2024-01-01T12:05:00Z" },
    ],
  });
  expect(vendor.calls()[0]?.url).toBe("/api/v1/orders/uuid");
});

test("GET /api/v1/orders/{id} reads an order that is neither paid nor addressed", async () => {
  const data = { id: 7, orderNo: 202401010001, items: [], status: "0", paidAt: null };
  vendor.answer(json(200, { success: true, data }));
  expect(await vendor.takeout.orders.get("7")).toMatchObject({
    id: "7",
    orderNo: "202401010001",
    status: 0,
    merchant: null,
    merchantName: null,
    deliveryAddress: null,
    paidAt: null,
    timeline: [],
  });
});

test("GET /api/v1/orders/{id} reads an address of which parts are missing", async () => {
  const data = {
    id: 7,
    orderNo: 1,
    items: [],
    status: 2,
    deliveryAddress: { contactName: null, address: "x" },
  };
  vendor.answer(json(200, { success: true, data }));
  expect(await vendor.takeout.orders.get("7")).toMatchObject({
    deliveryAddress: { contactName: null, contactPhone: null, address: "x" },
    isWaitingForMerchant: false,
  });
});

test("GET /api/v1/orders/{id} reads times without an offset as UTC, and leaves alone what is no time", async () => {
  const timeline = [{ status: "created", time: "2024-01-01T12:00:00.1234567" }];
  const times = { createdAt: "2024-01-01 12:00:00", paidAt: "昨天", estimatedDeliveryTime: null };
  const data = { id: 7, orderNo: 1, items: [], status: 2, timeline, ...times };
  vendor.answer(json(200, { success: true, data }));
  expect(await vendor.takeout.orders.get("7")).toMatchObject({
    createdAt: "2024-01-01T12:00:00Z",
    paidAt: "昨天",
    estimatedDeliveryTime: null,
    timeline: [{ time: "2024-01-01T12:00:00.1234567Z" }],
  });
});

test("POST /api/v1/orders/{id}/accept without an estimate leaves the minutes out", async () => {
  await vendor.takeout.orders.accept("uuid", undefined);
  expect(vendor.calls()).toMatchObject([{ url: "/api/v1/orders/uuid/accept", body: "{}" }]);
});

test("POST /api/v1/orders/{id}/accept sends the minutes of cooking", async () => {
  await vendor.takeout.orders.accept("uuid", 30);
  expect(vendor.calls()).toMatchObject([
    {
      method: "POST",
      url: "/api/v1/orders/uuid/accept",
      body: compact("takeout/accept-order-request.json"),
    },
  ]);
});

test("POST /api/v1/orders/{id}/cooking has no body", async () => {
  await vendor.takeout.orders.startCooking("uuid");
  expect(vendor.calls()).toMatchObject([{ method: "POST", url: "/api/v1/orders/uuid/cooking", body: "" }]);
});

test("POST /api/v1/orders/{id}/complete takes an answer without data", async () => {
  vendor.answer(json(200, { success: true, code: 200, message: "操作成功" }));
  await vendor.takeout.orders.complete("uuid");
  expect(vendor.calls()).toMatchObject([{ method: "POST", url: "/api/v1/orders/uuid/complete", body: "" }]);
});

test("POST /api/v1/orders/{id}/cancel says why and by whom", async () => {
  await vendor.takeout.orders.cancel("uuid", { reason: "用户取消", cancelBy: "customer" });
  expect(vendor.calls()).toMatchObject([
    {
      method: "POST",
      url: "/api/v1/orders/uuid/cancel",
      body: compact("takeout/cancel-order-request.json"),
    },
  ]);
});

test.each([
  [409, "conflict"],
  [422, "rejected"],
  [403, "forbidden"],
  [404, "not_found"],
])("POST /api/v1/orders/{id}/cancel that is answered %i is %s and was sent once", async (status, code) => {
  vendor.answer(json(status, { success: false, code: status, message: "x", errors: [] }));
  const call = vendor.takeout.orders.cancel("uuid", { reason: "r", cancelBy: "system" });
  const failure = await failureOf(call);
  expect([failure.code, failure.details.httpStatus]).toEqual([code, status]);
  expect(failure.details.hint).toBeTruthy();
  expect(vendor.calls()).toHaveLength(1);
});

test("orders that the document forbids are refused before anything is sent, each field by its name", async () => {
  const { orders } = vendor.takeout;
  const bad = (fields: Partial<NewTakeoutOrder>) =>
    failureOf(orders.create({ ...documentedOrder, ...fields }));
  const address = documentedOrder.deliveryAddress;
  const item = { dishId: "d", quantity: 1, priceYuan: "1" };
  const failures = await Promise.all([
    bad({ merchantId: "", storeId: "a\nb" }),
    bad({ items: [] }),
    bad({ items: [item, { dishId: "", specId: " ", quantity: 0, priceYuan: "-0.01" }] }),
    bad({ items: [{ ...item, quantity: 1.5 }] }),
    bad({ deliveryAddress: { ...address, contactName: "", contactPhone: " ", address: "" } }),
    bad({ deliveryAddress: { ...address, lat: 90.1, lng: Number.NaN } }),
    bad({ couponId: "" }),
    failureOf(orders.accept("uuid", 0)),
    failureOf(orders.cancel("uuid", { reason: " ", cancelBy: "customer" })),
    failureOf(orders.list({ pageIndex: 1, pageSize: 20, startDate: "2024-02-01", endDate: "2024-01-31" })),
    failureOf(orders.list({ pageIndex: 1, pageSize: 20, startDate: "2024-02-30", endDate: "1.1.2024" })),
  ]);
  expect(failures.map(({ code, details }) => [code, details.fields])).toEqual([
    ["invalid_input", ["merchant_id", "store_id"]],
    ["invalid_input", ["items"]],
    ["invalid_input", ["items[1].dish_id", "items[1].spec_id", "items[1].quantity", "items[1].price_yuan"]],
    ["invalid_input", ["items[0].quantity"]],
    [
      "invalid_input",
      ["delivery_address.contact_name", "delivery_address.contact_phone", "delivery_address.address"],
    ],
    ["invalid_input", ["delivery_address.lat", "delivery_address.lng"]],
    ["invalid_input", ["coupon_id"]],
    ["invalid_input", ["estimated_minutes"]],
    ["invalid_input", ["reason"]],
    ["invalid_input", ["start_date"]],
    ["invalid_input", ["start_date", "end_date"]],
  ]);
  expect(vendor.server.requests).toEqual([]);
});
