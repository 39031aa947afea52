import { describe, expect, test } from "vitest";
import {
  cancel,
  createUser,
  get,
  good,
  lookUp,
  type OrderDraft,
  order,
  ordered,
  post,
  runningHotel,
  startedAt,
  stockOf,
  storeOf,
} from "./running-hotel.ts";

const hotel = runningHotel();

describe("a new order", () => {
  test("has a number beyond 2^53, a date and a task for each way of delivery", async () => {
    const { status, body } = await order(hotel(), {
      goods: { 矿泉水: 1, 苏打水: 2, 充电线: 1 },
      amount: 53.5,
    });
    expect(status).toBe(200);
    const createDate = "2026-04-14T02:00:00Z";
    expect(body).toEqual({
      requestId: expect.any(String),
      orderInfo: {
        orderSN: expect.stringMatching(/^\d{16,19}$/),
        createDate,
        orderTaskInfos: [
          { orderTaskId: expect.stringMatching(/^[0-9a-f]{24}$/), createDate },
          { orderTaskId: expect.stringMatching(/^[0-9a-f]{24}$/), createDate },
        ],
      },
    });
  });

  test("has a number of 64 bits that no float holds", async () => {
    const numbers = [];
    for (let count = 0; count < 6; count++) numbers.push(await ordered(hotel()));
    expect(new Set(numbers).size).toBe(6);
    expect(numbers.every((sn) => sn > 2n ** 53n && sn < 2n ** 63n)).toBe(true);
    expect(numbers.filter((sn) => sn > 2n ** 60n)).toHaveLength(3);
    expect(numbers.every((sn) => BigInt(Number(sn)) !== sn)).toBe(true);
    for (const sn of numbers) expect((await lookUp(hotel(), sn)).orderSN).toBe(String(sn));
  });

  test("is held with its room, goods and amount", async () => {
    const sn = await ordered(hotel(), { room: "0821", goods: { 矿泉水: 2 }, amount: 5 });
    expect(hotel().holdings()["orders"]).toMatchObject([
      {
        orderSN: String(sn),
        orderStatus: 1,
        recipientAddress: "0821",
        amountFen: "500",
        items: [{ productId: good("矿泉水"), quantity: 2 }],
        tasks: [{ taskType: 1, processStatus: 0 }],
      },
    ]);
  });
});

describe("an order is refused, and nothing is kept or taken,", () => {
  const refusals: [string, OrderDraft, number][] = [
    ["for goods off the shelf", { goods: { "手冲咖啡(已下架)": 1 }, amount: 38 }, 11001],
    ["outside the hours of sale", { goods: { "早餐盒(06:30-09:30)": 1 }, amount: 32 }, 11002],
    ["for what is sold out", { goods: { "鲜榨橙汁(售罄)": 1 }, amount: 22 }, 11003],
    ["for more than there is", { goods: { "限量曲奇(仅剩3盒)": 4 }, amount: 144 }, 11003],
    ["beyond the limit of a purchase", { goods: { "牛肉干(限购2件)": 3 }, amount: 89.7 }, 11004],
    ["for goods that do not exist", { goods: { 不存在: 1 } }, 11005],
    ["without a contact", { over: { contactInfo: undefined } }, 12002],
    ["with a contact that is a text", { over: { contactInfo: "0801" } }, 12002],
    ["without a room", { over: { contactInfo: { recipientName: "张三" } } }, 12001],
    ["with an empty room", { room: "" }, 12001],
    ["for a room that no robot knows", { room: "8291" }, 12001],
    ["for a lift", { room: "1号电梯" }, 12001],
    ["below the store's minimum", { goods: { 薄荷糖: 1 }, amount: 1.5 }, 12003],
    ["below the group's minimum", { goods: { 桶装方便面: 1 }, amount: 8 }, 12004],
    ["by nobody", { over: { userId: undefined } }, 10400],
    ["by somebody unknown", { over: { userId: "5a38d03a60b6286d9c544f58" } }, 10086],
    ["in no store", { over: { storeId: undefined } }, 10400],
    ["in another store", { over: { storeId: "5a38d03a60b6286d9c544f58" } }, 10086],
    ["for no goods", { goods: {} }, 10400],
    ["for a list that is none", { over: { orderFormInfo: "矿泉水" } }, 10400],
    ["for none of a good", { goods: { 矿泉水: 0 } }, 10400],
    ["for fewer than none", { goods: { 矿泉水: -1 } }, 10400],
    ["for half a good", { goods: { 矿泉水: 1.5 } }, 10400],
    ["without a payment", { over: { thirdPayType: undefined } }, 10400],
    ["with another payment", { over: { thirdPayType: 1 } }, 10400],
    ["without an amount", { over: { amount: undefined } }, 10400],
    ["with an amount as a text", { amount: "12.5" }, 10400],
    ["with a negative amount", { amount: -1 }, 10400],
    ["with a part of a fen", { amount: 12.345 }, 10400],
  ];

  test.each(refusals)("%s", async (_name, draft, code) => {
    const before = await stockOf(hotel(), "限量曲奇(仅剩3盒)");
    const { status, body } = await order(hotel(), draft);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).toEqual({ requestId: expect.any(String), code, message: expect.any(String) });
    expect(hotel().holdings()["orders"]).toEqual([]);
    expect(await stockOf(hotel(), "限量曲奇(仅剩3盒)")).toBe(before);
  });

  test("for more than there is, written in two lines", async () => {
    const line = { productId: good("限量曲奇(仅剩3盒)"), quantity: 2 };
    const { body } = await order(hotel(), { amount: 144, over: { orderFormInfo: [line, line] } });
    expect(body.code).toBe(11003);
  });
});

describe("what is refused at one time or amount is taken at another:", () => {
  test("breakfast in the morning, and the night's dish beyond midnight", async () => {
    const breakfast = () => order(hotel(), { goods: { "早餐盒(06:30-09:30)": 1 }, amount: 32 });
    const platter = () => order(hotel(), { goods: { "卤味拼盘(21:00-02:00)": 1 }, amount: 48 });
    const codes = async () => [(await breakfast()).body.code, (await platter()).body.code];
    expect(await codes()).toEqual([11002, 11002]);
    hotel().clock.advance(15 * 3600);
    expect(await codes()).toEqual([11002, undefined]);
    hotel().clock.advance(6 * 3600);
    expect(await codes()).toEqual([undefined, 11002]);
  });

  test("noodles with enough of them", async () => {
    expect((await order(hotel(), { goods: { 桶装方便面: 3 }, amount: 24 })).status).toBe(200);
  });

  test("the allowed number of a limited good, and the last of a scarce one", async () => {
    expect((await order(hotel(), { goods: { "牛肉干(限购2件)": 2 }, amount: 59.8 })).status).toBe(200);
    expect((await order(hotel(), { goods: { "限量曲奇(仅剩3盒)": 3 }, amount: 108 })).status).toBe(200);
    expect((await order(hotel(), { goods: { "限量曲奇(仅剩3盒)": 1 }, amount: 36 })).body.code).toBe(11003);
  });

  test("guest supplies for nothing", async () => {
    expect((await order(hotel(), { goods: { 浴巾: 2, 欢迎水果: 1 }, amount: 0 })).status).toBe(200);
  });
});

describe("an order that is asked for", () => {
  const both = async (draft: OrderDraft) => {
    await ordered(hotel(), draft);
    const sn = await ordered(hotel(), draft);
    const [, first] = hotel().holdings()["orders"] as { orderSN: string }[];
    expect(first?.orderSN).toBe(String(sn));
    const userId = await createUser(hotel());
    const list = (await get(hotel(), "/v1/order/queryByUserId", { userId })).body.orderInfoList;
    const byNumber = await Promise.all(
      list.map(({ orderSN }: { orderSN: string }) => lookUp(hotel(), BigInt(orderSN))),
    );
    return { list: list.toReversed(), byNumber: byNumber.toReversed() };
  };

  test("is told once as the samples have it and once as the tables do", async () => {
    const { list, byNumber } = await both({ goods: { 充电线: 1 }, amount: 39 });
    const [asInSamples, asInTables] = byNumber;
    expect(asInSamples.orderBasicInfos).toEqual({ amount: 39 });
    expect(asInSamples).not.toHaveProperty("orderBasicInfo");
    expect(asInTables.orderBasicInfo).toEqual({ amount: 39 });
    expect(asInTables).not.toHaveProperty("orderBasicInfos");
    expect(asInSamples.orderItemInfos[0]).not.toHaveProperty("productType");
    expect(asInTables.orderItemInfos[0].productType).toBe(1);
    expect(asInSamples.orderTaskInfos[0].admissionCertificate).toEqual(expect.any(Number));
    expect(asInTables.orderTaskInfos[0].admissionCertificate).toMatch(/^[1-9]\d{3}$/);
    expect(asInSamples.extendProperty).toEqual({ recipientAddress: "0801" });
    expect(asInTables.extendProperty).toEqual({
      recipientAddress: "0801",
      recipientPhone: "",
      recipientName: "",
    });
    expect(Array.isArray(list[0].orderTaskInfos[0].detail)).toBe(false);
    expect(Array.isArray(list[1].orderTaskInfos[0].detail)).toBe(true);
  });

  test("has amounts in yuan with their places, and unit prices in fen", async () => {
    const sn = await ordered(hotel(), { goods: { "冰美式(会员价)": 2 }, amount: 30 });
    const { text, body } = await get(hotel(), "/v1/order/queryByOrderSN", { orderSN: String(sn) });
    expect(text).toContain('"amount":30.00');
    expect(body.orderInfo.orderItemInfos).toEqual([
      {
        productId: good("冰美式(会员价)"),
        productName: "冰美式(会员价)",
        imageUrl: expect.any(String),
        quantity: 2,
        amount: 30,
        unitPrice: 1500,
      },
    ]);
    expect(body.orderInfo).toMatchObject({
      orderName: "冰美式(会员价) * 2",
      createDate: "2026-04-14T02:00:00Z",
      orderStatus: 1,
    });
  });

  test("among those of its user comes newest first", async () => {
    const first = await ordered(hotel());
    hotel().clock.advance(60);
    const second = await ordered(hotel());
    const { body } = await get(hotel(), "/v1/order/queryByUserId", { userId: await createUser(hotel()) });
    const numbers = body.orderInfoList.map(({ orderSN }: { orderSN: string }) => BigInt(orderSN));
    expect(numbers).toEqual([second, first]);
  });

  test.each([
    ["queryByOrderSN", { orderSN: "1" }, 404, 10086],
    ["queryByOrderSN", { orderSN: "ten" }, 400, 10400],
    ["queryByOrderSN", {}, 400, 10400],
    ["queryByUserId", {}, 400, 10400],
  ])("by %s with %j is a %i", async (path, parameters, status, code) => {
    const answer = await get(hotel(), `/v1/order/${path}`, parameters);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });

  test("of a user without any is an empty list", async () => {
    const { body } = await get(hotel(), "/v1/order/queryByUserId", { userId: "nobody" });
    expect(body.orderInfoList).toEqual([]);
  });
});

describe("cancelling", () => {
  test("calls the tasks off, gives the goods back, and the money after a while", async () => {
    const before = await stockOf(hotel(), "矿泉水");
    const sn = await ordered(hotel(), { goods: { 矿泉水: 2 } });
    const status = async () => (await lookUp(hotel(), sn)).orderStatus;
    expect((await cancel(hotel(), sn)).body).toMatchObject({ code: 0, message: "SUCCESS" });
    expect(await lookUp(hotel(), sn)).toMatchObject({
      orderStatus: 5,
      orderTaskInfos: [{ processStatus: 3 }],
    });
    expect(await stockOf(hotel(), "矿泉水")).toBe(before);
    hotel().clock.advance(60);
    expect(await status()).toBe(6);
    hotel().clock.advance(4 * 60);
    expect(await status()).toBe(7);
    hotel().clock.advance(48 * 3600);
    expect(await status()).toBe(7);
    expect((await lookUp(hotel(), sn)).orderTaskInfos[0].processStatus).toBe(3);
  });

  test("what cost nothing leaves it cancelled", async () => {
    const sn = await ordered(hotel(), { goods: { 浴巾: 1 }, amount: 0 });
    await cancel(hotel(), sn);
    hotel().clock.advance(3600);
    expect((await lookUp(hotel(), sn)).orderStatus).toBe(5);
  });

  test("is told well done by either of two codes", async () => {
    const first = await cancel(hotel(), await ordered(hotel()));
    const second = await cancel(hotel(), await ordered(hotel()));
    expect([first.body.code, second.body.code]).toEqual([0, 200]);
  });

  test("what was cancelled or received already is a call that went well and an operation that did not", async () => {
    const cancelled = await ordered(hotel());
    const received = await ordered(hotel());
    await cancel(hotel(), cancelled);
    hotel().clock.advance(3600);
    for (const sn of [cancelled, received]) {
      const { status, body } = await cancel(hotel(), sn);
      expect({ status, code: body.code }).toEqual({ status: 200, code: 10086 });
    }
    expect((await lookUp(hotel(), received)).orderStatus).toBe(3);
  });

  test.each([
    [{ orderSN: 1, reason: "x" }, 404, 10086],
    [{ orderSN: "1", reason: "x" }, 400, 10400],
    [{ reason: "x" }, 400, 10400],
  ])("%j is a %i", async (body, status, code) => {
    const answer = await post(hotel(), "/v1/order/cancel", body);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });

  test("takes a reason", async () => {
    const sn = await ordered(hotel());
    const answer = await post(hotel(), "/v1/order/cancel", { orderSN: sn });
    expect(answer).toMatchObject({ status: 400, body: { code: 10400 } });
    expect((await lookUp(hotel(), sn)).orderStatus).toBe(1);
  });
});

test("a day later what nobody received is closed", async () => {
  const sn = await ordered(hotel(), { room: "1301" });
  hotel().clock.advance(24 * 3600 - 1);
  expect((await lookUp(hotel(), sn)).orderStatus).toBe(2);
  hotel().clock.advance(1);
  expect((await lookUp(hotel(), sn)).orderStatus).toBe(8);
  expect((await cancel(hotel(), sn)).body.code).toBe(10086);
});

describe("the estimated time", () => {
  const estimate = (over: Record<string, unknown>) =>
    post(hotel(), "/v1/task/estimatedTime", { storeId: storeOf(hotel()), ...over });

  test("runs down to nothing at the door", async () => {
    const { body } = await order(hotel());
    const taskId = body.orderInfo.orderTaskInfos[0].orderTaskId;
    const seconds = async () => (await estimate({ taskId })).body.data;
    const first = await seconds();
    hotel().clock.advance(30);
    expect(await seconds()).toBe(first - 30);
    hotel().clock.advance(first);
    expect(await seconds()).toBe(0);
    expect(startedAt + (first + 30) * 1000).toBe(hotel().clock.now());
  });

  test("of a robot that is stuck is told by nobody", async () => {
    const { body } = await order(hotel(), { room: "1301" });
    hotel().clock.advance(1800);
    const answer = await estimate({ taskId: body.orderInfo.orderTaskInfos[0].orderTaskId });
    expect(answer).toMatchObject({ status: 400, body: { code: 10086 } });
  });

  test.each([
    [{ taskId: "nothing" }, 404, 10086],
    [{}, 400, 10400],
    [{ taskId: "nothing", storeId: "another" }, 403, 10086],
    [{ taskId: "nothing", storeId: undefined }, 400, 10400],
  ])("with %j is a %i", async (over, status, code) => {
    const answer = await estimate(over);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });
});
