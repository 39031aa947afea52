import { beforeEach, describe, expect, test } from "vitest";
import { type Client, holdings, runningTakeout, signIn } from "./running-takeout.ts";
import { findDish, findMerchant, orderBody, paidOrder, placeOrder } from "./shopping.ts";

const takeout = runningTakeout();
let client: Client;
beforeEach(async () => {
  client = await signIn(takeout());
});

const unknownId = "00000000-0000-4000-8000-000000000000";

/** The detail of an order. */
async function read(orderId: string) {
  return (await client.send(`GET /orders/${orderId}`)).data;
}

describe("POST /api/v1/orders", () => {
  test("computes the document's amounts, the total being the dishes alone", async () => {
    const { items } = (await client.send("GET /user-coupons?status=1")).data;
    const [coupon] = items;
    expect(coupon).toMatchObject({ couponName: "满50减10", discountValue: 10, minOrderAmount: 50 });
    const { status, text, data } = await client.send("POST /orders", {
      ...(await orderBody(client)),
      couponId: coupon.id,
    });
    expect(status).toBe(201);
    expect(data).toEqual({
      orderId: expect.any(String),
      orderNo: expect.stringMatching(/^20260414\d{4}$/),
      totalAmount: 76,
      deliveryFee: 5,
      discountAmount: 10,
      actualAmount: 71,
      paymentInfo: {
        paymentNo: expect.stringMatching(/^PAY20260414\d{4}$/),
        qrCode: expect.stringMatching(/^https:/),
      },
    });
    expect(text).toContain(
      '"totalAmount":76.00,"deliveryFee":5.00,"discountAmount":10.00,"actualAmount":71.00',
    );
    const payment = await client.send(`GET /payments/${data.paymentInfo.paymentNo}`);
    expect(payment.data).toEqual({
      paymentNo: data.paymentInfo.paymentNo,
      status: 0,
      amount: 71,
      paidAt: null,
    });
    expect(payment.text).toContain('"amount":71.00');
  });

  test("takes stock from the dish or the spec that was ordered", async () => {
    const before = await findDish(client);
    const [big, small] = before.specs;
    const body = await orderBody(client);
    const items = [...body.items, { dishId: before.id, specId: big.id, quantity: 3, price: 48.0 }];
    expect((await client.send("POST /orders", { ...body, items })).data.totalAmount).toBe(220);
    const after = await findDish(client);
    expect(after.stock).toBe(before.stock - 2);
    expect(after.specs.map(({ stock }: { stock: number }) => stock)).toEqual([big.stock - 3, small.stock]);
  });

  test("counts the fee for packages where the merchant takes one", async () => {
    const { merchant, dishes } = await findMerchant(client, "粤香茶餐厅");
    const noodles = dishes.find(({ name }: { name: string }) => name === "干炒牛河");
    const receipt = await placeOrder(client, {
      merchantId: merchant.id,
      storeId: merchant.stores[0].id,
      items: [{ dishId: noodles.id, quantity: 3, price: 31.5 }],
    });
    expect(receipt).toMatchObject({ totalAmount: 94.5, deliveryFee: 3.5, actualAmount: 100 });
    expect(await read(receipt.orderId)).toMatchObject({
      dishAmount: 94.5,
      deliveryFee: 3.5,
      packageFee: 2,
      discountAmount: 0,
      totalAmount: 100,
      actualAmount: 100,
    });
  });

  describe("refuses what goes against the rules with a 422 that names it", () => {
    test.each([
      ["an unknown merchant", { merchantId: unknownId }, "merchantId"],
      ["an unknown store", { storeId: unknownId }, "storeId"],
      ["a coupon that is none of the user's", { couponId: unknownId }, "couponId"],
    ])("%s", async (_, fields, field) => {
      const { status, body } = await client.send("POST /orders", { ...(await orderBody(client)), ...fields });
      expect(status).toBe(422);
      expect(body).toMatchObject({ success: false, code: 422 });
      expect(body.errors.map((error: { field: string }) => error.field)).toContain(field);
    });

    test.each([
      ["an unknown dish", { dishId: unknownId }, "dishId"],
      ["an unknown spec", { specId: unknownId }, "specId"],
      ["another price than the dish's", { price: 37.99 }, "price"],
      ["more than there is", { quantity: 101 }, "quantity"],
    ])("%s", async (_, fields, field) => {
      const body = await orderBody(client);
      const items = body.items.map((item) => ({ ...item, ...fields }));
      expect(await client.send("POST /orders", { ...body, items })).toMatchObject({
        status: 422,
        body: { errors: [{ field: `items[0].${field}` }] },
      });
    });

    test("more than there is, over two lines of the same dish", async () => {
      const body = await orderBody(client);
      const [item] = body.items;
      const items = [
        { ...item, quantity: 60 },
        { ...item, quantity: 41 },
      ];
      expect(await client.send("POST /orders", { ...body, items })).toMatchObject({
        status: 422,
        body: { errors: [{ field: "items[1].quantity" }] },
      });
      expect((await findDish(client)).stock).toBe(100);
    });

    test("a dish that is off sale", async () => {
      const { id } = await findDish(client);
      await client.send("PATCH /dishes/batch-status", { dishIds: [id], status: 2 });
      expect(await client.send("POST /orders", await orderBody(client))).toMatchObject({
        status: 422,
        body: { errors: [{ field: "items[0].dishId", message: "菜品已下架" }] },
      });
    });

    test("a coupon below its minimum, or used before", async () => {
      const { items } = (await client.send("GET /user-coupons?status=1")).data;
      const body = { ...(await orderBody(client)), couponId: items[0].id };
      const little = body.items.map((item) => ({ ...item, quantity: 1 }));
      expect((await client.send("POST /orders", { ...body, items: little })).status).toBe(422);
      expect((await client.send("POST /orders", body)).status).toBe(201);
      expect((await client.send("POST /orders", body)).status).toBe(422);
    });
  });

  test("malformed fields are a 400 that names every one, and nothing is made", async () => {
    const before = (await holdings(takeout())).orders.length;
    const { status, body } = await client.send("POST /orders", {
      merchantId: "m",
      items: [{ dishId: unknownId, quantity: 0, price: 38.001 }],
      deliveryAddress: { contactName: "张三", contactPhone: "x", address: "a", latitude: 91, longitude: 0 },
      remark: 7,
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      "merchantId",
      "storeId",
      "items[0].quantity",
      "items[0].price",
      "deliveryAddress.contactPhone",
      "deliveryAddress.latitude",
      "remark",
    ]);
    expect((await holdings(takeout())).orders).toHaveLength(before);
  });

  test("is not idempotent: the same body twice is two orders", async () => {
    const body = await orderBody(client);
    const first = await client.send("POST /orders", body);
    const second = await client.send("POST /orders", body);
    expect(second.data.orderId).not.toBe(first.data.orderId);
    expect(Number(second.data.orderNo)).toBe(Number(first.data.orderNo) + 1);
  });
});

describe("GET /api/v1/orders", () => {
  test("shows the document's fields, the newest order first", async () => {
    const { orderId, orderNo } = await paidOrder(client);
    const { status, data, text } = await client.send(
      "GET /orders?status=&startDate=&endDate=&pageIndex=1&pageSize=20",
    );
    expect(status).toBe(200);
    expect(data.totalCount).toBe(46);
    expect(data.items).toHaveLength(20);
    expect(data.items[0]).toEqual({
      id: orderId,
      orderNo,
      merchantName: "美味餐厅",
      totalAmount: 76,
      actualAmount: 81,
      status: 2,
      statusText: "待接单",
      createdAt: "2026-04-14T02:00:00Z",
      items: [{ dishName: "宫保鸡丁", specName: null, quantity: 2, price: 38 }],
    });
    expect(text).toContain('"totalAmount":76.00,"actualAmount":81.00');
  });

  test("filters by status and by the shops' days, both ends included", async () => {
    const list = async (query: string) => (await client.send(`GET /orders?pageSize=100&${query}`)).data;
    const today = await list("startDate=2026-04-14&endDate=2026-04-14");
    expect(today.totalCount).toBe(3);
    const days = await list("startDate=2026-04-12&endDate=2026-04-13");
    expect(days.totalCount).toBe(14);
    expect((await list("startDate=2026-04-15")).totalCount).toBe(0);
    const waiting = await list("status=2");
    expect(waiting.items.map(({ statusText }: { statusText: string }) => statusText)).toEqual(["待接单"]);
  });

  test.each([
    ["status=9", "status"],
    ["startDate=2026-02-30", "startDate"],
    ["endDate=14.04.2026", "endDate"],
    ["startDate=2026-04-14&endDate=2026-04-13", "startDate"],
  ])("refuses %s by name", async (query, field) => {
    expect(await client.send(`GET /orders?${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ field }] },
    });
  });
});

describe("GET /api/v1/orders/{id}", () => {
  test("shows the document's fields of an order that waits for the merchant", async () => {
    const { merchant } = await findMerchant(client);
    const receipt = await placeOrder(client);
    takeout().clock.advance(300);
    await client.send("POST /payments", { orderId: receipt.orderId, paymentMethod: "wechat", amount: 81.0 });
    takeout().clock.advance(60);
    expect(await read(receipt.orderId)).toEqual({
      id: receipt.orderId,
      orderNo: receipt.orderNo,
      merchant: { id: merchant.id, name: "美味餐厅", phone: "400-123-4567" },
      items: [
        {
          dishName: "宫保鸡丁",
          dishImage: expect.stringMatching(/^https:/),
          specName: null,
          quantity: 2,
          price: 38,
          amount: 76,
        },
      ],
      deliveryAddress: (await orderBody(client)).deliveryAddress,
      dishAmount: 76,
      deliveryFee: 5,
      packageFee: 0,
      discountAmount: 0,
      totalAmount: 81,
      actualAmount: 81,
      status: 2,
      statusText: "待接单",
      paymentStatus: 1,
      paymentMethod: "wechat",
      estimatedDeliveryTime: null,
      createdAt: "2026-04-14T02:00:00Z",
      paidAt: "2026-04-14T02:05:08Z",
      remark: "少辣",
      timeline: [
        { status: "created", statusText: "订单创建", time: "2026-04-14T02:00:00Z" },
        { status: "paid", statusText: "支付成功", time: "2026-04-14T02:05:08Z" },
      ],
    });
  });

  test("an unknown order is a 404", async () => {
    expect((await client.send(`GET /orders/${unknownId}`)).status).toBe(404);
    expect((await client.send("GET /orders/..%2Fmerchants")).status).toBe(404);
  });
});

describe("the steps of an order", () => {
  const cancellation = { reason: "用户取消", cancelBy: "customer" };
  const bodies: Record<string, unknown> = { accept: { estimatedTime: 30 }, cancel: cancellation };

  function take(orderId: string, step: string) {
    return client.send(`POST /orders/${orderId}/${step}`, bodies[step]);
  }

  test("go accept, cooking, complete, each with its entry in the timeline", async () => {
    const { orderId } = await paidOrder(client);
    const statuses = [];
    for (const step of ["accept", "cooking", "complete"]) {
      takeout().clock.advance(60);
      const { status, data } = await take(orderId, step);
      statuses.push([status, data.statusText]);
    }
    expect(statuses).toEqual([
      [200, "已接单"],
      [200, "制作中"],
      [200, "已完成"],
    ]);
    const { timeline, estimatedDeliveryTime } = await read(orderId);
    expect(timeline.map(({ status, time }: { status: string; time: string }) => [status, time])).toEqual([
      ["created", "2026-04-14T02:00:00Z"],
      ["paid", "2026-04-14T02:00:00Z"],
      ["accepted", "2026-04-14T02:01:00Z"],
      ["cooking", "2026-04-14T02:02:00Z"],
      ["completed", "2026-04-14T02:03:00Z"],
    ]);
    expect(estimatedDeliveryTime).toBe("2026-04-14T03:01:00Z");
  });

  test("an order that is accepted without an estimate promises no time", async () => {
    const { orderId } = await paidOrder(client);
    expect((await client.send(`POST /orders/${orderId}/accept`, {})).status).toBe(200);
    expect(await read(orderId)).toMatchObject({ statusText: "已接单", estimatedDeliveryTime: null });
  });

  const before: Record<string, string[]> = {
    created: [],
    paid: ["pay"],
    accepted: ["pay", "accept"],
    cooking: ["pay", "accept", "cooking"],
    completed: ["pay", "accept", "cooking", "complete"],
    cancelled: ["cancel"],
  };
  const allowed: Record<string, string[]> = {
    created: ["cancel"],
    paid: ["accept", "cancel"],
    accepted: ["cooking", "cancel"],
    cooking: ["complete", "cancel"],
    completed: [],
    cancelled: [],
  };

  describe.each(Object.keys(before))("an order that is %s", (state) => {
    test.each(["accept", "cooking", "complete", "cancel"])(`answers %s as its state says`, async (step) => {
      const { orderId } = await placeOrder(client);
      for (const earlier of before[state] ?? []) {
        if (earlier !== "pay") await take(orderId, earlier);
        else await client.send("POST /payments", { orderId, paymentMethod: "balance", amount: 81 });
      }
      const held = await read(orderId);
      const { status } = await take(orderId, step);
      expect(status).toBe(allowed[state]?.includes(step) ? 200 : 422);
      if (status === 422) expect(await read(orderId)).toEqual(held);
    });
  });

  test("want their fields: 400 by name", async () => {
    const { orderId } = await paidOrder(client);
    expect(await client.send(`POST /orders/${orderId}/accept`, { estimatedTime: 0 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: "estimatedTime" }] },
    });
    expect(await client.send(`POST /orders/${orderId}/cancel`, { cancelBy: "driver" })).toMatchObject({
      status: 400,
      body: { errors: [{ field: "reason" }, { field: "cancelBy" }] },
    });
    expect((await client.send(`POST /orders/${unknownId}/accept`, { estimatedTime: 30 })).status).toBe(404);
  });

  test("a cancelled order gives stock and coupon back, and can be paid no more", async () => {
    const { items } = (await client.send("GET /user-coupons?status=1")).data;
    const { orderId } = await placeOrder(client, { couponId: items[0].id });
    expect((await findDish(client)).stock).toBe(98);
    expect((await client.send("GET /user-coupons?status=1")).data.totalCount).toBe(0);
    await take(orderId, "cancel");
    expect((await findDish(client)).stock).toBe(100);
    expect((await client.send("GET /user-coupons?status=1")).data.totalCount).toBe(1);
    const payment = { orderId, paymentMethod: "wechat", amount: 71 };
    expect((await client.send("POST /payments", payment)).status).toBe(422);
    expect((await holdings(takeout())).orders.at(-1)).toMatchObject({ state: "cancelled", cancellation });
  });
});
