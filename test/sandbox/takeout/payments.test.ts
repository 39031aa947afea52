import { beforeEach, describe, expect, test } from "vitest";
import { type Client, holdings, runningTakeout, send, signIn } from "./running-takeout.ts";
import { paidOrder, placeOrder } from "./shopping.ts";

const takeout = runningTakeout();
let client: Client;
beforeEach(async () => {
  client = await signIn(takeout());
});

const unknownId = "00000000-0000-4000-8000-000000000000";

function pay(orderId: string, paymentMethod: string, amount = 81.0) {
  return client.send("POST /payments", { orderId, paymentMethod, amount });
}

async function paymentStatus(paymentNo: string): Promise<number> {
  return (await client.send(`GET /payments/${paymentNo}`)).data.status;
}

async function paymentsOf(orderId: string) {
  const { payments } = await holdings(takeout());
  return payments.filter((payment: { orderId: string }) => payment.orderId === orderId);
}

describe("POST /api/v1/payments", () => {
  test.each([
    ["wechat", /^weixin:/],
    ["alipay", /^alipays:/],
  ])("with %s gives codes, and the payment house reports it after some time", async (method, deepLink) => {
    const { orderId, paymentInfo } = await placeOrder(client);
    const { status, data } = await pay(orderId, method);
    expect(status).toBe(201);
    expect(data).toEqual({
      paymentNo: paymentInfo.paymentNo,
      qrCode: expect.stringMatching(/^https:/),
      deepLink: expect.stringMatching(deepLink),
    });
    const statuses = [await paymentStatus(data.paymentNo)];
    for (const seconds of [3, 4, 1]) {
      takeout().clock.advance(seconds);
      statuses.push(await paymentStatus(data.paymentNo));
    }
    expect(statuses).toEqual([0, 1, 1, 2]);
    const { status: orderStatus, paymentMethod, paidAt } = (await client.send(`GET /orders/${orderId}`)).data;
    expect({ orderStatus, paymentMethod, paidAt }).toEqual({
      orderStatus: 2,
      paymentMethod: method,
      paidAt: "2026-04-14T02:00:08Z",
    });
  });

  test("from the balance pays at once", async () => {
    const { orderId } = await placeOrder(client);
    const { data } = await pay(orderId, "balance");
    expect(data).toEqual({ paymentNo: expect.any(String), qrCode: null, deepLink: null });
    expect(await paymentStatus(data.paymentNo)).toBe(2);
  });

  test("of a paid order is a 409", async () => {
    const { orderId } = await paidOrder(client);
    expect(await pay(orderId, "wechat")).toMatchObject({ status: 409, body: { success: false, code: 409 } });
    expect(await paymentsOf(orderId)).toHaveLength(1);
  });

  test("twice before the money is there is two payments, of which one succeeds", async () => {
    const { orderId } = await placeOrder(client);
    const first = (await pay(orderId, "wechat")).data.paymentNo;
    const second = (await pay(orderId, "wechat")).data.paymentNo;
    expect(second).not.toBe(first);
    takeout().clock.advance(60);
    expect([await paymentStatus(first), await paymentStatus(second)]).toEqual([2, 3]);
  });

  test("of another amount than the order's is a 422 that names it", async () => {
    const { orderId } = await placeOrder(client);
    expect(await pay(orderId, "wechat", 80.99)).toMatchObject({
      status: 422,
      body: { errors: [{ field: "amount" }] },
    });
    expect((await pay(unknownId, "wechat")).status).toBe(404);
    expect(await pay(orderId, "cash")).toMatchObject({
      status: 400,
      body: { errors: [{ field: "paymentMethod" }] },
    });
  });

  test("of an order that is cancelled meanwhile fails", async () => {
    const { orderId } = await placeOrder(client);
    const { paymentNo } = (await pay(orderId, "alipay")).data;
    await client.send(`POST /orders/${orderId}/cancel`, { reason: "用户取消", cancelBy: "customer" });
    takeout().clock.advance(60);
    expect(await paymentStatus(paymentNo)).toBe(3);
    expect((await client.send(`GET /orders/${orderId}`)).data.paidAt).toBeNull();
  });
});

test("GET /api/v1/payments/{paymentNo} shows when it was paid; an unknown one is a 404", async () => {
  const { orderId } = await placeOrder(client);
  const { paymentNo } = (await pay(orderId, "wechat")).data;
  takeout().clock.advance(8);
  const { text, data } = await client.send(`GET /payments/${paymentNo}`);
  expect(data).toEqual({ paymentNo, status: 2, amount: 81, paidAt: "2026-04-14T02:00:08Z" });
  expect(text).toContain('"amount":81.00');
  expect((await client.send("GET /payments/PAY0")).status).toBe(404);
});

describe("POST /api/v1/payments/callback/wechat", () => {
  async function waiting() {
    const { orderId, paymentInfo } = await placeOrder(client);
    const result = {
      out_trade_no: paymentInfo.paymentNo,
      transaction_id: "4200001234567890",
      total_fee: 8100,
      result_code: "SUCCESS",
    };
    return { orderId, result };
  }

  /** Without token and tenant, as the payment house calls it. */
  function report(body: unknown) {
    return send(takeout(), "POST /payments/callback/wechat", { body, headers: { "x-tenant-id": "" } });
  }

  test("pays the order without a token, once for the same transaction", async () => {
    const { orderId, result } = await waiting();
    expect((await report(result)).status).toBe(200);
    const paid = (await client.send(`GET /orders/${orderId}`)).data;
    expect(paid).toMatchObject({ status: 2, paymentStatus: 1, paymentMethod: "wechat" });
    takeout().clock.advance(60);
    expect((await report(result)).status).toBe(200);
    expect((await client.send(`GET /orders/${orderId}`)).data).toEqual(paid);
    expect((await report({ ...result, transaction_id: "4200009" })).status).toBe(409);
  });

  test("refuses another amount, in fen, and an unknown number", async () => {
    const { orderId, result } = await waiting();
    expect(await report({ ...result, total_fee: 81 })).toMatchObject({
      status: 422,
      body: { errors: [{ field: "total_fee" }] },
    });
    expect((await report({ ...result, out_trade_no: "PAY0" })).status).toBe(404);
    expect(await report({ ...result, total_fee: 81.5 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: "total_fee" }] },
    });
    expect((await client.send(`GET /orders/${orderId}`)).data).toMatchObject({ status: 1, paymentStatus: 0 });
  });

  test("a failure fails the payment, and the order can be paid by another", async () => {
    const { orderId, result } = await waiting();
    expect((await report({ ...result, result_code: "FAIL" })).status).toBe(200);
    expect(await paymentStatus(result.out_trade_no)).toBe(3);
    expect((await client.send(`GET /orders/${orderId}`)).data.status).toBe(1);
    const { data } = await pay(orderId, "balance");
    expect(data.paymentNo).not.toBe(result.out_trade_no);
    expect((await client.send(`GET /orders/${orderId}`)).data.status).toBe(2);
  });
});

describe("POST /api/v1/refunds", () => {
  function refund(orderId: string, amount: number) {
    return client.send("POST /refunds", { orderId, amount, reason: "不想要了" });
  }

  test("pays back in parts, in sum never more than was paid", async () => {
    const { orderId } = await paidOrder(client);
    const first = await refund(orderId, 80.5);
    expect(first.status).toBe(201);
    expect(first.text).toContain('"amount":80.50');
    expect(await refund(orderId, 0.51)).toMatchObject({
      status: 422,
      body: { errors: [{ field: "amount" }] },
    });
    expect((await client.send(`GET /orders/${orderId}`)).data.paymentStatus).toBe(1);
    expect((await refund(orderId, 0.5)).status).toBe(201);
    expect((await refund(orderId, 0.01)).status).toBe(422);
    expect((await client.send(`GET /orders/${orderId}`)).data).toMatchObject({
      paymentStatus: 2,
      timeline: [{}, {}, { status: "refunded" }],
    });
  });

  test("of an order that nobody paid is a 422, of none a 404, of nothing a 400", async () => {
    const { orderId } = await placeOrder(client);
    expect((await refund(orderId, 1)).status).toBe(422);
    expect((await refund(unknownId, 1)).status).toBe(404);
    expect(await refund(orderId, 0)).toMatchObject({ status: 400, body: { errors: [{ field: "amount" }] } });
  });

  test("of an order that was cancelled after it was paid", async () => {
    const { orderId } = await paidOrder(client);
    await client.send(`POST /orders/${orderId}/cancel`, { reason: "用户取消", cancelBy: "customer" });
    expect((await refund(orderId, 81)).status).toBe(201);
  });
});
