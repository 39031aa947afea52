import { expect, test } from "vitest";
import { createRobotOrder } from "../../../src/tools/robots/create-robot-order.ts";
import { createRobotUser } from "../../../src/tools/robots/create-robot-user.ts";
import { getRobotOrder } from "../../../src/tools/robots/get-robot-order.ts";
import { good, openRobotDesk, waterFor } from "../../support/robot-desk.ts";

const create = "POST /v1/order/createPoiOrder";
const ofUser = "GET /v1/order/queryByUserId";

test("a room alone makes the room's user and the order, and a repeat sends nothing", async () => {
  const desk = await openRobotDesk();
  const first = await desk.call(createRobotOrder, waterFor("0801"));
  expect(first.data["order_sn"]).toMatch(/^\d{10,19}$/);
  expect(first.data["tasks"]).toHaveLength(1);
  expect(desk.orders()).toMatchObject([{ orderSN: first.data["order_sn"], recipientAddress: "0801" }]);
  expect(desk.users()).toMatchObject([{ uidKey: "0801", userId: first.data["user_id"] }]);

  const positionsAsked = desk.asked("GET /v1/position/query");
  const second = await desk.call(createRobotOrder, { ...waterFor("0801"), amount: 5 });
  expect(second.data).toEqual({ ...first.data, repeated: true });
  expect(desk.asked(create)).toBe(1);
  expect(desk.asked("GET /v1/position/query")).toBe(positionsAsked);
});

test("a room given as recipient_address is the same order, and its user the same user", async () => {
  const desk = await openRobotDesk();
  const { room, ...rest } = waterFor("0802");
  const first = await desk.call(createRobotOrder, { ...rest, room });
  const second = await desk.call(createRobotOrder, { ...rest, recipient_address: room });
  expect(second.data).toMatchObject({ order_sn: first.data["order_sn"], repeated: true });
  const user = await desk.call(createRobotUser, { uid_key: "0802" });
  expect(user.data["user_id"]).toBe(first.data["user_id"]);
});

test("a user's order goes to the room it names, with its recipient", async () => {
  const desk = await openRobotDesk();
  const user = await desk.call(createRobotUser, { uid_key: "86-16612561256", user_name: "张三" });
  const { room, ...rest } = waterFor("0805");
  const made = await desk.call(createRobotOrder, {
    ...rest,
    user_id: user.data["user_id"],
    recipient_address: room,
    recipient_phone: "16612561256",
    recipient_name: "张三",
  });
  expect(made.data["user_id"]).toBe(user.data["user_id"]);
  expect(desk.users()).toHaveLength(1);
  const order = await desk.call(getRobotOrder, { order_sn: made.data["order_sn"] });
  expect(order.data).toMatchObject({
    recipient_address: "0805",
    recipient_phone: "16612561256",
    recipient_name: "张三",
    amount_yuan: "5.00",
    items: [{ product_id: good("矿泉水"), quantity: 2, unit_price_fen: "250" }],
  });
});

test.each([
  ["room", "０８０１", "0801"],
  ["room", "801", "0801"],
  ["recipient_address", "0899", "0809"],
])(
  "an unknown room in %s (%s) is refused with the closest before anything is ordered",
  async (field, wrong, right) => {
    const desk = await openRobotDesk();
    const { room: _, ...rest } = waterFor("");
    const failure = await desk.fail(createRobotOrder, { ...rest, [field]: wrong });
    expect(failure.code).toBe("invalid_input");
    expect(failure.details.fields).toEqual([field]);
    expect(failure.details.hint).toContain(`「${right}」`);
    expect([desk.asked(create), desk.asked("POST /v1/user/createUser")]).toEqual([0, 0]);
  },
);

test("a charger or an elevator is no room", async () => {
  const desk = await openRobotDesk();
  const failure = await desk.fail(createRobotOrder, waterFor("充电桩1"));
  expect(failure.message).toContain("but no room");
  expect(desk.asked(create)).toBe(0);
});

test("no room, or two that differ, is refused", async () => {
  const desk = await openRobotDesk();
  const { room: _, ...rest } = waterFor("");
  for (const args of [
    rest,
    { ...rest, user_id: "u1" },
    { ...rest, room: "0801", recipient_address: "0802" },
  ]) {
    const failure = await desk.fail(createRobotOrder, args);
    expect([failure.code, failure.details.fields]).toEqual(["invalid_input", ["recipient_address", "room"]]);
  }
  expect(desk.asked("GET /v1/position/query")).toBe(0);
});

test("a short stock is told as that, and the corrected order goes through", async () => {
  const desk = await openRobotDesk();
  const cookies = (quantity: number, amount: string) => ({
    room: "0801",
    items: [{ product_id: good("限量曲奇(仅剩3盒)"), quantity }],
    amount,
  });
  const failure = await desk.fail(createRobotOrder, cookies(4, "144.00"));
  expect([failure.code, failure.details.vendorCode, failure.details.fields]).toEqual([
    "rejected",
    "11003",
    ["items"],
  ]);
  await desk.call(createRobotOrder, cookies(3, "108.00"));
  expect(desk.orders()).toHaveLength(1);
});

test.each(["answer_lost", "error_500_after", "cut", "not_json", "wrong_shape"] as const)(
  "there is one order when the answer is %s after the vendor has made it",
  async (kind) => {
    const desk = await openRobotDesk();
    desk.addFault(create, kind);
    const first = await desk.call(createRobotOrder, waterFor("0801"));
    expect(desk.orders()).toMatchObject([{ orderSN: first.data["order_sn"] }]);
    const second = await desk.call(createRobotOrder, waterFor("0801"));
    expect(second.data).toMatchObject({ order_sn: first.data["order_sn"], repeated: true });
    expect(desk.asked(create)).toBe(1);
  },
);

test("an order that never arrived is sent by the next call, once", async () => {
  const desk = await openRobotDesk();
  desk.addFault(create, "error_500_before");
  const failure = await desk.fail(createRobotOrder, waterFor("0801"));
  expect(failure).toMatchObject({ code: "unavailable", details: { vendorCode: "10501" } });
  expect(desk.orders()).toEqual([]);
  await desk.call(createRobotOrder, waterFor("0801"));
  expect(desk.orders()).toHaveLength(1);
});

test("when neither the answer nor a look is to be had, nothing is sent again till it can be told", async () => {
  const desk = await openRobotDesk();
  desk.addFault(create, "answer_lost");
  desk.addFault(ofUser, "html", 4);
  const failure = await desk.fail(createRobotOrder, waterFor("0801"));
  expect(failure.code).toBe("outcome_unknown");
  expect(failure.details.hint).toContain("list_robot_orders");
  const settled = await desk.call(createRobotOrder, waterFor("0801"));
  expect(settled.data).toMatchObject({ order_sn: expect.any(String), repeated: true });
  expect([desk.asked(create), desk.orders().length]).toEqual([1, 1]);
});

test("a second order on purpose is never taken for the lost first one, nor the other way round", async () => {
  const desk = await openRobotDesk();
  const named = (request_id: string) => ({ ...waterFor("0801"), request_id });
  const first = await desk.call(createRobotOrder, named("one"));
  desk.addFault(create, "answer_lost");
  const second = await desk.call(createRobotOrder, named("two"));
  expect(second.data["order_sn"]).not.toBe(first.data["order_sn"]);
  expect(desk.orders()).toHaveLength(2);
});

test("what fails before the order is sent leaves no doubt: nothing was ordered", async () => {
  const desk = await openRobotDesk();
  desk.addFault("GET /v1/position/query", "html", 4);
  const failure = await desk.fail(createRobotOrder, waterFor("0801"));
  expect(failure.code).toBe("unavailable");
  expect(desk.asked(ofUser)).toBe(0);
  const made = await desk.call(createRobotOrder, waterFor("0801"));
  expect(made.data["repeated"]).toBeUndefined();
});

test("a lost answer about the room's user is not told as a doubt about the order", async () => {
  const desk = await openRobotDesk();
  desk.addFault("POST /v1/user/createUser", "wrong_shape");
  const failure = await desk.fail(createRobotOrder, waterFor("0801"));
  expect([failure.code, failure.message]).toEqual([
    "unavailable",
    "Yunji did not tell the user of this room, so nothing was ordered.",
  ]);
  expect(desk.asked(create)).toBe(0);
});

test("an order is made by a vendor whose clock is an hour off, and found when its answer is lost", async () => {
  const desk = await openRobotDesk();
  desk.clock.advance(3_600);
  desk.addFault(create, "answer_lost");
  const made = await desk.call(createRobotOrder, waterFor("0801"));
  expect(desk.orders()).toMatchObject([{ orderSN: made.data["order_sn"] }]);
});

test.each([
  [{ items: [] }, "items"],
  [{ items: [{ product_id: "p1", quantity: 0 }] }, "items[0].quantity"],
  [{ items: [{ product_id: "p1", quantity: 1.5 }] }, "items[0].quantity"],
  [{ items: [{ product_id: "p1", quantity: 1, price: 3 }] }, "items[0].price"],
  [{ amount: -5 }, "amount"],
  [{ amount: "5.001" }, "amount"],
  [{ room: "08\u000001" }, "room"],
  [{ recipient_phone: " " }, "recipient_phone"],
])("arguments %j are refused by name before anything is sent", async (wrong, field) => {
  const desk = await openRobotDesk();
  const failure = await desk.fail(createRobotOrder, { ...waterFor("0801"), ...wrong });
  expect([failure.code, failure.details.fields]).toEqual(["invalid_input", [field]]);
  expect(desk.asked("GET /v1/position/query")).toBe(0);
});

test("a room of another hotel than the configured one is left to the vendor, and the answer says so", async () => {
  const desk = await openRobotDesk({ YUNJI_STORE_ID: "another-hotel" });
  const made = await desk.call(createRobotOrder, { ...waterFor("0801"), store_id: desk.storeId });
  expect(made.data["room_unchecked"]).toBe(true);
  expect(made.text).toContain("was not looked up");
  expect(desk.asked("GET /v1/position/query")).toBe(0);
  const failure = await desk.fail(createRobotOrder, { ...waterFor("nowhere"), store_id: desk.storeId });
  expect([failure.code, failure.details.vendorCode]).toEqual(["invalid_input", "12001"]);
  expect(desk.orders()).toHaveLength(1);
});

test.each([
  ["500", "fen taken for yuan"],
  ["50.00", "ten times the price"],
  ["0.49", "less than a tenth of it"],
])("an amount of %s for goods of 5.00 yuan is refused as %s, and nothing is ordered", async (amount) => {
  const desk = await openRobotDesk();
  const failure = await desk.fail(createRobotOrder, { ...waterFor("0801"), amount });
  expect([failure.code, failure.details.fields]).toEqual(["invalid_input", ["amount"]]);
  expect(failure.message).toContain("5.00 yuan");
  expect(failure.details.hint).toContain("2 × 「矿泉水」 2.50");
  expect([desk.asked(create), desk.asked("POST /v1/user/createUser")]).toEqual([0, 0]);
  const made = await desk.call(createRobotOrder, waterFor("0801"));
  expect(made.data["repeated"]).toBeUndefined();
  expect(made.text).toContain("5.00 yuan");
});

test.each(["4.00", "12.50", "49.99"])(
  "an amount of %s for goods of 5.00 yuan is the hotel's to judge",
  async (amount) => {
    const desk = await openRobotDesk();
    await desk.call(createRobotOrder, { ...waterFor("0801"), amount });
    expect(desk.asked(create)).toBe(1);
  },
);

test("an order goes without its goods' prices where they can't be read", async () => {
  const desk = await openRobotDesk();
  desk.addFault("GET /v1/goods/queryByStore", "html", 4);
  await desk.call(createRobotOrder, waterFor("0801"));
  expect(desk.orders()).toHaveLength(1);
});
