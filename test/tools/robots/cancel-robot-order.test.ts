import { expect, test } from "vitest";
import { cancelRobotOrder } from "../../../src/tools/robots/cancel-robot-order.ts";
import { createRobotOrder } from "../../../src/tools/robots/create-robot-order.ts";
import { good, openRobotDesk, waterFor } from "../../support/robot-desk.ts";

const cancel = "POST /v1/order/cancel";

async function deskWithOrder(settings?: Record<string, string>) {
  const desk = await openRobotDesk(settings);
  const { data } = await desk.call(createRobotOrder, waterFor("0801"));
  return { desk, args: { order_sn: String(data["order_sn"]), reason: "机器人送货失败" } };
}

const states = (desk: Awaited<ReturnType<typeof openRobotDesk>>) =>
  desk.orders().map((order) => Object(order).orderStatus);

test("the first call shows order and tasks and cancels nothing, the second with its confirmation cancels", async () => {
  const { desk, args } = await deskWithOrder({ WAYBILL_CONFIRM: "token" });
  const asked = await desk.call(cancelRobotOrder, args);
  expect(asked.data).toMatchObject({
    needs_confirmation: true,
    preview: {
      order: { order_sn: args.order_sn, recipient_address: "0801" },
      tasks_to_cancel: [expect.any(String)],
      tasks_under_way: [],
      tasks_over: [],
    },
  });
  expect(asked.text).toContain("Would be cancelled");
  expect(desk.asked(cancel)).toBe(0);

  const done = await desk.call(cancelRobotOrder, { ...args, confirmation: asked.data["confirmation"] });
  expect(done.data).toMatchObject({ order_sn: args.order_sn, cancelled: true });
  expect(desk.orders()).toMatchObject([{ orderStatus: 5, cancelReason: args.reason }]);
});

test("a robot that is on its way is told as that", async () => {
  const { desk, args } = await deskWithOrder({ WAYBILL_CONFIRM: "token" });
  desk.clock.advance(180);
  const { data, text } = await desk.call(cancelRobotOrder, args);
  expect(data["preview"]).toMatchObject({ tasks_to_cancel: [], tasks_under_way: [expect.any(String)] });
  expect(text).toMatch(/Under way, may still arrive: [0-9a-f]+ \(delivering\)/);
});

test("an order that is over is refused by the vendor and told as that", async () => {
  const { desk, args } = await deskWithOrder();
  desk.clock.advance(3_600);
  const failure = await desk.fail(cancelRobotOrder, args);
  expect(failure.code).toBe("rejected");
  expect(failure.details.hint).toContain("get_robot_order");
});

test("a stuck robot's order can be cancelled", async () => {
  const desk = await openRobotDesk();
  const { data } = await desk.call(createRobotOrder, {
    room: "1301",
    items: [{ product_id: good("矿泉水"), quantity: 2 }],
    amount: "5.00",
  });
  desk.clock.advance(1_800);
  await desk.call(cancelRobotOrder, { order_sn: String(data["order_sn"]), reason: "机器人送货失败" });
  expect(states(desk)[0]).toBeOneOf([5, 6, 7]);
});

test.each(["answer_lost", "error_500_after", "cut", "not_json", "wrong_shape"] as const)(
  "it is cancelled once when the answer is %s after the vendor has done it",
  async (kind) => {
    const { desk, args } = await deskWithOrder();
    desk.addFault(cancel, kind);
    const first = await desk.call(cancelRobotOrder, args);
    expect(first.data).toMatchObject({ cancelled: true });
    const second = await desk.call(cancelRobotOrder, args);
    expect(second.data).toMatchObject({ cancelled: true, repeated: true });
    expect([desk.asked(cancel), states(desk)]).toEqual([1, [5]]);
  },
);

test("an unknown order is not_found at the preview already", async () => {
  const desk = await openRobotDesk({ WAYBILL_CONFIRM: "token" });
  const failure = await desk.fail(cancelRobotOrder, { order_sn: "9223372036854775807", reason: "退款" });
  expect(failure.code).toBe("not_found");
  expect(desk.asked(cancel)).toBe(0);
});

test.each([["9223372036854775808"], ["0"], ["12a"], [1.5], [-1], [2 ** 53]])(
  "%s is no order number",
  async (order_sn) => {
    const desk = await openRobotDesk();
    const failure = await desk.fail(cancelRobotOrder, { order_sn, reason: "退款" });
    expect([failure.code, failure.details.fields]).toEqual(["invalid_input", ["order_sn"]]);
  },
);
