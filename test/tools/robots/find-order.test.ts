import { expect, test } from "vitest";
import type { RobotOrder } from "../../../src/domain/robot.ts";
import { findOrder } from "../../../src/tools/robots/find-order.ts";

const sentAt = Date.parse("2026-11-22T08:00:00Z");

const sought = {
  order: {
    items: [
      { productId: "water", quantity: 2 },
      { productId: "nuts", quantity: 1 },
    ],
    amountYuan: "17.80",
    recipientAddress: "0801",
    recipientPhone: "16612561256",
  },
  sentAt: { ours: sentAt, vendors: sentAt },
  taken: new Set<string>(),
};

const item = (productId: string, quantity: number): RobotOrder["items"][number] => ({
  productId,
  quantity,
  name: null,
  imageUrl: null,
  type: null,
  amountYuan: null,
  unitPriceFen: null,
});

/** The order as the vendor would hold it a second later. */
const held = (changes: Partial<RobotOrder> = {}): RobotOrder => ({
  orderSn: "1",
  name: null,
  createdAt: "2026-11-22T08:00:01Z",
  status: { code: 1, name: "awaiting_shipment", text: "待发货" },
  items: [item("water", 2), item("nuts", 1)],
  tasks: [],
  amountYuan: "17.8",
  recipientAddress: "0801",
  recipientPhone: "16612561256",
  recipientName: null,
  ...changes,
});

const gift = { ...item("fruit", 1), type: { code: 2, name: "gift", text: "赠品" } } as const;

test.each([
  ["as it was sent", {}],
  [
    "with its items in another order and split",
    { items: [item("nuts", 1), item("water", 1), item("water", 1)] },
  ],
  ["with a gift that the hotel added", { items: [...held().items, gift] }],
  ["with a name that the vendor filled in", { recipientName: "张三" }],
  ["by a clock that is half a minute behind", { createdAt: "2026-11-22T07:59:30Z" }],
  ["cancelled since", { status: { code: 5, name: "cancelled", text: "已取消" } as const }],
])("an order %s is found", (_how, changes) => {
  expect(findOrder([held(changes)], sought)).toMatchObject({ order: { orderSn: "1" } });
});

test.each([
  ["for another room", { recipientAddress: "0802" }],
  ["of another quantity", { items: [item("water", 1), item("nuts", 1)] }],
  ["of other goods", { items: [item("water", 2)] }],
  ["with goods that nobody ordered", { items: [...held().items, item("fruit", 1)] }],
  ["of an hour before", { createdAt: "2026-11-22T07:00:00Z" }],
])("an order %s is another one", (_how, changes) => {
  expect(findOrder([held(changes)], sought)).toEqual({ order: undefined, isUnsure: false });
});

test.each([
  ["of another amount", { amountYuan: "17.00" }],
  ["without an amount", { amountYuan: null }],
  ["without a room", { recipientAddress: null }],
  ["without items", { items: [] }],
  ["with the phone number masked", { recipientPhone: "166****1256" }],
  ["of five minutes before", { createdAt: "2026-11-22T07:55:00Z" }],
  ["of a time that can't be read", { createdAt: "昨天" }],
])("an order %s may be it or not", (_how, changes) => {
  expect(findOrder([held(changes)], sought)).toEqual({ order: undefined, isUnsure: true });
});

test("an order that belongs to another write is never taken", () => {
  const orders = [held({ orderSn: "1" }), held({ orderSn: "2", createdAt: "2026-11-22T08:00:05Z" })];
  expect(findOrder(orders, { ...sought, taken: new Set(["1"]) }).order?.orderSn).toBe("2");
  expect(findOrder(orders, { ...sought, taken: new Set(["1", "2"]) })).toEqual({
    order: undefined,
    isUnsure: false,
  });
});

test("of several the first that was made is taken", () => {
  const orders = [held({ orderSn: "2", createdAt: "2026-11-22T08:00:05Z" }), held({ orderSn: "1" })];
  expect(findOrder(orders, sought).order?.orderSn).toBe("1");
});

test("a vendor's clock that is known to be an hour behind is reckoned with", () => {
  const behind = { ours: sentAt, vendors: sentAt - 3_600_000 };
  expect(
    findOrder([held({ createdAt: "2026-11-22T07:00:02Z" })], { ...sought, sentAt: behind }).order,
  ).toBeDefined();
});

test("a vendor's clock that is known to be an hour ahead rules no order by our clock out", () => {
  const ahead = { ours: sentAt, vendors: sentAt + 3_600_000 };
  expect(findOrder([held()], { ...sought, sentAt: ahead })).toEqual({ order: undefined, isUnsure: true });
});
