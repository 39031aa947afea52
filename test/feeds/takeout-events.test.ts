import { describe, expect, test } from "vitest";
import type { KeptEvent, VendorEvent } from "../../src/domain/event.ts";
import type { TakeoutOrder, TakeoutOrderSummary } from "../../src/domain/takeout/order.ts";
import { identify, missedEvent, missedPayment } from "../../src/feeds/takeout-events.ts";

const readAt = Date.parse("2024-01-01T12:30:00Z");

function message(changes: Partial<VendorEvent> = {}): VendorEvent {
  return {
    vendor: "takeout",
    kind: "order.status",
    occurredAt: "2024-01-01T12:00:00Z",
    subject: { takeoutOrderId: "order-1", orderNo: "202401010001" },
    data: { status: 3 },
    ...changes,
  };
}

function known(changes: Partial<KeptEvent> = {}): KeptEvent {
  return { ...message(), id: "event-1", receivedAt: "2024-01-01T12:00:01.000Z", ...changes };
}

const order: TakeoutOrderSummary = {
  id: "order-1",
  orderNo: "202401010001",
  merchantName: "美味餐厅",
  totalAmountYuan: "76.00",
  actualAmountYuan: "71.00",
  status: 2,
  statusText: "待接单",
  isWaitingForMerchant: true,
  createdAt: "2024-01-01T12:00:00Z",
  items: [],
};

describe("a message is the same as another", () => {
  const isSame = (a: VendorEvent, b: VendorEvent) => {
    const [one, other] = [identify(a).identity, identify(b).identity];
    return JSON.stringify(one) === JSON.stringify(other);
  };

  test("when all of it is, and not when two changes fall into one second", () => {
    expect(isSame(message(), message())).toBe(true);
    expect(isSame(message(), message({ data: { status: 4 } }))).toBe(false);
    expect(isSame(message(), message({ occurredAt: "2024-01-01T12:00:01Z" }))).toBe(false);
    expect(isSame(message(), message({ subject: { takeoutOrderId: "order-2" } }))).toBe(false);
  });

  test("when it tells of the same new order or of the same payment, whoever tells it and when", () => {
    const later = { occurredAt: "2024-01-01T12:05:00Z", data: {} };
    expect(isSame(message({ kind: "order.new" }), message({ kind: "order.new", ...later }))).toBe(true);
    const paid = message({ kind: "payment.success", subject: { paymentNo: "PAY202401010001" } });
    expect(isSame(paid, { ...paid, ...later })).toBe(true);
    expect(isSame(paid, { ...paid, subject: { paymentNo: "PAY202401010002" } })).toBe(false);
  });

  test("when it tells of a payment by its order alone, as a reading of the order does", () => {
    const paid = message({ kind: "payment.success" });
    expect(isSame(paid, { ...paid, occurredAt: "2024-01-01T12:05:00Z", data: {} })).toBe(true);
    const other = { ...paid, subject: { takeoutOrderId: "order-2" } };
    expect(isSame(paid, other)).toBe(false);
  });

  test("by all of it where a new order or a payment does not say which one it is", () => {
    const nameless = message({ kind: "payment.success", subject: {} });
    expect(isSame(nameless, { ...nameless, occurredAt: "2024-01-01T12:05:00Z" })).toBe(false);
  });
});

describe("a reading of the orders tells", () => {
  const data = { status: 2, statusText: "待接单", foundByReading: true };

  test("an order that no message told, as new when it was made, and as the one that a message would tell", () => {
    const missed = missedEvent({ order, lastKnown: undefined, readAt });
    expect(missed).toMatchObject({ kind: "order.new", occurredAt: "2024-01-01T12:00:00.000Z", data });
    expect(missed?.identity).toEqual(identify(message({ kind: "order.new" })).identity);
  });

  test("a status that is another one than the last known, as of the reading", () => {
    expect(missedEvent({ order, lastKnown: known(), readAt })).toMatchObject({
      kind: "order.status",
      occurredAt: "2024-01-01T12:30:00.000Z",
      subject: { takeoutOrderId: "order-1", orderNo: "202401010001" },
      data,
    });
  });

  test("nothing where the status is known, whether as a number or as text", () => {
    for (const status of [2, "2"])
      expect(missedEvent({ order, lastKnown: known({ data: { status } }), readAt })).toBeUndefined();
  });

  test("nothing where a message came after the vendor was asked", () => {
    const lastKnown = known({ receivedAt: "2024-01-01T12:30:00.500Z" });
    expect(missedEvent({ order, lastKnown, readAt })).toBeUndefined();
  });

  test("the same status again as another event once something else was known in between", () => {
    const first = missedEvent({ order, lastKnown: known({ id: "event-1" }), readAt });
    const second = missedEvent({ order, lastKnown: known({ id: "event-9" }), readAt });
    expect(first?.identity).not.toEqual(second?.identity);
    expect(
      missedEvent({ order, lastKnown: known({ id: "event-1" }), readAt: readAt + 60_000 })?.identity,
    ).toEqual(first?.identity);
  });
});

describe("an order's detail tells", () => {
  const detail: TakeoutOrder = {
    ...order,
    merchant: null,
    deliveryAddress: null,
    dishAmountYuan: null,
    deliveryFeeYuan: null,
    packageFeeYuan: null,
    discountAmountYuan: null,
    paymentStatus: 1,
    paymentMethod: "wechat",
    estimatedDeliveryTime: null,
    paidAt: "2024-01-01T12:05:00Z",
    remark: null,
    timeline: [],
  };

  test("that and when it was paid, about the order, for it does not name the payment", () => {
    const missed = missedPayment(detail, readAt);
    expect(missed).toMatchObject({
      kind: "payment.success",
      occurredAt: "2024-01-01T12:05:00.000Z",
      subject: { takeoutOrderId: "order-1", orderNo: "202401010001" },
      data: { paymentMethod: "wechat", actualAmountYuan: "71.00", foundByReading: true },
    });
    const told = message({ kind: "payment.success", subject: { takeoutOrderId: "order-1" } });
    expect(missed?.identity).toEqual(identify(told).identity);
  });

  test("that it was paid although nobody can say when", () => {
    expect(missedPayment({ ...detail, paidAt: "昨天" }, readAt)?.occurredAt).toBe("2024-01-01T12:30:00.000Z");
  });

  test("nothing of an order that is not paid", () => {
    expect(missedPayment({ ...detail, paidAt: null }, readAt)).toBeUndefined();
  });
});
