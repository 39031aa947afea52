import { expect, test } from "vitest";
import { estimateTokens } from "../../../src/tools/answer-size.ts";
import { createRobotOrder } from "../../../src/tools/robots/create-robot-order.ts";
import { createRobotUser } from "../../../src/tools/robots/create-robot-user.ts";
import { estimateRobotTask } from "../../../src/tools/robots/estimate-robot-task.ts";
import { getRobotOrder } from "../../../src/tools/robots/get-robot-order.ts";
import { listGuestSupplies } from "../../../src/tools/robots/list-guest-supplies.ts";
import { listRobotGoods } from "../../../src/tools/robots/list-robot-goods.ts";
import { listRobotGoodsGroups } from "../../../src/tools/robots/list-robot-goods-groups.ts";
import { listRobotOrders } from "../../../src/tools/robots/list-robot-orders.ts";
import { listRobotPositions } from "../../../src/tools/robots/list-robot-positions.ts";
import type { Tool } from "../../../src/tools/tool.ts";
import { good, openRobotDesk, waterFor } from "../../support/robot-desk.ts";

type Desk = Awaited<ReturnType<typeof openRobotDesk>>;

/** A whole list, page by page; every answer must be of a size that an answer may have. */
async function readAll(desk: Desk, tool: Tool, noun: string, args: Record<string, unknown> = {}) {
  const entries: unknown[] = [];
  let total: unknown;
  let cursor: unknown;
  do {
    const { data, text } = await desk.call(tool, { ...args, ...(cursor !== undefined && { cursor }) });
    expect(estimateTokens(JSON.stringify(data) + text)).toBeLessThan(10_000);
    const page = data[noun];
    if (!Array.isArray(page)) throw new Error(`no ${noun}`);
    entries.push(...page);
    total = data["total"];
    cursor = data["next_cursor"];
  } while (cursor !== undefined);
  expect(entries).toHaveLength(Number(total));
  return entries;
}

const idsOf = (entries: unknown[], name: string) => entries.map((entry) => Object(entry)[name]);

test.each([[7], [undefined], [10_000]])("all goods come, each once, at a limit of %s", async (limit) => {
  const desk = await openRobotDesk();
  const goods = await readAll(desk, listRobotGoods, "goods", limit === undefined ? {} : { limit });
  const ids = idsOf(goods, "product_id");
  expect(ids.length).toBeGreaterThan(100);
  expect(new Set(ids).size).toBe(ids.length);
  expect(goods.find((each) => Object(each).product_id === good("冰美式(会员价)"))).toMatchObject({
    name: "冰美式(会员价)",
    unit_price_fen: "1800",
    actual_price_fen: "1500",
    price_yuan: "15.00",
    stock: expect.any(Number),
  });
});

test("goods of one class of guest supplies are those of its code", async () => {
  const desk = await openRobotDesk();
  const goods = await readAll(desk, listRobotGoods, "goods", { guest_supplies_code: 10001 });
  expect(new Set(idsOf(goods, "product_id"))).toEqual(new Set([good("沐浴露小瓶"), good("沐浴露补充装")]));
});

test("a keyword is looked for in all goods, whatever page they are on", async () => {
  const desk = await openRobotDesk();
  const found = await readAll(desk, listRobotGoods, "goods", { keyword: "水", limit: 1 });
  const named = (await readAll(desk, listRobotGoods, "goods")).filter((each) =>
    String(Object(each).name).includes("水"),
  );
  expect(named.length).toBeGreaterThan(1);
  expect(found).toEqual(named);
  const { data, text } = await desk.call(listRobotGoods, { keyword: "没有这种商品" });
  expect(data).toEqual({ goods: [], total: 0 });
  expect(text).not.toContain("Only the first");
});

test("groups come with their goods", async () => {
  const desk = await openRobotDesk();
  const groups = await readAll(desk, listRobotGoodsGroups, "groups");
  const drinks = groups.find((group) => Object(group).name === "饮品");
  expect(idsOf(Object(drinks).goods, "product_id")).toContain(good("矿泉水"));
});

test("classes of guest supplies are the same under both names of the vendor's list", async () => {
  const desk = await openRobotDesk();
  const first = await readAll(desk, listGuestSupplies, "supplies");
  expect(await readAll(desk, listGuestSupplies, "supplies")).toEqual(first);
  expect(first).toContainEqual({
    code: 30001,
    category: { code: 3, name: "medical_care", text: "医护用品" },
    name: "口罩",
  });
});

test("positions tell rooms from chargers and elevators", async () => {
  const desk = await openRobotDesk();
  const positions = await readAll(desk, listRobotPositions, "positions", { limit: 50 });
  expect(positions).toContainEqual({ name: "0801", type: { code: 0, name: "normal", text: "正常" } });
  expect(positions).toContainEqual({ name: "充电桩1", type: { code: 1, name: "charger", text: "充电桩" } });
  expect(positions).toContainEqual({ name: "1号电梯", type: { code: 2, name: "elevator", text: "电梯" } });
});

test("an order can be followed to the door: its number, its tasks and their estimate", async () => {
  const desk = await openRobotDesk();
  const made = await desk.call(createRobotOrder, waterFor("0801"));
  const order_sn = made.data["order_sn"];
  const [task] = Array.isArray(made.data["tasks"]) ? made.data["tasks"] : [];
  const estimate = await desk.call(estimateRobotTask, { task_id: task.task_id });
  expect(Number(estimate.data["estimated_seconds"])).toBeGreaterThan(60);
  const before = await desk.call(getRobotOrder, { order_sn });
  expect(before.data).toMatchObject({
    order_sn,
    tasks: [{ status: { code: 0, name: "queued", text: "排队中" } }],
  });
  desk.clock.advance(3_600);
  const after = await desk.call(getRobotOrder, { order_sn });
  expect(after.data).toMatchObject({
    status: { code: 3, name: "received", text: "已收货" },
    tasks: [{ task_id: task.task_id, status: { code: 6, name: "picked_up", text: "已取货" } }],
  });
});

test("a robot that is stuck is named by its user's orders, and its task has no estimate", async () => {
  const desk = await openRobotDesk();
  const made = await desk.call(createRobotOrder, waterFor("1301"));
  const before = await desk.call(listRobotOrders, { user_id: made.data["user_id"] });
  expect(before.text).toContain("Its task: queued.");
  desk.clock.advance(3_600);
  const { text } = await desk.call(listRobotOrders, { user_id: made.data["user_id"] });
  expect(text).toContain("Its task: exception.");
  const [task] = Array.isArray(made.data["tasks"]) ? made.data["tasks"] : [];
  const failure = await desk.fail(estimateRobotTask, { task_id: task.task_id });
  expect(failure.details.hint).toContain("exception has no estimate");
});

test("a user's orders come page by page, as the order itself has them", async () => {
  const desk = await openRobotDesk();
  const made = [];
  for (const request_id of ["a", "b", "c"])
    made.push(await desk.call(createRobotOrder, { ...waterFor("0801"), request_id }));
  const user_id = made[0]?.data["user_id"];
  const orders = await readAll(desk, listRobotOrders, "orders", { user_id, limit: 2 });
  expect(new Set(idsOf(orders, "order_sn"))).toEqual(new Set(made.map(({ data }) => data["order_sn"])));
  const empty = await desk.call(createRobotUser, { uid_key: "0802" });
  expect(await readAll(desk, listRobotOrders, "orders", { user_id: empty.data["user_id"] })).toEqual([]);
});

test("the same uid_key is the same user, whatever is lost in between", async () => {
  const desk = await openRobotDesk();
  desk.addFault("POST /v1/user/createUser", "answer_lost", 2);
  const first = await desk.call(createRobotUser, { uid_key: "0802", request_id: "one" });
  const second = await desk.call(createRobotUser, { uid_key: "0802", request_id: "two" });
  expect(second.data["user_id"]).toBe(first.data["user_id"]);
  expect(desk.users()).toHaveLength(1);
});

test("a user whose every answer was lost is asked for again by the same call", async () => {
  const desk = await openRobotDesk();
  desk.addFault("POST /v1/user/createUser", "answer_lost", 4);
  expect((await desk.fail(createRobotUser, { uid_key: "0802" })).code).toBe("outcome_unknown");
  await desk.call(createRobotUser, { uid_key: "0802" });
  expect(desk.users()).toHaveLength(1);
});

test("an unknown order and another hotel are told as what they are", async () => {
  const desk = await openRobotDesk();
  expect((await desk.fail(getRobotOrder, { order_sn: "9223372036854775807" })).code).toBe("not_found");
  expect((await desk.fail(listRobotGoods, { store_id: "another-hotel" })).code).toBe("forbidden");
  expect((await desk.fail(estimateRobotTask, { task_id: "t1" })).code).toBe("not_found");
});
