import type { App } from "../app.ts";
import type { KeptEvent, VendorEvent } from "../domain/event.ts";
import type { TakeoutOrder, TakeoutOrderSummary } from "../domain/takeout/order.ts";
import { readPages } from "../domain/takeout/read-pages.ts";
import { missedEvent, missedPayment } from "./takeout-events.ts";
import { sleep } from "./waiting.ts";

const dayMilliseconds = 24 * 60 * 60 * 1000;
const ordersPerPage = 50;
/** A day with more orders than these is caught up on in part; a vendor that gives small pages has more of them. */
const mostOrders = 500;
const mostPages = 50;
/** More unpaid orders than these are caught up on in part: each takes a request of its own. */
const mostDetails = 50;
/** Messages on their way are kept first: they know more than a reading. */
const settlingMilliseconds = 2_000;

/** Keeps what the orders of the last day tell that no message told; what goes wrong is logged. */
export async function catchUp(app: App, signal: AbortSignal): Promise<void> {
  try {
    const readAt = app.now();
    const orders = await recentOrders(app, readAt, signal);
    const details = await detailsWithoutPayment(app, orders, signal);
    await sleep(settlingMilliseconds, signal);
    if (signal.aborted) return;
    const missed: (VendorEvent | undefined)[] = [];
    for (const order of orders)
      missed.push(missedEvent({ order, lastKnown: await lastKnown(app, order.id), readAt }));
    for (const order of details)
      if (!(await hasPayment(app, order))) missed.push(missedPayment(order, readAt));
    const { events } = await app.store();
    await events.keep(missed.filter((event) => event !== undefined));
  } catch (error) {
    if (signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    app.log.warn("takeout feed", { state: "not caught up", reason });
  }
}

/** Orders since yesterday, in the vendor's order. */
async function recentOrders(app: App, now: number, signal: AbortSignal): Promise<TakeoutOrderSummary[]> {
  const takeout = await app.takeout();
  const startDate = new Date(now - dayMilliseconds).toISOString().slice(0, 10);
  const { items } = await readPages({ mostItems: mostOrders, mostPages }, (pageIndex) =>
    takeout.orders.list({ startDate, pageIndex, pageSize: ordersPerPage }, { signal }),
  );
  return items;
}

/** The details of orders of which no message told a payment, for lists do not say which are paid. */
async function detailsWithoutPayment(
  app: App,
  orders: readonly TakeoutOrderSummary[],
  signal: AbortSignal,
): Promise<TakeoutOrder[]> {
  const takeout = await app.takeout();
  const details: TakeoutOrder[] = [];
  for (const order of orders) {
    if (details.length === mostDetails || signal.aborted) break;
    if (await hasPayment(app, order)) continue;
    // One that can't be read is passed over: the others have their news all the same.
    const detail = await takeout.orders.get(order.id, { signal }).catch(() => undefined);
    if (detail) details.push(detail);
  }
  return details;
}

/** Whether an event tells of the order's payment, by either name of the order. */
async function hasPayment(app: App, { id: takeoutOrderId, orderNo }: TakeoutOrderSummary): Promise<boolean> {
  const { events } = await app.store();
  for (const subject of [{ takeoutOrderId }, { orderNo }]) {
    const { items } = await events.list({ vendor: "takeout", kind: "payment.success", subject, limit: 1 });
    if (items.length > 0) return true;
  }
  return false;
}

/** The newest event that tells the order's status, or that there is such an order. */
async function lastKnown(app: App, takeoutOrderId: string): Promise<KeptEvent | undefined> {
  const { events } = await app.store();
  for (const kind of ["order.status", "order.new"]) {
    const { items } = await events.list({ vendor: "takeout", kind, subject: { takeoutOrderId }, limit: 1 });
    if (items[0]) return items[0];
  }
  return undefined;
}
