import type { KeptEvent, VendorEvent } from "../domain/event.ts";
import { momentOf } from "../domain/moment.ts";
import type { TakeoutOrder, TakeoutOrderSummary } from "../domain/takeout/order.ts";

/**
 * A message of the socket with what tells it from others: an order is new once and a payment succeeds once; of
 * everything else a message is the same when all of it is, since two changes may fall into one second.
 */
export function identify(event: VendorEvent): VendorEvent {
  const { kind, subject, occurredAt, data } = event;
  const { takeoutOrderId, paymentNo } = subject;
  if (kind === "order.new" && takeoutOrderId !== undefined) return { ...event, identity: { takeoutOrderId } };
  if (kind === "payment.success") {
    if (paymentNo !== undefined) return { ...event, identity: { paymentNo } };
    if (takeoutOrderId !== undefined) return { ...event, identity: { takeoutOrderId } };
  }
  return { ...event, identity: { ...subject, occurredAt, data: JSON.stringify(data) } };
}

/** An order as it was read, and the last thing that the inbox knows of its status. */
type Reading = {
  order: TakeoutOrderSummary;
  lastKnown: KeptEvent | undefined;
  /** Milliseconds since the epoch, before the vendor was asked. */
  readAt: number;
};

/**
 * What a reading tells that no message told: that there is such an order, or that its status is another one. Undefined
 * when it tells nothing new, and when a message came since, which knows better. The vendor's list does not say when a
 * status changed, so the event has the moment of the reading, and says that it was read.
 */
export function missedEvent({ order, lastKnown, readAt }: Reading): VendorEvent | undefined {
  const { id: takeoutOrderId, orderNo, status, statusText, createdAt } = order;
  const told = {
    vendor: "takeout" as const,
    subject: { takeoutOrderId, orderNo },
    data: { status, ...(statusText !== null && { statusText }), foundByReading: true },
  };
  if (!lastKnown) {
    const occurredAt = momentOf(createdAt, readAt);
    return { ...told, kind: "order.new", occurredAt, identity: { takeoutOrderId } };
  }
  const isKnown = String(lastKnown.data["status"]) === String(status);
  if (isKnown || Date.parse(lastKnown.receivedAt) >= readAt) return undefined;
  // The same for every process that finds this change, and another one when the status comes back later.
  const identity = { takeoutOrderId, status: String(status), after: lastKnown.id };
  return { ...told, kind: "order.status", occurredAt: new Date(readAt).toISOString(), identity };
}

/**
 * What an order's detail tells of its payment, for an order of which no message told one: that and when it was paid.
 * It does not name the payment, so the order stands for it. `readAt` is milliseconds since the epoch.
 */
export function missedPayment(order: TakeoutOrder, readAt: number): VendorEvent | undefined {
  const { id: takeoutOrderId, orderNo, paidAt, paymentMethod, actualAmountYuan } = order;
  if (paidAt === null) return undefined;
  return {
    vendor: "takeout",
    kind: "payment.success",
    occurredAt: momentOf(paidAt, readAt),
    subject: { takeoutOrderId, orderNo },
    data: {
      ...(paymentMethod !== null && { paymentMethod }),
      ...(actualAmountYuan !== null && { actualAmountYuan }),
      foundByReading: true,
    },
    identity: { takeoutOrderId },
  };
}
