import fc from "fast-check";
import { expect, test } from "vitest";
import { createShop } from "./direct-shop.ts";

/** Something that someone does to one of the newest orders; `amountFen` is what a refund asks for. */
const action = fc.record({
  step: fc.constantFrom(
    ...["order", "wechat", "alipay", "balance", "wait", "accept", "cooking", "complete", "cancel", "refund"],
    ...["assign", "taskAccept", "pickup", "deliver"],
  ),
  which: fc.nat(2),
  amountFen: fc.integer({ min: 1, max: 9000 }),
});

type Shop = ReturnType<typeof createShop>;

async function act(
  { clock, ask, held }: Shop,
  { step, which, amountFen }: { step: string; which: number; amountFen: number },
) {
  const { orders, dishes, merchants, drivers, deliveryTasks } = held();
  const order = orders.at(-1 - which);
  const task = deliveryTasks.find(({ orderId }: { orderId: string }) => orderId === order.id);
  const dish = dishes.find(({ name }: { name: string }) => name === "宫保鸡丁");
  const [{ id: merchantId, stores }] = merchants;
  const amount = (order.dishFen + order.deliveryFeeFen + order.packageFeeFen - order.discountFen) / 100;
  const actions: Record<string, () => unknown> = {
    order: () =>
      ask("POST /api/v1/orders", "", {
        merchantId,
        storeId: stores[0].id,
        items: [{ dishId: dish.id, quantity: 20 + which, price: dish.priceFen / 100 }],
        deliveryAddress: {
          contactName: "张三",
          contactPhone: "13800138000",
          address: "路1号",
          latitude: 23,
          longitude: 113,
        },
      }),
    wait: () => clock.advance(5),
    accept: () => ask("POST /api/v1/orders/{id}/accept", order.id, { estimatedTime: 30 }),
    cooking: () => ask("POST /api/v1/orders/{id}/cooking", order.id),
    complete: () => ask("POST /api/v1/orders/{id}/complete", order.id),
    cancel: () =>
      ask("POST /api/v1/orders/{id}/cancel", order.id, { reason: "用户取消", cancelBy: "customer" }),
    refund: () =>
      ask("POST /api/v1/refunds", "", { orderId: order.id, amount: amountFen / 100, reason: "少了一份" }),
    assign: () => ask("POST /api/v1/delivery-tasks/{id}/assign", task?.id, { driverId: drivers[0].id }),
    taskAccept: () => ask("POST /api/v1/delivery-tasks/{id}/accept", task?.id),
    pickup: () => ask("POST /api/v1/delivery-tasks/{id}/pickup", task?.id),
    deliver: () =>
      ask("POST /api/v1/delivery-tasks/{id}/deliver", task?.id, {
        deliveryCode: task?.deliveryCode ?? "000000",
      }),
  };
  const pay = () => ask("POST /api/v1/payments", "", { orderId: order.id, paymentMethod: step, amount });
  await (actions[step] ?? pay)();
}

type Books = ReturnType<Shop["held"]>;

type HeldOrder = {
  id: string;
  state: string;
  paidAt: number | null;
  lines: { dishId: string; specId: string | null; quantity: number }[];
  timeline: { status: string; time: number }[];
};

/** Paid once or never, and never more paid back than was paid. */
function checkMoney({ id, paidAt }: HeldOrder, { payments, refunds }: Books) {
  const isOfOrder = ({ orderId }: { orderId: string }) => orderId === id;
  const paid = payments.filter(isOfOrder).filter(({ status }: { status: number }) => status === 2);
  expect(paid).toHaveLength(paidAt === null ? 0 : 1);
  const sum = (entries: { amountFen: number }[]) =>
    entries.reduce((total, { amountFen }) => total + amountFen, 0);
  expect(sum(refunds.filter(isOfOrder))).toBeLessThanOrEqual(sum(paid));
}

const way = ["created", "paid", "accepted", "cooking", "completed"];

/** Each state once, in the document's order, cancelled at the end alone; time does not run backwards. */
function checkTimeline({ state, timeline }: HeldOrder) {
  const states = timeline
    .map(({ status }) => status)
    .filter((status) => [...way, "cancelled"].includes(status));
  expect(states.at(-1)).toBe(state);
  const walked = state === "cancelled" ? states.slice(0, -1) : states;
  expect(walked).toEqual(way.slice(0, walked.length));
  const times = timeline.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
}

/** A task ends with its order. */
function checkDelivery({ id, state }: HeldOrder, { deliveryTasks }: Books) {
  const task = deliveryTasks.find(({ orderId }: { orderId: string }) => orderId === id);
  const hasEnded = state === "completed" || state === "cancelled";
  if (task) expect(["delivered", "cancelled"].includes(task.state)).toBe(hasEnded);
  expect(task !== undefined || ["created", "paid", "cancelled"].includes(state)).toBe(true);
}

/** What is on the shelf and in orders that were not cancelled, of each dish and spec. */
function countGoods({ dishes, orders }: Books): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count);
  for (const { id, stock, specs } of dishes) {
    for (const shelf of [{ id, stock }, ...specs]) {
      expect(shelf.stock).toBeGreaterThanOrEqual(0);
      add(shelf.id, shelf.stock);
    }
  }
  for (const { lines } of orders.filter(({ state }: HeldOrder) => state !== "cancelled")) {
    for (const { dishId, specId, quantity } of lines) add(specId ?? dishId, quantity);
  }
  return counts;
}

test("whatever is done in whatever order, money, stock and states stay in step", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (steps) => {
      const shop = createShop();
      await shop.signIn();
      const before = shop.held();
      for (const step of steps) await act(shop, step);
      const after = shop.held();
      expect(countGoods(after)).toEqual(countGoods(before));
      for (const order of after.orders) {
        checkMoney(order, after);
        checkTimeline(order);
        checkDelivery(order, after);
      }
    }),
    { numRuns: 60 },
  );
});
