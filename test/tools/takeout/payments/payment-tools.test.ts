import { describe, expect, onTestFinished, test } from "vitest";
import { createPayment } from "../../../../src/tools/takeout/payments/create-payment.ts";
import { getPayment } from "../../../../src/tools/takeout/payments/get-payment.ts";
import { refundPayment } from "../../../../src/tools/takeout/payments/refund-payment.ts";
import { failureOf } from "../../../support/failures.ts";
import { fixture } from "../../../support/fixture.ts";
import { openTakeoutDesk } from "../../../support/takeout-desk.ts";
import { lostEndings } from "../../../support/takeout-shop.ts";
import { json, startVendorServer } from "../../../support/vendor-server.ts";

const payment = { order_id: "order-1", payment_method: "wechat", amount_yuan: "71.00" };
const refund = { order_id: "order-1", amount_yuan: "71.00", reason: "不想要了" };

const writesOf = (asked: string[]) => asked.filter((request) => request.startsWith("POST")).length;

/** A vendor whose answer to every read is this payment, its numbers as they are written. */
async function deskWithPayment(status: number) {
  const answer = fixture("takeout/payment.json").replace('"status": 2', `"status": ${status}`);
  const server = await startVendorServer((request, response) =>
    json(200, request.url.endsWith("/auth/login") ? fixture("takeout/login.json") : answer)(
      request,
      response,
    ),
  );
  onTestFinished(() => server.close());
  return openTakeoutDesk({ TAKEOUT_BASE_URL: `${server.url}/api/v1` });
}

/** A desk whose shop holds the document's paid order of 73 yuan. */
async function deskWithOrder(settings: Record<string, string> = {}) {
  const desk = await openTakeoutDesk(settings);
  const order = desk.shop.place({
    merchantId: "merchant-1",
    items: [{ dishId: "dish-1", specId: "spec-1", quantity: 2, price: 38 }],
    deliveryAddress: { contactName: "张三", contactPhone: "13800138000", address: "北京市朝阳区..." },
  });
  return { ...desk, order };
}

describe("create_payment", () => {
  test("opens a payment and gives what the customer pays with", async () => {
    const { call, shop } = await openTakeoutDesk();
    const { data } = await call(createPayment, payment);
    expect(data).toEqual({
      order_id: "order-1",
      payment_no: "PAY202401010001",
      qr_code: "https://...",
      deep_link: "weixin://...",
    });
    expect(shop.done).toEqual([
      { name: "/payments", body: { orderId: "order-1", paymentMethod: "wechat", amount: 71 } },
    ]);
    expect((await call(createPayment, payment)).data).toEqual({ ...data, repeated: true });
  });

  test.each([...lostEndings, "500 before"] as const)(
    "is never sent a second time after %s, for nothing shows whether it is there",
    async (ending) => {
      const { call, shop } = await openTakeoutDesk();
      shop.ending = ending;
      const first = await failureOf(call(createPayment, payment));
      expect(first).toMatchObject({
        code: "outcome_unknown",
        details: { hint: expect.stringContaining("get_takeout_order") },
      });
      expect((await failureOf(call(createPayment, payment))).code).toBe("outcome_unknown");
      expect(writesOf(shop.asked)).toBe(1);
      await call(createPayment, { ...payment, request_id: "on-purpose" });
      expect(writesOf(shop.asked)).toBe(2);
    },
  );

  test.each([
    ["payment_method", { ...payment, payment_method: "cash" }],
    ["amount_yuan", { ...payment, amount_yuan: "-1" }],
    ["amount_yuan", { ...payment, amount_yuan: 71.005 }],
  ])("refuses a wrong %s and sends nothing", async (field, args) => {
    const { call, shop } = await openTakeoutDesk();
    const failure = await failureOf(call(createPayment, args));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: [field] } });
    expect(shop.asked).toEqual([]);
  });
});

describe("get_payment", () => {
  test.each([
    [0, "to_pay"],
    [1, "paying"],
    [2, "paid"],
    [3, "failed"],
  ])("names the state %i as the document does: %s", async (status, name) => {
    const { call } = await deskWithPayment(status);
    const { data, text } = await call(getPayment, { payment_no: "PAY202401010001" });
    expect(data["payment"]).toEqual({
      payment_no: "PAY202401010001",
      status,
      status_name: name,
      amount_yuan: "71.00",
      paid_at: "2024-01-01T12:05:00Z",
    });
    expect(text).toContain(`71.00 yuan: ${name}`);
  });

  test.each([4, -1])("leaves the state %i without a name", async (status) => {
    const { call } = await deskWithPayment(status);
    const { data, text } = await call(getPayment, { payment_no: "PAY202401010001" });
    expect(data["payment"]).not.toHaveProperty("status_name");
    expect(data["payment"]).toMatchObject({ status });
    expect(text).toContain(`status ${status}`);
  });
});

describe("refund_payment", () => {
  test("first shows order, amount and reason and writes nothing, then refunds with the confirmation", async () => {
    const { call, shop } = await deskWithOrder({ WAYBILL_CONFIRM: "token" });
    const asked = await call(refundPayment, refund);
    expect(asked.data).toMatchObject({
      needs_confirmation: true,
      preview: {
        order: { id: "order-1", actual_amount_yuan: "73", paid_at: "2024-01-01T12:05:00Z" },
        amount_yuan: "71.00",
        reason: "不想要了",
        doubts: [],
      },
    });
    expect(shop.asked).toEqual(["GET /orders/order-1"]);

    const { data } = await call(refundPayment, { ...refund, confirmation: asked.data["confirmation"] });
    expect(data).toMatchObject({ order_id: "order-1", amount_yuan: "71.00", refund_id: "RF1" });
    expect(shop.done).toEqual([
      { name: "/refunds", body: { orderId: "order-1", amount: 71, reason: "不想要了" } },
    ]);
  });

  test("says what speaks against a refund before it is confirmed", async () => {
    const { call, order } = await deskWithOrder({ WAYBILL_CONFIRM: "token" });
    order["paidAt"] = null;
    const { data, text } = await call(refundPayment, { ...refund, amount_yuan: "73.01" });
    const doubts = ["The order shows no payment.", "That is more than the order's 73 yuan."];
    expect(data).toMatchObject({ preview: { doubts } });
    expect(text).toContain(doubts.join(" "));
  });

  test("tells before a refund what was refunded from here, and what of it is left", async () => {
    const { call } = await deskWithOrder({ WAYBILL_CONFIRM: "token" });
    const confirmed = async (args: Record<string, unknown>) => {
      const { data } = await call(refundPayment, args);
      await call(refundPayment, { ...args, confirmation: data["confirmation"] });
    };
    await confirmed({ ...refund, amount_yuan: "10" });
    await confirmed({ ...refund, amount_yuan: "3.50" });
    const { data, text } = await call(refundPayment, { ...refund, amount_yuan: "60" });
    const doubts = [
      "That is more than the 59.50 yuan that are left of the order's 73 yuan.",
      "13.50 yuan were refunded from here before.",
    ];
    expect(data).toMatchObject({ preview: { doubts } });
    expect(text).toContain(doubts.join(" "));
  });

  test("tells before a refund that it is a repeat, unless it has a request_id of its own", async () => {
    const { call, shop } = await deskWithOrder({ WAYBILL_CONFIRM: "token" });
    const part = { ...refund, amount_yuan: "10.00" };
    const { data } = await call(refundPayment, part);
    await call(refundPayment, { ...part, confirmation: data["confirmation"] });
    const again = await call(refundPayment, part);
    expect(again.text).toMatch(/This repeats the refund of 10\.00 yuan.*new request_id/);
    const others = [
      { ...part, request_id: "second" },
      { ...part, amount_yuan: "10.01" },
      { ...part, reason: "少送了一份" },
    ];
    for (const other of others) {
      const { text } = await call(refundPayment, other);
      expect(text).toContain("10.00 yuan were refunded from here before.");
      expect(text).not.toContain("This repeats");
    }
    expect(writesOf(shop.asked)).toBe(1);
  });

  test("names a refund that may or may not have been made", async () => {
    const { call, shop } = await deskWithOrder({ WAYBILL_CONFIRM: "token" });
    shop.ending = "answer lost";
    const { data } = await call(refundPayment, refund);
    await failureOf(call(refundPayment, { ...refund, confirmation: data["confirmation"] }));
    const { text } = await call(refundPayment, { ...refund, amount_yuan: "1.00" });
    expect(text).toMatch(/Whether the 71\.00 yuan asked for at .* were refunded is not known\./);
    expect(text).not.toContain("were refunded from here before");
  });

  test.each([...lostEndings, "500 before"] as const)(
    "is never sent a second time after %s, for nothing shows whether it is there",
    async (ending) => {
      const { call, shop } = await deskWithOrder();
      shop.ending = ending;
      expect((await failureOf(call(refundPayment, refund))).code).toBe("outcome_unknown");
      expect((await failureOf(call(refundPayment, refund))).code).toBe("outcome_unknown");
      expect(writesOf(shop.asked)).toBe(1);
    },
  );
});
