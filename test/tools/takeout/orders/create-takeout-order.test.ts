import { describe, expect, onTestFinished, test } from "vitest";
import { createTakeoutOrder } from "../../../../src/tools/takeout/orders/create-takeout-order.ts";
import { failureOf } from "../../../support/failures.ts";
import { openTakeoutDesk } from "../../../support/takeout-desk.ts";
import { lostEndings, type NewShopOrder } from "../../../support/takeout-shop.ts";
import { startTakeoutVendor } from "../../../support/takeout-vendor.ts";
import { json } from "../../../support/vendor-server.ts";

const order = {
  merchant_id: "merchant-1",
  store_id: "store-1",
  items: [
    { dish_id: "dish-1", spec_id: "spec-1", quantity: 2, price_yuan: "48.00" },
    { dish_id: "dish-2", quantity: 1, price_yuan: 3 },
  ],
  delivery_address: {
    contact_name: "张三",
    contact_phone: "13800138000",
    address: "北京市朝阳区...",
    lat: 39.9042,
    lng: 116.4074,
  },
  remark: "少辣",
};

/** The same order as the vendor is sent it. */
const sameAtVendor: NewShopOrder = {
  merchantId: "merchant-1",
  items: [
    { dishId: "dish-1", specId: "spec-1", quantity: 2, price: 48 },
    { dishId: "dish-2", quantity: 1, price: 3 },
  ],
  deliveryAddress: { contactName: "张三", contactPhone: "13800138000", address: "北京市朝阳区..." },
  remark: "少辣",
};

const minute = 60_000;
const ordersSent = (asked: string[]) => asked.filter((request) => request === "POST /orders").length;

describe("create_takeout_order", () => {
  test("sends the order as the document has it, and says that its total leaves fees out", async () => {
    const { call, shop } = await openTakeoutDesk();
    const { data, text } = await call(createTakeoutOrder, { ...order, coupon_id: "coupon-1" });
    expect(shop.done).toEqual([
      {
        name: "/orders",
        body: {
          merchantId: "merchant-1",
          storeId: "store-1",
          items: [
            { dishId: "dish-1", specId: "spec-1", quantity: 2, price: 48 },
            { dishId: "dish-2", quantity: 1, price: 3 },
          ],
          deliveryAddress: {
            contactName: "张三",
            contactPhone: "13800138000",
            address: "北京市朝阳区...",
            latitude: 39.9042,
            longitude: 116.4074,
          },
          remark: "少辣",
          couponId: "coupon-1",
        },
      },
    ]);
    expect(data).toMatchObject({
      order_id: "order-1",
      total_includes_fees: false,
      actual_amount_yuan: "71",
      payment_info: { payment_no: "PAY202401010001", qr_code: "https://..." },
    });
    expect(text).toContain("is placed, 71 yuan to pay");
  });

  test("has placed the order whatever the vendor leaves out of its answer but the identifier", async () => {
    const vendor = await startTakeoutVendor();
    onTestFinished(() => vendor.close());
    vendor.answer(json(201, { success: true, data: { orderId: "order-7" } }));
    const { call } = await openTakeoutDesk({ TAKEOUT_BASE_URL: `${vendor.server.url}/api/v1` });
    const { data, text } = await call(createTakeoutOrder, order);
    expect(data).toEqual({
      order_id: "order-7",
      order_no: null,
      total_amount_yuan: null,
      total_includes_fees: false,
      delivery_fee_yuan: null,
      discount_amount_yuan: null,
      actual_amount_yuan: null,
      payment_info: null,
    });
    expect(text).toContain("Order order-7");
    expect(vendor.calls()).toHaveLength(1);
  });

  test.each([
    ["items", { ...order, items: [] }],
    ["items[0].quantity", { ...order, items: [{ ...order.items[1], quantity: 0 }] }],
    ["items[0].quantity", { ...order, items: [{ ...order.items[1], quantity: -2 }] }],
    ["items[0].quantity", { ...order, items: [{ ...order.items[1], quantity: 1.5 }] }],
    ["items[0].price_yuan", { ...order, items: [{ ...order.items[1], price_yuan: "-3.00" }] }],
    ["items[0].price_yuan", { ...order, items: [{ ...order.items[1], price_yuan: 3.001 }] }],
    ["delivery_address.lat", { ...order, delivery_address: { ...order.delivery_address, lat: 91 } }],
    ["delivery_address.lng", { ...order, delivery_address: { ...order.delivery_address, lng: -181 } }],
    ["remark", { ...order, remark: "少辣\u0007" }],
    ["merchant_id", { ...order, merchant_id: " merchant-1" }],
  ])("refuses a wrong %s by its name and sends nothing", async (field, args) => {
    const { call, shop } = await openTakeoutDesk();
    const failure = await failureOf(call(createTakeoutOrder, args));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: [field] } });
    expect(shop.asked).toEqual([]);
  });

  test.each(lostEndings)("places one order and finds it again after %s", async (ending) => {
    const { call, shop } = await openTakeoutDesk();
    shop.place({ ...sameAtVendor, remark: "多辣" });
    shop.ending = ending;
    const first = await call(createTakeoutOrder, order);
    expect(first.data).toMatchObject({ order_id: "order-2", read_back: true, payment_info: null });
    const second = await call(createTakeoutOrder, order);
    expect(second.data).toEqual({ ...first.data, repeated: true });
    expect(shop.orders).toHaveLength(2);
    expect(ordersSent(shop.asked)).toBe(1);
  });

  test("takes the total of an order that was read back without its fees", async () => {
    const { call, shop } = await openTakeoutDesk();
    shop.ending = "answer lost";
    const { data } = await call(createTakeoutOrder, order);
    // The sample: 76.00 of dishes, 83.00 with fees.
    expect(data).toMatchObject({ total_amount_yuan: "76", total_includes_fees: false });
  });

  test("finds its order at a vendor whose clock is an hour ahead", async () => {
    const { call, shop } = await openTakeoutDesk();
    shop.clockAheadMilliseconds = 60 * minute;
    shop.ending = "answer lost";
    expect((await call(createTakeoutOrder, order)).data).toMatchObject({ order_id: "order-1" });
  });

  test("is not known and never sent twice when no order is there; another request_id places it", async () => {
    const { call, shop } = await openTakeoutDesk();
    shop.ending = "500 before";
    const first = await failureOf(call(createTakeoutOrder, order));
    expect(first).toMatchObject({
      code: "outcome_unknown",
      details: { hint: expect.stringContaining("list_takeout_orders") },
    });
    expect((await failureOf(call(createTakeoutOrder, order))).code).toBe("outcome_unknown");
    expect(ordersSent(shop.asked)).toBe(1);
    await call(createTakeoutOrder, { ...order, request_id: "again-1" });
    expect(shop.orders).toHaveLength(1);
  });

  test("tells two equal orders of one customer apart when the other one is known", async () => {
    const { call, shop } = await openTakeoutDesk();
    await call(createTakeoutOrder, { ...order, request_id: "lunch-1" });
    shop.ending = "answer lost";
    const second = await call(createTakeoutOrder, { ...order, request_id: "lunch-2" });
    expect(second.data).toMatchObject({ order_id: "order-2" });
    expect(shop.orders).toHaveLength(2);
  });

  test("takes no equal order for its own that the customer placed a minute before", async () => {
    const { call, shop } = await openTakeoutDesk();
    shop.place(sameAtVendor, minute);
    shop.ending = "500 before";
    expect((await failureOf(call(createTakeoutOrder, order))).code).toBe("outcome_unknown");
    expect(shop.orders).toHaveLength(1);
  });

  test("does not choose between two equal orders of the same moment", async () => {
    const { call, shop } = await openTakeoutDesk();
    shop.place(sameAtVendor);
    shop.ending = "answer lost";
    expect((await failureOf(call(createTakeoutOrder, order))).code).toBe("outcome_unknown");
    expect((await failureOf(call(createTakeoutOrder, order))).code).toBe("outcome_unknown");
    expect(ordersSent(shop.asked)).toBe(1);
  });

  test("leaves an order alone whose dish is gone from the menu, for nothing proves it any more", async () => {
    const { call, shop } = await openTakeoutDesk();
    shop.ending = "answer lost";
    const items = [{ dish_id: "dish-9", quantity: 1, price_yuan: "9.00" }];
    expect((await failureOf(call(createTakeoutOrder, { ...order, items }))).code).toBe("outcome_unknown");
  });

  test("finds its order on the second page of a vendor that lists the oldest first", async () => {
    const { call, shop } = await openTakeoutDesk();
    for (let number = 0; number < 22; number++) shop.place(sameAtVendor, 60 * minute);
    shop.listsNewestFirst = false;
    shop.ending = "answer lost";
    expect((await call(createTakeoutOrder, order)).data).toMatchObject({ order_id: "order-23" });
  });
});
