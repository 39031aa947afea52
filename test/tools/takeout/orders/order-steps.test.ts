import { expect, test } from "vitest";
import type { TakeoutOrder } from "../../../../src/domain/takeout/order.ts";
import { readStep } from "../../../../src/tools/takeout/orders/order-steps.ts";

const startedAt = "2024-01-01T12:10:00Z";

/** The timeline of the document's own order (takeout.txt, 5.3). */
const beginnings = [
  { status: "created", statusText: "订单创建", time: "2024-01-01T12:00:00Z" },
  { status: "paid", statusText: "支付成功", time: "2024-01-01T12:05:00Z" },
];

function order(changes: Partial<TakeoutOrder>): TakeoutOrder {
  return {
    id: "order-1",
    orderNo: "202401010001",
    merchantName: null,
    merchant: null,
    items: [],
    deliveryAddress: null,
    totalAmountYuan: null,
    actualAmountYuan: null,
    dishAmountYuan: null,
    deliveryFeeYuan: null,
    packageFeeYuan: null,
    discountAmountYuan: null,
    status: 3,
    statusText: "制作中",
    isWaitingForMerchant: false,
    paymentStatus: 1,
    paymentMethod: "wechat",
    estimatedDeliveryTime: null,
    createdAt: "2024-01-01T12:00:00Z",
    paidAt: "2024-01-01T12:05:00Z",
    remark: null,
    timeline: beginnings,
    ...changes,
  };
}

function withEntry(status: string, statusText: string | null, time = "2024-01-01T12:10:01Z"): TakeoutOrder {
  return order({ timeline: [...beginnings, { status, statusText, time }] });
}

test.each([
  ["accept", "accepted", null],
  ["accept", "3", "商家接单"],
  ["start_cooking", "Cooking", null],
  ["complete", "completed", "订单完成"],
  ["cancel", "canceled", null],
  ["cancel", "9", "取消订单"],
] as const)("%s was taken when the timeline says %s %s", (action, status, text) => {
  expect(readStep(withEntry(status, text), action, startedAt)).toBe("taken");
});

test.each(["accept", "start_cooking", "complete", "cancel"] as const)(
  "%s was not taken while the order still waits for the merchant, which the document names",
  (action) => {
    expect(readStep(order({ isWaitingForMerchant: true }), action, startedAt)).toBe("not taken");
  },
);

test("a step is missing from a timeline that tells of other steps", () => {
  expect(readStep(withEntry("accepted", null), "start_cooking", startedAt)).toBe("not taken");
});

test("a driver who takes the delivery is no merchant who takes the order", () => {
  expect(readStep(withEntry("driver_accepted", "配送员接单"), "accept", startedAt)).toBe("untold");
});

test("a timeline that stops at the payment may be of a vendor that writes no steps down", () => {
  expect(readStep(order({}), "accept", startedAt)).toBe("untold");
});

test("a fresh entry of unknown words could be the step, an old one could not", () => {
  const accepted = { status: "accepted", statusText: "商家接单", time: "2024-01-01T09:00:00Z" };
  const odd = (time: string) =>
    order({ timeline: [...beginnings, accepted, { status: "preparing", statusText: "备餐", time }] });
  expect(readStep(odd("2024-01-01T12:10:01Z"), "start_cooking", startedAt)).toBe("untold");
  expect(readStep(odd("no time at all"), "start_cooking", startedAt)).toBe("untold");
  expect(readStep(odd("2024-01-01T09:00:00Z"), "start_cooking", startedAt)).toBe("not taken");
});
