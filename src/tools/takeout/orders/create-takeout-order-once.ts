import type { App } from "../../../app.ts";
import type { TakeoutDishes } from "../../../domain/takeout/catalog.ts";
import type {
  NewTakeoutOrder,
  TakeoutOrder,
  TakeoutOrderReceipt,
  TakeoutOrders,
} from "../../../domain/takeout/order.ts";
import { tagOf } from "../../../state/fingerprint.ts";
import type { LookUp, WriteAttempt, WriteResult } from "../../../state/writes/write-steps.ts";
import { sentByVendorsClock } from "../../sent-at.ts";
import { unlessNotFound } from "../../unless-not-found.ts";
import { type ArrivalWindow, arrivalWindow, isWithin } from "../arrival-window.ts";
import { wholeList } from "../read-whole-list.ts";
import { type ItemNames, isSameOrder } from "./same-order.ts";

/** What is known of an order that was placed; amounts that the vendor does not tell are null. */
export type PlacedOrder = {
  orderId: string;
  orderNo: string | null;
  /** The dishes alone. */
  totalAmountYuan: string | null;
  deliveryFeeYuan: string | null;
  discountAmountYuan: string | null;
  actualAmountYuan: string | null;
  payment: TakeoutOrderReceipt["payment"];
  /** The vendor's answer was lost: the order's detail stands in for it, which names no payment. */
  isReadBack: boolean;
};

type Placing = { order: NewTakeoutOrder; requestId: string | undefined; signal: AbortSignal };

/**
 * Places an order once. The vendor takes no key and does not say how soon its list has an order, so that one is never
 * sent a second time: after a lost answer it is found again, or its outcome stays unknown.
 *
 * Found is the one order of that moment that is the same in everything its detail shows. Two such orders are not told
 * apart, except that one which another call is known to have placed is none of this one's.
 */
export async function createTakeoutOrderOnce(
  app: App,
  { order, requestId, signal }: Placing,
): Promise<WriteResult<PlacedOrder>> {
  const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
  return store.writes.once<PlacedOrder>(
    {
      tool: "create_takeout_order",
      vendor: "takeout",
      requestId,
      arguments: order,
      // whose orders the vendor's list could show for one another, whatever else of them it does not show
      naturalKey: tagOf(`${order.merchantId} ${order.deliveryAddress.contactPhone}`),
      signal,
    },
    {
      send: async () => ({ ...(await takeout.orders.create(order, { signal })), isReadBack: false }),
      lookUp: (write) => {
        const sentAt = () => sentByVendorsClock(write, { vendorNow: takeout.vendorNow, now: app.now });
        return findOrder(takeout, order, { ...write, sentAt, signal });
      },
      settleHint:
        "list_takeout_orders of today, then get_takeout_order, shows whether it is there; only if it is not, " +
        "place it with a new request_id.",
    },
  );
}

type Search = WriteAttempt & {
  otherOutcomes: PlacedOrder[];
  /** When it was first sent, by the vendor's clock once it has answered. */
  sentAt: () => number;
  signal: AbortSignal;
};

/** More orders of three days than a look-up reads through. */
const mostOrders = 1_000;
/** More orders of the same minutes than a look-up reads one by one. */
const mostCandidates = 30;

async function findOrder(
  { orders, dishes }: { orders: TakeoutOrders; dishes: TakeoutDishes },
  sent: NewTakeoutOrder,
  { otherOutcomes, sentAt, signal }: Search,
): Promise<LookUp<PlacedOrder>> {
  const untold: LookUp<PlacedOrder> = { found: false, isFinal: false };
  const names = await Promise.all(sent.items.map((item) => nameItem(dishes, item, signal)));
  const window = arrivalWindow(sentAt());
  const listed = await wholeList(mostOrders, (part) =>
    orders.list({ ...part, ...daysAround(window) }, { signal }),
  );
  if (!listed) return untold;
  const others = new Set(otherOutcomes.map(({ orderId }) => orderId));
  const fresh = listed.filter(({ id, createdAt }) => !others.has(id) && isWithin(createdAt, window));
  // A set, for an order that comes in while pages are read may push another onto two of them.
  const candidates = new Set(fresh.map(({ id }) => id));
  if (candidates.size === 0 || candidates.size > mostCandidates) return untold;
  const details = await Promise.all([...candidates].map((id) => orders.get(id, { signal })));
  const same = details.filter((order) => isSameOrder(order, sent, names));
  const [only] = same;
  return only && same.length === 1 ? { found: true, outcome: toPlacedOrder(only) } : untold;
}

const dayMilliseconds = 24 * 60 * 60_000;

/** The days of the time and their neighbours, for the vendor's days need not begin when those of UTC do. */
function daysAround({ from, until }: ArrivalWindow): { startDate: string; endDate: string } {
  const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  return { startDate: dayOf(from - dayMilliseconds), endDate: dayOf(until + dayMilliseconds) };
}

/** The names under which an item shows in an order; undefined for one that is no longer there. */
async function nameItem(
  dishes: TakeoutDishes,
  { dishId, specId }: NewTakeoutOrder["items"][number],
  signal: AbortSignal,
): Promise<ItemNames | undefined> {
  const dish = await unlessNotFound(dishes.get(dishId, { signal }));
  if (!dish || specId === undefined) return dish && { dishName: dish.name, specName: null };
  const spec = dish.specs.find(({ id }) => id?.toLowerCase() === specId.toLowerCase());
  return spec && { dishName: dish.name, specName: spec.name };
}

/** The receipt's total leaves fees out (takeout.txt, 5.1), which the detail calls dishAmount (5.3). */
function toPlacedOrder(order: TakeoutOrder): PlacedOrder {
  return {
    isReadBack: true,
    orderId: order.id,
    orderNo: order.orderNo,
    totalAmountYuan: order.dishAmountYuan,
    deliveryFeeYuan: order.deliveryFeeYuan,
    discountAmountYuan: order.discountAmountYuan,
    actualAmountYuan: order.actualAmountYuan,
    payment: null,
  };
}
