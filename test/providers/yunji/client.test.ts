import { afterEach, beforeEach, expect, test } from "vitest";
import type { NewRobotOrder } from "../../../src/domain/robot.ts";
import { createYunji, type YunjiClient } from "../../../src/providers/yunji/client.ts";
import { failureOf } from "../../support/failures.ts";
import { fixture } from "../../support/fixture.ts";
import { createTestHttp } from "../../support/test-http.ts";
import { inTurn, json, reset, startVendorServer, type VendorServer } from "../../support/vendor-server.ts";
import { documentedSignature, receivedParameters } from "./received-parameters.ts";

let server: VendorServer;
let yunji: YunjiClient;

/** The identifier that the document's samples use for everything. */
const sampleId = "5a38d03a60b6286d9c544f58";
const account = { accessKeyId: "testid", accessKeySecret: "testsecret", storeId: sampleId };

/** The document's order in our own spelling. */
const documentedOrder: NewRobotOrder = {
  userId: sampleId,
  items: [{ productId: sampleId, quantity: 1 }],
  amountYuan: "12.0",
  recipientAddress: "0821",
};

beforeEach(async () => {
  server = await startVendorServer();
  yunji = createYunji({ baseUrl: server.url, ...account, signing: "json" }, createTestHttp());
});
afterEach(async () => {
  await yunji.close();
  await server.close();
});

const answerWith = (name: string) => server.answer(json(200, fixture(`yunji/${name}.json`)));

/** The only request: method, path and own parameters; its public ones are checked on the way. */
function onlyRequest() {
  expect(server.requests).toHaveLength(1);
  const [request] = server.requests;
  if (!request) throw new Error("nothing was sent");
  const { signature, signatureNonce, accessKeyId, timestamp, ...own } = Object.fromEntries(
    receivedParameters(request),
  );
  expect(signature).toBe(documentedSignature(receivedParameters(request), account.accessKeySecret));
  expect(signatureNonce).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(accessKeyId).toBe("testid");
  expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  return { method: request.method, path: request.url.split("?")[0], own };
}

/** The body as it was sent, up to the public parameters. */
const ownBody = () => server.requests[0]?.body.replace(/,"signature":.*$/, "}");

/** A document's sample without its line breaks and indentation; numbers keep their digits. */
const compact = (text: string) =>
  JSON.stringify(
    JSON.parse(text, (_name, value, { source }) =>
      typeof value === "number" ? JSON.rawJSON(source ?? "") : value,
    ),
  );

test("POST /v1/order/createPoiOrder sends the document's order byte for byte, signed, and reads its number", async () => {
  answerWith("create-order");
  const receipt = await yunji.createOrder(documentedOrder);
  expect(onlyRequest()).toMatchObject({ method: "POST", path: "/v1/order/createPoiOrder" });
  expect(ownBody()).toBe(compact(fixture("yunji/create-order-request.json")));
  expect(server.requests[0]?.headers["Content-Type"]).toBe("application/json");
  expect(receipt).toEqual({
    orderSn: "223445452233",
    createdAt: "2019-10-01T12:00:18Z",
    tasks: [{ taskId: sampleId, createdAt: "2019-10-01T12:00:18Z" }],
  });
});

test("POST /v1/order/createPoiOrder takes another hotel, a recipient and exact cents", async () => {
  answerWith("create-order");
  await yunji.createOrder({
    ...documentedOrder,
    storeId: "other-hotel",
    amountYuan: "0.10",
    recipientPhone: "16612561256",
    recipientName: "张三",
  });
  expect(onlyRequest().own).toMatchObject({
    storeId: "other-hotel",
    amount: "0.10",
    contactInfo: '{"recipientAddress":"0821","recipientPhone":"16612561256","recipientName":"张三"}',
  });
});

test("GET /v1/order/queryByOrderSN reads the document's order, states named beside their numbers", async () => {
  answerWith("order");
  const order = await yunji.getOrder("223445452233");
  expect(onlyRequest()).toEqual({
    method: "GET",
    path: "/v1/order/queryByOrderSN",
    own: { orderSN: "223445452233" },
  });
  expect(order).toEqual({
    orderSn: "223445452233",
    name: "矿泉水 * 1",
    createdAt: "2019-10-01T12:00:18Z",
    status: { code: 2, name: "awaiting_receipt", text: "待收货" },
    items: [
      {
        productId: sampleId,
        name: "矿泉水",
        imageUrl: "http://images.sp.yunjichina.com.cn/goods/sd23.png",
        type: null,
        amountYuan: "5.00",
        quantity: 2,
        unitPriceFen: "250",
      },
    ],
    tasks: [
      {
        taskId: sampleId,
        status: { code: 1, name: "delivering", text: "送货中" },
        type: { code: 1, name: "robot", text: "机器人自动派送" },
        pickupCode: "1212",
        createdAt: "2019-10-01T12:00:18Z",
        contents: [
          {
            productId: sampleId,
            name: "矿泉水",
            imageUrl: "http://images.sp.yunjichina.com.cn/goods/s.png",
            quantity: 1,
          },
        ],
      },
    ],
    amountYuan: "5.00",
    recipientAddress: "0801",
    recipientPhone: null,
    recipientName: null,
  });
});

test("GET /v1/order/queryByOrderSN reads the tables' spelling too: orderBasicInfo, certificate as text, product type", async () => {
  const told = JSON.parse(fixture("yunji/order.json"));
  const { orderBasicInfos, ...order } = told.orderInfo;
  order.orderBasicInfo = orderBasicInfos;
  order.orderItemInfos[0].productType = 3;
  order.orderTaskInfos[0].admissionCertificate = "0123";
  order.orderTaskInfos[0].detail = null;
  server.answer(json(200, { ...told, code: "SUCCESS", orderInfo: order }));
  const read = await yunji.getOrder("223445452233");
  expect(read.amountYuan).toBe("5");
  expect(read.items[0]?.type).toEqual({ code: 3, name: "guest_supply", text: "客需品" });
  expect(read.tasks[0]).toMatchObject({ pickupCode: "0123", contents: [] });
});

test("GET /v1/order/queryByOrderSN that gives no order is not_found", async () => {
  server.answer(json(200, { requestId: "r", orderInfo: null }));
  expect(await failureOf(yunji.getOrder("1"))).toMatchObject({
    code: "not_found",
    details: { fields: ["order_sn"] },
  });
});

test("GET /v1/order/queryByUserId reads the document's orders, their single detail included", async () => {
  answerWith("orders-of-user");
  const orders = await yunji.listOrdersOfUser("12740139d33520a68947c6bee3c0692748");
  expect(onlyRequest()).toEqual({
    method: "GET",
    path: "/v1/order/queryByUserId",
    own: { userId: "12740139d33520a68947c6bee3c0692748" },
  });
  expect(orders).toHaveLength(1);
  expect(orders[0]?.tasks[0]).toMatchObject({
    createdAt: null,
    contents: [{ productId: sampleId, quantity: 1 }],
  });
});

test("GET /v1/order/queryByUserId without a list is a broken answer and no empty list", async () => {
  server.answer(json(200, { requestId: "r" }));
  expect((await failureOf(yunji.listOrdersOfUser("u1"))).code).toBe("bad_response");
  server.answer(json(200, { requestId: "r", orderInfoList: null }));
  expect(await yunji.listOrdersOfUser("u1")).toEqual([]);
});

test("POST /v1/order/cancel sends the document's number and reason, byte for byte", async () => {
  answerWith("cancel-order");
  await yunji.cancelOrder("223445452233", sampleId);
  expect(onlyRequest()).toMatchObject({ method: "POST", path: "/v1/order/cancel" });
  expect(ownBody()).toBe(compact(fixture("yunji/cancel-order-request.json")));
});

test.each([[undefined], [0], [200], ["SUCCESS"], ["0"]])(
  "POST /v1/order/cancel takes code %s for success",
  async (code) => {
    server.answer(json(200, { requestId: "r", ...(code !== undefined && { code }), message: "SUCCESS" }));
    await expect(yunji.cancelOrder("1", "机器人送货失败")).resolves.toBeUndefined();
  },
);

test("POST /v1/order/cancel that the vendor refuses in a 200 is rejected", async () => {
  server.answer(json(200, fixture("yunji/error.json")));
  expect(await failureOf(yunji.cancelOrder("1", "退款"))).toMatchObject({
    code: "rejected",
    details: { vendorCode: "10086", requestId: "0139d33c-5204-4a6a-8830-9947c6bee3c0" },
  });
});

test("an order number keeps all 64 bits from the wire and back: in answers, queries and bodies", async () => {
  const largest = "9223372036854775807";
  server.answer(json(200, fixture("yunji/create-order.json").replace("223445452233", largest)));
  expect((await yunji.createOrder(documentedOrder)).orderSn).toBe(largest);
  server.answer(json(200, fixture("yunji/order.json").replace("223445452233", largest)));
  expect((await yunji.getOrder(largest)).orderSn).toBe(largest);
  answerWith("cancel-order");
  await yunji.cancelOrder(largest, "退款");
  expect(server.requests[1]?.url).toContain(`?orderSN=${largest}&`);
  expect(server.requests[2]?.body).toContain(`"orderSN":${largest},`);
});

test("GET /v1/goods/queryByStore asks for a page and reads the document's goods, prices exact in fen", async () => {
  answerWith("goods");
  const page = await yunji.listGoods({ current: 1, pageSize: 20 });
  expect(onlyRequest()).toEqual({
    method: "GET",
    path: "/v1/goods/queryByStore",
    own: { storeId: sampleId, pageSize: "20", current: "1" },
  });
  expect(page).toEqual({
    products: [
      {
        productId: sampleId,
        name: "矿泉水",
        imageUrl: "http://images.sp.yunjichina.com.cn/goods/s.png",
        unitPriceFen: "150",
        actualPriceFen: "150",
        stock: 23,
      },
    ],
    total: 99,
  });
});

test("GET /v1/goods/queryByGuestSuppliesCode asks for the goods of one class", async () => {
  answerWith("goods"); // the document shows the same answer for both
  const page = await yunji.listGoodsByGuestSupply({
    guestSuppliesCode: 10001,
    current: 1,
    pageSize: 20,
    storeId: "other-hotel",
  });
  expect(onlyRequest()).toEqual({
    method: "GET",
    path: "/v1/goods/queryByGuestSuppliesCode",
    own: { storeId: "other-hotel", guestSuppliesCode: "10001", pageSize: "20", current: "1" },
  });
  expect(page.products).toHaveLength(1);
});

test("GET /v1/goods/group/list reads the document's groups", async () => {
  answerWith("goods-groups");
  const groups = await yunji.listGoodsGroups();
  expect(onlyRequest()).toEqual({ method: "GET", path: "/v1/goods/group/list", own: { storeId: sampleId } });
  expect(groups).toMatchObject([
    {
      groupId: sampleId,
      name: "饮品",
      imageUrl: "http://images.sp.yunjichina.com.cn/goods/s.png",
      lowestPriceFen: "0",
      sort: 1,
      products: [{ name: "矿泉水", actualPriceFen: "150" }],
    },
  ]);
});

test("GET /v1/goods/guestSuppliesList reads the document's classes under either name of the list", async () => {
  answerWith("guest-supplies");
  const list = await yunji.listGuestSupplies();
  expect(onlyRequest()).toEqual({ method: "GET", path: "/v1/goods/guestSuppliesList", own: {} });
  expect(list).toEqual({
    version: 20190828,
    supplies: [
      { code: 10001, category: { code: 1, name: "toiletries", text: "洗护用品" }, name: "沐浴露" },
      { code: 10002, category: { code: 1, name: "toiletries", text: "洗护用品" }, name: "洗发水" },
      { code: 20001, category: { code: 2, name: "daily_necessities", text: "生活用品" }, name: "免费水" },
    ],
  });
  server.answer(
    json(200, fixture("yunji/guest-supplies.json").replace("guestSuppliesList", "guestSuppliesCodeList")),
  );
  expect(await yunji.listGuestSupplies()).toEqual(list);
});

test("POST /v1/user/createUser sends the document's user and reads the identifier", async () => {
  answerWith("create-user");
  expect(await yunji.createUser({ uidKey: "0802" })).toBe(sampleId);
  expect(onlyRequest()).toEqual({
    method: "POST",
    path: "/v1/user/createUser",
    own: JSON.parse(fixture("yunji/create-user-request.json")),
  });
});

test("POST /v1/user/createUser is sent again when its answer is lost, for the same key is the same user", async () => {
  server.answer(inTurn(reset, json(200, fixture("yunji/create-user.json"))));
  const user = { uidKey: "0802", mobilePhone: "86-178398290238", userName: "张三" };
  expect(await yunji.createUser(user)).toBe(sampleId);
  const [first, second] = server.requests.map(receivedParameters);
  expect(first?.get("mobilePhone")).toBe("86-178398290238");
  expect(second?.get("userName")).toBe("张三");
  expect(second?.get("signatureNonce")).not.toBe(first?.get("signatureNonce"));
});

test("GET /v1/position/query reads the document's positions", async () => {
  answerWith("positions");
  expect(await yunji.listPositions()).toEqual([
    { name: "8291", type: { code: 0, name: "normal", text: "正常" } },
  ]);
  expect(onlyRequest()).toEqual({ method: "GET", path: "/v1/position/query", own: { type: "1" } });
});

test("POST /v1/task/estimatedTime asks for a task and reads its seconds", async () => {
  server.answer(json(200, { requestId: "r", data: 185 }));
  expect(await yunji.estimateTask({ taskId: "t1" })).toBe(185);
  expect(onlyRequest()).toEqual({
    method: "POST",
    path: "/v1/task/estimatedTime",
    own: { storeId: sampleId, taskId: "t1" },
  });
});

test("a number that the document does not list keeps its number and gets no name", async () => {
  const told = JSON.parse(fixture("yunji/order.json"));
  told.orderInfo.orderStatus = 4;
  told.orderInfo.orderTaskInfos[0].processStatus = 2;
  server.answer(json(200, told));
  const order = await yunji.getOrder("1");
  expect(order.status).toEqual({ code: 4, name: null, text: null });
  expect(order.tasks[0]?.status).toEqual({ code: 2, name: null, text: null });
});

test("an order whose answer is lost is not sent again", async () => {
  server.answer(reset);
  const failure = await failureOf(yunji.createOrder(documentedOrder));
  expect(failure.code).toBe("outcome_unknown");
  expect(failure.details.hint).toContain("list_robot_orders");
  expect(server.requests).toHaveLength(1);
});

test("every attempt of a read that is repeated has a nonce and a signature of its own", async () => {
  server.answer(
    inTurn(json(503, {}), json(503, {}), json(503, {}), json(200, fixture("yunji/positions.json"))),
  );
  await yunji.listPositions();
  const attempts = server.requests.map(receivedParameters);
  expect(attempts).toHaveLength(4);
  expect(new Set(attempts.map((attempt) => attempt.get("signatureNonce"))).size).toBe(4);
  for (const attempt of attempts)
    expect(attempt.get("signature")).toBe(documentedSignature(attempt, "testsecret"));
});

test("a time without an offset is told as UTC, which the document says it is", async () => {
  const bare = (name: Parameters<typeof fixture>[0]) => fixture(name).replaceAll(/(T\d\d:\d\d:\d\d)Z/g, "$1");
  server.answer((request, response) =>
    json(200, bare(request.method === "GET" ? "yunji/order.json" : "yunji/create-order.json"))(
      request,
      response,
    ),
  );
  const receipt = await yunji.createOrder(documentedOrder);
  const order = await yunji.getOrder("223445452233");
  const times = [receipt, ...receipt.tasks, order, ...order.tasks].map(({ createdAt }) => createdAt);
  expect(times).toEqual(times.map(() => "2019-10-01T12:00:18Z"));
});

test("an order refused for its timestamp alone is sent once more, by the vendor's clock", async () => {
  const ahead = new Date(Date.now() + 3_600_000);
  const expired = json(
    401,
    { requestId: "r", code: 10502, message: "请求时间戳已经过期" },
    { date: ahead.toUTCString() },
  );
  const made = json(200, fixture("yunji/create-order.json"), { date: ahead.toUTCString() });
  server.answer(inTurn(expired, made));
  expect((await yunji.createOrder(documentedOrder)).orderSn).toBe("223445452233");
  const [first, second] = server.requests.map(receivedParameters);
  expect(server.requests).toHaveLength(2);
  const moved = Date.parse(second?.get("timestamp") ?? "") - Date.parse(first?.get("timestamp") ?? "");
  expect(moved).toBeGreaterThan(3_500_000);
  expect(yunji.vendorNow() - Date.now()).toBeGreaterThan(3_500_000);
});

test("what the document forbids is refused before anything is sent, and named", async () => {
  const item = { productId: sampleId, quantity: 1 };
  const order = (changes: Partial<NewRobotOrder>) => yunji.createOrder({ ...documentedOrder, ...changes });
  const wrong: [Promise<unknown>, string][] = [
    [order({ items: [] }), "items"],
    [order({ items: [item, { ...item, quantity: 0 }] }), "items[1].quantity"],
    [order({ items: [{ ...item, quantity: 1.5 }] }), "items[0].quantity"],
    [order({ items: [{ ...item, productId: "" }] }), "items[0].product_id"],
    [order({ amountYuan: "-1" }), "amount"],
    [order({ amountYuan: "1e3" }), "amount"],
    [order({ recipientAddress: "08\n21" }), "recipient_address"],
    [order({ userId: " " }), "user_id"],
    [order({ storeId: "\ud800" }), "store_id"],
    [yunji.getOrder("9223372036854775808"), "order_sn"],
    [yunji.getOrder("0"), "order_sn"],
    [yunji.getOrder("1&userId=2"), "order_sn"],
    [yunji.cancelOrder("1", ""), "reason"],
    [yunji.createUser({ uidKey: "" }), "uid_key"],
    [yunji.listOrdersOfUser("\u0000"), "user_id"],
    [yunji.listGoods({ current: 1, pageSize: 101 }), "limit"],
    [yunji.estimateTask({ taskId: "" }), "task_id"],
  ];
  for (const [call, field] of wrong) {
    expect(await failureOf(call)).toMatchObject({ code: "invalid_input", details: { fields: [field] } });
  }
  expect(server.requests).toEqual([]);
});

test("text with every odd character reaches the vendor as it is, and is signed raw", async () => {
  answerWith("create-user");
  await yunji.createUser({ uidKey: "a b&c=d+e%20f?é中文😀" });
  expect(onlyRequest().own["uidKey"]).toBe("a b&c=d+e%20f?é中文😀");
  server.requests.length = 0;
  server.answer(json(200, { requestId: "r", orderInfoList: [] }));
  await yunji.listOrdersOfUser("a b&c=d+e%20f?é中文😀");
  expect(onlyRequest().own["userId"]).toBe("a b&c=d+e%20f?é中文😀");
});
