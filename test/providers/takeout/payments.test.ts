import { afterEach, beforeEach, expect, test } from "vitest";
import { failureOf } from "../../support/failures.ts";
import { compact, sample, startTakeoutVendor, type TakeoutVendor } from "../../support/takeout-vendor.ts";
import { json, reset } from "../../support/vendor-server.ts";

let vendor: TakeoutVendor;

beforeEach(async () => {
  vendor = await startTakeoutVendor();
});

afterEach(() => vendor.close());

const documentedPayment = { orderId: "uuid", paymentMethod: "wechat", amountYuan: "71.00" } as const;

test("POST /api/v1/payments sends the amount with its places and reads what to pay with", async () => {
  vendor.answer(sample("takeout/create-payment.json"));
  expect(await vendor.takeout.payments.create(documentedPayment)).toEqual({
    paymentNo: "PAY202401010001",
    qrCode: "https://...",
    deepLink: "weixin://...",
  });
  expect(vendor.calls()).toMatchObject([
    { method: "POST", url: "/api/v1/payments", body: compact("takeout/create-payment-request.json") },
  ]);
});

test("POST /api/v1/payments whose answer is lost is sent once and says which read settles it", async () => {
  vendor.answer(reset);
  const failure = await failureOf(vendor.takeout.payments.create(documentedPayment));
  expect([failure.code, failure.details.hint]).toEqual([
    "outcome_unknown",
    expect.stringContaining("get_takeout_order"),
  ]);
  expect(vendor.calls()).toHaveLength(1);
});

test("GET /api/v1/payments/{paymentNo} reads state and amount", async () => {
  vendor.answer(sample("takeout/payment.json"));
  expect(await vendor.takeout.payments.get("PAY202401010001")).toEqual({
    paymentNo: "PAY202401010001",
    status: 2,
    state: "paid",
    amountYuan: "71.00",
    paidAt: "2024-01-01T12:05:00Z",
  });
  expect(vendor.calls()[0]?.url).toBe("/api/v1/payments/PAY202401010001");
});

test("GET /api/v1/payments/{paymentNo} names no state that the document does not", async () => {
  vendor.answer(json(200, { success: true, data: { paymentNo: "P", status: 4, amount: 1 } }));
  expect(await vendor.takeout.payments.get("P")).toMatchObject({ status: 4, state: null });
});

test("GET /api/v1/payments/{paymentNo} is repeated while the vendor is busy", async () => {
  let attempts = 0;
  vendor.answer((request, response) =>
    (++attempts < 3 ? json(503, {}) : sample("takeout/payment.json"))(request, response),
  );
  expect((await vendor.takeout.payments.get("PAY1")).status).toBe(2);
  expect(vendor.calls()).toHaveLength(3);
});

test("POST /api/v1/refunds sends order, amount and reason", async () => {
  vendor.answer(json(200, { success: true, data: { refundNo: "R1", amount: 71.0 } }));
  const refund = { orderId: "uuid", amountYuan: "71.00", reason: "不想要了" };
  expect(await vendor.takeout.payments.refund(refund)).toEqual({
    id: "R1",
    details: { refundNo: "R1", amountYuan: "71" },
  });
  expect(vendor.calls()).toMatchObject([
    { method: "POST", url: "/api/v1/refunds", body: compact("takeout/refund-request.json") },
  ]);
});

test("POST /api/v1/refunds that the vendor's rules forbid is rejected", async () => {
  vendor.answer(
    json(422, { success: false, code: 422, message: "超额", errors: [{ field: "amount", message: "超额" }] }),
  );
  const refund = { orderId: "uuid", amountYuan: "999.00", reason: "r" };
  const failure = await failureOf(vendor.takeout.payments.refund(refund));
  expect([failure.code, failure.details.fields]).toEqual(["rejected", ["amount_yuan"]]);
});

test("a negative, unclear or over-precise amount is refused before anything is sent", async () => {
  const { payments } = vendor.takeout;
  for (const amountYuan of ["-1", "", "1.001", "1,5", "Infinity", "0x10", " 1"]) {
    const paid = await failureOf(payments.create({ ...documentedPayment, amountYuan }));
    const refunded = await failureOf(payments.refund({ orderId: "uuid", amountYuan, reason: "r" }));
    expect([paid.details.fields, refunded.details.fields]).toEqual([["amount_yuan"], ["amount_yuan"]]);
  }
  expect(vendor.server.requests).toEqual([]);
});
