import { describe, expect, test, vi } from "vitest";
import { callbackReceiver } from "../callback-receiver.ts";
import {
  cancel,
  lookUp,
  type OrderDraft,
  order,
  ordered,
  runningHotel,
  startedAt,
  stockOf,
  storeOf,
} from "./running-hotel.ts";

const hotel = runningHotel();
const receiver = callbackReceiver();

/** What an order shows each time anything about it changes, within so many simulated seconds. */
async function watch(draft: OrderDraft, seconds: number): Promise<string[]> {
  const sn = await ordered(hotel(), draft);
  const seen: string[] = [];
  for (let passed = 0; passed <= seconds; passed += 15) {
    const { orderStatus, orderTaskInfos } = await lookUp(hotel(), sn);
    const states = orderTaskInfos.map(({ processStatus }: { processStatus: number }) => processStatus);
    const now = `${orderStatus}:${states.join(",")}`;
    if (now !== seen.at(-1)) seen.push(now);
    hotel().clock.advance(15);
  }
  return seen;
}

/** The kinds that were pushed, once that many have arrived, by their own time. */
async function pushes(count: number) {
  await vi.waitFor(() => expect(receiver().received).toHaveLength(count));
  return receiver()
    .received.map(({ path, fields }) => ({ kind: path.split("/")[3], fields }))
    .sort((a, b) => Number(a.fields["createTime"]) - Number(b.fields["createTime"]));
}

const kinds = async (count: number) => (await pushes(count)).map(({ kind }) => kind);

describe("a delivery", () => {
  test("waits, sets out, arrives and is taken", async () => {
    hotel().callbacks.setBaseUrl(receiver().url);
    expect(await watch({ room: "0801" }, 900)).toEqual(["1:0", "2:1", "2:5", "3:6"]);
    expect(await kinds(2)).toEqual(["arrived", "completed"]);
  });

  test("from the container is told when it is dispensed", async () => {
    hotel().callbacks.setBaseUrl(receiver().url);
    expect(await watch({ goods: { 充电线: 1 }, amount: 39 }, 900)).toEqual(["1:0", "2:1", "2:5", "3:6"]);
    expect(await kinds(3)).toEqual(["dispensed", "arrived", "completed"]);
  });

  test("by staff is not told to arrive", async () => {
    hotel().callbacks.setBaseUrl(receiver().url);
    const draft = { goods: { "婴儿床(工作人员送)": 1 }, amount: 0 };
    expect(await watch(draft, 900)).toEqual(["1:0", "2:1", "3:6"]);
    expect(await kinds(1)).toEqual(["completed"]);
  });

  test("of a service is none, and over soon", async () => {
    expect(await watch({ goods: { "延迟退房券(无需派送)": 1 }, amount: 88 }, 60)).toEqual(["1:0", "3:6"]);
  });

  test("of several tasks is received with the last of them", async () => {
    const seen = await watch({ goods: { 矿泉水: 1, "延迟退房券(无需派送)": 1 }, amount: 90.5 }, 900);
    expect(seen.at(0)).toBe("1:0,0");
    expect(seen.at(1)).toBe("2:0,6");
    expect(seen.at(-1)).toBe("3:6,6");
  });

  test("to the desk goes well", async () => {
    expect((await watch({ room: "前台" }, 900)).at(-1)).toBe("3:6");
  });
});

describe("what goes wrong", () => {
  test("on floor 13 stays wrong until the order is cancelled", async () => {
    hotel().callbacks.setBaseUrl(receiver().url);
    expect(await watch({ room: "1306" }, 3600)).toEqual(["1:0", "2:1", "2:7"]);
    expect(await kinds(1)).toEqual(["task-exception"]);
    const [held] = hotel().holdings()["orders"] as { orderSN: string }[];
    const sn = BigInt(held?.orderSN ?? 0);
    const before = await stockOf(hotel(), "矿泉水");
    expect((await cancel(hotel(), sn)).body.message).toBe("SUCCESS");
    expect(await lookUp(hotel(), sn)).toMatchObject({
      orderStatus: 5,
      orderTaskInfos: [{ processStatus: 3 }],
    });
    expect(await stockOf(hotel(), "矿泉水")).toBe(before + 1);
    expect((await watch({ room: "0801" }, 900)).at(-1)).toBe("3:6");
  });

  test("on floor 12 comes right by itself", async () => {
    hotel().callbacks.setBaseUrl(receiver().url);
    expect(await watch({ room: "1201" }, 1800)).toEqual(["1:0", "2:1", "2:7", "2:1", "2:5", "3:6"]);
    expect(await kinds(3)).toEqual(["task-exception", "arrived", "completed"]);
  });

  test("on floor 11 is a guest who does not come", async () => {
    hotel().callbacks.setBaseUrl(receiver().url);
    expect(await watch({ room: "1101" }, 1800)).toEqual(["1:0", "2:1", "2:5", "2:4"]);
    expect(await kinds(2)).toEqual(["arrived", "task-exception"]);
  });

  test("with goods that jam the container fails", async () => {
    hotel().callbacks.setBaseUrl(receiver().url);
    const draft = { goods: { "盲盒(货柜易卡货)": 1 }, amount: 59 };
    expect(await watch(draft, 900)).toEqual(["1:0", "2:1", "2:8"]);
    const told = await pushes(2);
    expect(told.map(({ kind }) => kind)).toEqual(["dispensed", "task-exception"]);
    expect(told[1]?.fields).toMatchObject({ errorCode: "1290", errorMsg: "出货失败" });
  });
});

test("a push has the fields of the document, with the order's number to its last digit", async () => {
  hotel().callbacks.setBaseUrl(receiver().url);
  const { body } = await order(hotel(), { room: "1301" });
  hotel().clock.advance(900);
  const [push] = await pushes(1);
  expect(push?.fields).toEqual({
    storeId: storeOf(hotel()),
    orderSN: String(body.orderInfo.orderSN),
    taskId: body.orderInfo.orderTaskInfos[0].orderTaskId,
    errorCode: expect.stringMatching(/^\d+$/),
    errorMsg: "机器人乘梯失败",
    createTime: expect.stringMatching(/^\d{13}$/),
  });
  const pushedAt = Number(push?.fields["createTime"]);
  expect(pushedAt).toBeGreaterThan(startedAt);
  expect(pushedAt).toBeLessThan(hotel().clock.now());
});

test("a delivery that was cancelled on its way tells nothing more", async () => {
  hotel().callbacks.setBaseUrl(receiver().url);
  const sn = await ordered(hotel(), { goods: { 充电线: 1 }, amount: 39 });
  hotel().clock.advance(160);
  expect((await lookUp(hotel(), sn)).orderTaskInfos[0].processStatus).toBe(1);
  await cancel(hotel(), sn);
  hotel().clock.advance(3600);
  await ordered(hotel(), { goods: { "婴儿床(工作人员送)": 1 }, amount: 0 });
  hotel().clock.advance(3600);
  expect(await kinds(2)).toEqual(["dispensed", "completed"]);
});
