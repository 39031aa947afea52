import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect, type NoticeClient, refusedUpgrade, socketUrl } from "./notice-client.ts";
import { type Client, runningTakeout, send, signIn, variable } from "./running-takeout.ts";
import { cookingOrder, findMerchant, placeOrder } from "./shopping.ts";

const takeout = runningTakeout();
const documented = ["order.new", "order.status", "delivery.location"];

let client: Client;
let notices: NoticeClient;
beforeEach(async () => {
  client = await signIn(takeout());
  notices = await connect(socketUrl(takeout().url, client.token));
});
afterEach(() => notices.socket.terminate());

/** What came, once everything that was sent has come. */
async function received() {
  await notices.settled();
  return notices.messages();
}

describe("the token in the query", () => {
  test("missing, wrong, of the other kind or over is a 401 in the envelope", async () => {
    const base = `${takeout().url.replace("http", "ws")}/takeout/ws`;
    const { data } = await send(takeout(), "POST /auth/login", {
      body: {
        phone: variable(takeout(), "TAKEOUT_PHONE"),
        password: variable(takeout(), "TAKEOUT_PASSWORD"),
        loginType: "merchant",
      },
    });
    for (const url of [base, `${base}?token=`, `${base}?token=x`, `${base}?token=${data.refreshToken}`]) {
      const refused = await refusedUpgrade(url);
      expect(refused).toMatchObject({ status: 401 });
      if (!("text" in refused)) throw new Error("nothing was answered");
      expect(JSON.parse(refused.text)).toMatchObject({ success: false, code: 401 });
    }
    takeout().clock.advance(7200);
    expect(await refusedUpgrade(socketUrl(takeout().url, client.token))).toMatchObject({ status: 401 });
  });

  test("is checked when connecting: an open connection outlives it", async () => {
    await notices.subscribe(documented);
    takeout().clock.advance(7200);
    client = await signIn(takeout());
    await placeOrder(client);
    expect(await received()).toMatchObject([{ topic: "order.new" }]);
  });
});

describe("subscribing", () => {
  test("is not answered, and without it nothing comes", async () => {
    await placeOrder(client);
    expect(await received()).toEqual([]);
    await notices.subscribe(documented);
    expect(await received()).toEqual([]);
  });

  test("brings the named topics alone, and unknown ones are passed over", async () => {
    await notices.subscribe(["order.new", "weather", 7]);
    const { orderId } = await placeOrder(client);
    await client.send(`POST /orders/${orderId}/cancel`, { reason: "用户取消", cancelBy: "customer" });
    expect(await received()).toMatchObject([{ topic: "order.new" }]);
  });

  test("adds to what is subscribed, and twice brings nothing twice", async () => {
    await notices.subscribe(["order.new"]);
    await notices.subscribe(["order.new", "payment.success"]);
    const { orderId } = await placeOrder(client);
    await client.send("POST /payments", { orderId, paymentMethod: "balance", amount: 81 });
    const topics = (await received()).map(({ topic }) => topic);
    expect(topics).toEqual(["order.new", "payment.success"]);
  });

  test.each(["hello", "{}", '{"action":"unsubscribe","topics":[]}', '{"action":"subscribe"}'])(
    "what is no subscription ends the connection: %s",
    async (text) => {
      notices.socket.send(text);
      expect(await notices.closed).toBe(1008);
    },
  );
});

describe("a notice", () => {
  test("of a new order has the document's fields", async () => {
    await notices.subscribe(documented);
    const { merchant } = await findMerchant(client);
    const { orderId, orderNo } = await placeOrder(client);
    expect(await received()).toEqual([
      {
        topic: "order.new",
        data: { orderId, orderNo, merchantId: merchant.id },
        timestamp: "2026-04-14T02:00:00Z",
      },
    ]);
  });

  test("of each step of an order says where it stands", async () => {
    await notices.subscribe(["order.status"]);
    const { orderId, orderNo } = await cookingOrder(client);
    const messages = await received();
    expect(
      messages.map(({ data }) => [data["orderId"], data["orderNo"], data["status"], data["statusText"]]),
    ).toEqual([
      [orderId, orderNo, 2, "待接单"],
      [orderId, orderNo, 3, "已接单"],
      [orderId, orderNo, 4, "制作中"],
    ]);
  });

  test("of a payment comes when the payment house has reported it, with exact money", async () => {
    await notices.subscribe(["payment.success"]);
    const { orderId, orderNo, paymentInfo } = await placeOrder(client);
    await client.send("POST /payments", { orderId, paymentMethod: "wechat", amount: 81 });
    takeout().clock.advance(7);
    expect(await received()).toEqual([]);
    takeout().clock.advance(1);
    expect(await received()).toEqual([
      {
        topic: "payment.success",
        data: { orderId, orderNo, paymentNo: paymentInfo.paymentNo, amount: 81 },
        timestamp: "2026-04-14T02:00:08Z",
      },
    ]);
    expect(notices.texts[0]).toContain('"amount":81.00');
  });

  test("of a driver's location names the tasks that it is about", async () => {
    await notices.subscribe(["delivery.location"]);
    const position = { latitude: 39.9042, longitude: 116.4074 };
    await client.send("POST /delivery-drivers/location", position);
    const [free] = await received();
    expect(free).toMatchObject({ topic: "delivery.location", data: { driverName: "张三", ...position } });
    const { orderId, task } = await cookingOrder(client);
    await client.send(`POST /delivery-tasks/${task.id}/assign`, { driverId: free?.data["driverId"] });
    await client.send("POST /delivery-drivers/location", position);
    expect((await received()).at(-1)?.data).toMatchObject({ taskId: task.id, orderId, ...position });
  });

  test("goes to every connection of the tenant, but to none that is gone", async () => {
    const other = await connect(socketUrl(takeout().url, client.token));
    await notices.subscribe(["order.new"]);
    await other.subscribe(["order.new"]);
    await placeOrder(client);
    await other.settled();
    expect(other.messages()).toEqual(await received());
    other.socket.close();
    await other.closed;
    await placeOrder(client);
    expect(await received()).toHaveLength(2);
    expect(other.messages()).toHaveLength(1);
  });
});
