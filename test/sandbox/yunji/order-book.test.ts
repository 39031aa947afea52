import fc from "fast-check";
import { expect, test } from "vitest";
import { createClock } from "../../../src/sandbox/clock.ts";
import { taskStatuses } from "../../../src/sandbox/yunji/delivery-script.ts";
import { orderStatus } from "../../../src/sandbox/yunji/order.ts";
import { createOrderBook } from "../../../src/sandbox/yunji/order-book.ts";
import { createShop } from "../../../src/sandbox/yunji/shop.ts";
import { good, startedAt } from "./running-hotel.ts";

/** Which state of an order may follow which. */
const successors: Record<number, number[]> = {
  1: [1, 2, 3, 5],
  2: [2, 3, 5, 8],
  3: [3],
  5: [5, 6, 7],
  6: [6, 7],
  7: [7],
  8: [8],
};

const goods = [
  "矿泉水",
  "充电线",
  "盲盒(货柜易卡货)",
  "婴儿床(工作人员送)",
  "延迟退房券(无需派送)",
  "限量曲奇(仅剩3盒)",
];
const rooms = ["0801", "1101", "1201", "1301", "前台"];

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("order" as const),
      goods: fc.uniqueArray(fc.constantFrom(...goods), { minLength: 1, maxLength: 3 }),
      quantity: fc.integer({ min: 1, max: 4 }),
      room: fc.constantFrom(...rooms),
      amountFen: fc.constantFrom(0n, 100_000n),
    }),
    fc.record({ do: fc.constant("cancel" as const), which: fc.nat(5) }),
    fc.record({ do: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 4000 }) }),
  ),
  { maxLength: 25 },
);

type Ordering = Extract<typeof steps extends fc.Arbitrary<(infer Step)[]> ? Step : never, { do: "order" }>;

function openHotel() {
  const clock = createClock({ now: () => startedAt, timeScale: 0 });
  const shop = createShop(1);
  const book = createOrderBook({ clock, seed: 1, shop, push: () => undefined });
  return { clock, shop, book };
}

type Hotel = ReturnType<typeof openHotel>;

test("every good is in stock, on its way or delivered, and orders move as their states allow", () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const hotel = openHotel();
      const before = accounted(hotel);
      const statuses = new Map<bigint, number>();
      for (const step of sequence) {
        if (step.do === "wait") hotel.clock.advance(step.seconds);
        if (step.do === "order") place(hotel, step);
        const cancelled = step.do === "cancel" ? hotel.book.list()[step.which] : undefined;
        if (cancelled) hotel.book.cancel(cancelled, "test");
        expect(accounted(hotel)).toEqual(before);
        for (const order of hotel.book.list()) {
          expect(successors[statuses.get(order.orderSn) ?? 1]).toContain(orderStatus(order));
          statuses.set(order.orderSn, orderStatus(order));
        }
      }
    }),
    { numRuns: 60 },
  );
});

function place({ clock, shop, book }: Hotel, { goods: names, quantity, room, amountFen }: Ordering): void {
  const wanted = names.map((name) => ({ productId: good(name), quantity }));
  const checked = shop.check({ wanted, amountFen, at: clock.now() });
  if ("error" in checked) return;
  const guest = { userId: "user", storeId: "store", recipientPhone: null, recipientName: null };
  book.create({ ...guest, lines: checked.lines, amountFen, recipientAddress: room });
}

/** Of each good what is in stock and what orders have that were not cancelled. */
function accounted({ shop, book }: Hotel): number[] {
  const kept = book
    .list()
    .flatMap(({ tasks }) => tasks)
    .filter(({ status }) => status !== taskStatuses.cancelled)
    .flatMap(({ lines }) => lines);
  const all = shop.groups.flatMap((group) => group.goods);
  return all.map((one) => {
    const ordered = kept.filter((line) => line.good === one);
    return ordered.reduce((sum, { quantity }) => sum + quantity, shop.stockOf(one));
  });
}
