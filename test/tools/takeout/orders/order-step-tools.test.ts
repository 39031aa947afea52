import { describe, expect, test } from "vitest";
import { advanceTakeoutOrder } from "../../../../src/tools/takeout/orders/advance-takeout-order.ts";
import { cancelTakeoutOrder } from "../../../../src/tools/takeout/orders/cancel-takeout-order.ts";
import { getTakeoutOrder } from "../../../../src/tools/takeout/orders/get-takeout-order.ts";
import { refundPayment } from "../../../../src/tools/takeout/payments/refund-payment.ts";
import { failureOf } from "../../../support/failures.ts";
import { openTakeoutDesk } from "../../../support/takeout-desk.ts";
import { lostEndings } from "../../../support/takeout-shop.ts";

/** A desk whose shop holds one paid order that waits for the merchant. */
async function deskWithOrder(settings: Record<string, string> = {}) {
  const desk = await openTakeoutDesk(settings);
  const order = desk.shop.place({
    merchantId: "merchant-1",
    items: [{ dishId: "dish-2", quantity: 1, price: 3 }],
    deliveryAddress: { contactName: "张三", contactPhone: "13800138000", address: "北京市朝阳区..." },
  });
  return { ...desk, order };
}

const accept = { order_id: "order-1", action: "accept", estimated_minutes: 30 };
const cancel = { order_id: "order-1", reason: "用户取消", cancel_by: "customer" };

test.each([
  [getTakeoutOrder, {}],
  [cancelTakeoutOrder, { reason: "用户取消", cancel_by: "customer" }],
  [refundPayment, { amount_yuan: "1.00", reason: "不想要了" }],
])("an order_no for an identifier is told as that by %#", async (tool, rest) => {
  const { call, shop } = await openTakeoutDesk({ WAYBILL_CONFIRM: "token" });
  const failed = await failureOf(call(tool, { ...rest, order_id: "20261123001" }));
  expect(failed).toMatchObject({ code: "not_found", details: { hint: expect.stringContaining("order_no") } });
  const other = await failureOf(call(tool, { ...rest, order_id: "no-such-order" }));
  expect(other.code).toBe("not_found");
  expect(other.details.hint).not.toContain("order_no");
  expect(shop.orders).toEqual([]);
});

describe("advance_takeout_order", () => {
  test("takes the three steps at their endpoints and tells how the order stands after each", async () => {
    const { call, shop } = await deskWithOrder();
    const first = await call(advanceTakeoutOrder, accept);
    expect(first.data).toEqual({
      order_id: "order-1",
      action: "accept",
      status: 3,
      status_text: "商家接单",
    });
    expect(first.text).toBe("accept done for order order-1: status 3 「商家接单」.");
    await call(advanceTakeoutOrder, { order_id: "order-1", action: "start_cooking" });
    await call(advanceTakeoutOrder, { order_id: "order-1", action: "complete" });
    expect(shop.done).toEqual([
      { name: "/orders/order-1/accept", body: { estimatedTime: 30 } },
      { name: "/orders/order-1/cooking", body: {} },
      { name: "/orders/order-1/complete", body: {} },
    ]);
  });

  test.each([
    [{ ...accept, action: "complete" }, "estimated_minutes"],
    [{ ...accept, action: "start_cooking" }, "estimated_minutes"],
    [{ ...accept, estimated_minutes: 0 }, "estimated_minutes"],
    [{ ...accept, action: "cancel" }, "action"],
  ])("refuses %j, naming %s, and sends nothing", async (args, field) => {
    const { call, shop } = await deskWithOrder();
    const failure = await failureOf(call(advanceTakeoutOrder, args));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: [field] } });
    expect(shop.asked).toEqual([]);
  });

  test("accepts without an estimate where none is known", async () => {
    const { call, shop } = await deskWithOrder();
    const { data } = await call(advanceTakeoutOrder, { order_id: "order-1", action: "accept" });
    expect(data).toMatchObject({ action: "accept", status: 3 });
    expect(shop.done).toEqual([{ name: "/orders/order-1/accept", body: {} }]);
  });

  test.each(lostEndings)("takes a step once and sees it in the order after %s", async (ending) => {
    const { call, shop } = await deskWithOrder();
    shop.ending = ending;
    const first = await call(advanceTakeoutOrder, accept);
    expect(first.data).toMatchObject({ status: 3, status_text: "商家接单" });
    expect((await call(advanceTakeoutOrder, accept)).data).toEqual({ ...first.data, repeated: true });
    expect(shop.done).toHaveLength(1);
  });

  test("fails plainly when the order still waits, and the same call again takes the step", async () => {
    const { call, shop } = await deskWithOrder();
    shop.ending = "500 before";
    expect((await failureOf(call(advanceTakeoutOrder, accept))).code).toBe("unavailable");
    const again = await call(advanceTakeoutOrder, accept);
    expect(again.data).toMatchObject({ status: 3 });
    expect(again.data["repeated"]).toBeUndefined();
    expect(shop.done).toHaveLength(1);
  });

  test("is not known, and not sent again, where the order's words can't tell", async () => {
    const { call, shop, order } = await deskWithOrder();
    Object.assign(order, { status: 7, statusText: "备餐中" });
    shop.ending = "500 before";
    const failure = await failureOf(call(advanceTakeoutOrder, accept));
    expect(failure).toMatchObject({
      code: "outcome_unknown",
      details: { hint: expect.stringContaining("get_takeout_order") },
    });
    expect((await failureOf(call(advanceTakeoutOrder, accept))).code).toBe("outcome_unknown");
    expect(shop.asked.filter((request) => request.startsWith("POST"))).toHaveLength(1);
  });

  test("is done even if the order can't be read afterwards", async () => {
    const { call, shop } = await openTakeoutDesk();
    const { data, text } = await call(advanceTakeoutOrder, accept);
    expect(data).toMatchObject({ status: null, status_text: null });
    expect(text).toContain("status unknown");
    expect(shop.done).toHaveLength(1);
  });
});

describe("cancel_takeout_order", () => {
  test("first shows the order and its payment and writes nothing, then cancels with the confirmation", async () => {
    const { call, shop } = await deskWithOrder({ WAYBILL_CONFIRM: "token" });
    const asked = await call(cancelTakeoutOrder, cancel);
    expect(asked.data).toMatchObject({
      needs_confirmation: true,
      preview: {
        order: { id: "order-1", status: 2, actual_amount_yuan: "73", paid_at: "2024-01-01T12:05:00Z" },
        reason: "用户取消",
        cancel_by: "customer",
      },
    });
    expect(asked.text).toContain("It was paid at 2024-01-01T12:05:00Z: cancelling may not refund it.");
    expect(shop.asked).toEqual(["GET /orders/order-1"]);

    const done = await call(cancelTakeoutOrder, { ...cancel, confirmation: asked.data["confirmation"] });
    expect(done.data).toEqual({
      order_id: "order-1",
      cancelled: true,
      status: 6,
      status_text: "订单取消",
    });
    expect(shop.done).toEqual([
      { name: "/orders/order-1/cancel", body: { reason: "用户取消", cancelBy: "customer" } },
    ]);
  });

  test("asks for no confirmation of an order that is not there", async () => {
    const { call } = await openTakeoutDesk({ WAYBILL_CONFIRM: "token" });
    expect((await failureOf(call(cancelTakeoutOrder, cancel))).code).toBe("not_found");
  });

  test.each(lostEndings)("cancels once and sees it in the order after %s", async (ending) => {
    const { call, shop } = await deskWithOrder();
    shop.ending = ending;
    const first = await call(cancelTakeoutOrder, cancel);
    expect(first.data).toMatchObject({ cancelled: true, status: 6 });
    expect((await call(cancelTakeoutOrder, cancel)).data).toEqual({ ...first.data, repeated: true });
    expect(shop.done).toHaveLength(1);
  });

  test.each([
    ["reason", { ...cancel, reason: "" }],
    ["cancel_by", { ...cancel, cancel_by: "driver" }],
    ["order_id", { ...cancel, order_id: "order\u00001" }],
  ])("refuses a wrong %s and sends nothing", async (field, args) => {
    const { call, shop } = await deskWithOrder();
    const failure = await failureOf(call(cancelTakeoutOrder, args));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: [field] } });
    expect(shop.asked).toEqual([]);
  });
});
