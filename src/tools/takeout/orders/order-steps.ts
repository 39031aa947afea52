import type { cancellingParties, TakeoutOrder, TakeoutOrders } from "../../../domain/takeout/order.ts";

/** A step of an order's life with what the vendor wants to know of it. */
export type OrderStep =
  | { action: "accept"; estimatedMinutes?: number }
  | { action: "start_cooking" }
  | { action: "complete" }
  | { action: "cancel"; reason: string; cancelBy: (typeof cancellingParties)[number] };

/** Sends a step; none of them is idempotent at the vendor. */
export function sendStep(
  orders: TakeoutOrders,
  { orderId, step, signal }: { orderId: string; step: OrderStep; signal: AbortSignal },
): Promise<void> {
  if (step.action === "accept") return orders.accept(orderId, step.estimatedMinutes, { signal });
  if (step.action === "start_cooking") return orders.startCooking(orderId, { signal });
  if (step.action === "complete") return orders.complete(orderId, { signal });
  return orders.cancel(orderId, { reason: step.reason, cancelBy: step.cancelBy }, { signal });
}

/** How the timeline may call a step. */
type Trace = { statuses: readonly string[]; texts: readonly string[] };

/**
 * The document shows two entries, `created` 订单创建 and `paid` 支付成功, and names no other: these are the words of the
 * endpoints and of their headings (takeout.txt, 5.4 to 5.7) in the same form. A vendor with other words is not
 * understood, which leaves an outcome unknown and makes it no other.
 */
const traces: Record<OrderStep["action"], Trace> = {
  accept: { statuses: ["accepted"], texts: ["商家接单"] },
  start_cooking: { statuses: ["cooking"], texts: ["开始制作"] },
  complete: { statuses: ["completed"], texts: ["订单完成"] },
  cancel: { statuses: ["cancelled", "canceled"], texts: ["取消订单", "订单取消"] },
};

const beginnings: Trace = { statuses: ["created", "paid"], texts: ["订单创建", "支付成功"] };

/** An entry of other words that is older than this before a step was first sent is not that step's, whatever clocks say. */
const clockRoomMilliseconds = 60 * 60_000;

/**
 * Whether a step was taken, read off the order: yes when the timeline says so, whoever took it; no while the order
 * waits for the merchant, and where the timeline tells of other steps but has nothing that could be this one.
 */
export function readStep(
  order: TakeoutOrder,
  action: OrderStep["action"],
  firstStartedAt: string,
): "taken" | "not taken" | "untold" {
  const has = (entry: Entry, trace: Trace) =>
    trace.statuses.includes(entry.status.toLowerCase()) || trace.texts.includes(entry.statusText ?? "");
  if (order.timeline.some((entry) => has(entry, traces[action]))) return "taken";
  if (order.isWaitingForMerchant) return "not taken";
  const tellsSteps = order.timeline.some((entry) => Object.values(traces).some((trace) => has(entry, trace)));
  const since = Date.parse(firstStartedAt) - clockRoomMilliseconds;
  const couldBeIt = order.timeline.some(
    (entry) =>
      ![...Object.values(traces), beginnings].some((trace) => has(entry, trace)) &&
      !(Date.parse(entry.time) < since),
  );
  return tellsSteps && !couldBeIt ? "not taken" : "untold";
}

type Entry = TakeoutOrder["timeline"][number];
