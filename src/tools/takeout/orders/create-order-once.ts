import type { App } from "../../../app.ts";
import { Failure } from "../../../domain/failure.ts";
import type { NewTakeoutOrder, TakeoutOrder, TakeoutOrderReceipt } from "../../../domain/takeout/order.ts";
import type { LookUp, WriteAttempt, WriteResult } from "../../../state/write-steps.ts";
import { wholeList } from "../read-whole-list.ts";
import { type ItemNames, isPlacedWithin, isSameOrder, type PlacedWithin } from "./same-order.ts";

/** What is known of an order that was placed; amounts that the vendor does not tell are null. */
export type PlacedOrder = {
  orderId: string;
  orderNo: string;
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
export async function createOrderOnce(
  app: App,
  { order, requestId, signal }: Placing,
): Promise<WriteResult<PlacedOrder>> {
  const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
  return store.writes.once<PlacedOrder>(
    { tool: "create_takeout_order", vendor: "takeout", requestId, arguments: order, signal },
    {
      send: async () => ({ ...(await takeout.orders.create(order, { signal })), isReadBack: false }),
      lookUp: (write) => findOrder(takeout, order, { ...write, signal }),
      settleHint:
        "list_takeout_orders of today, then get_takeout_order, shows whether it is there; only if it is not, " +
        "place it with a new request_id.",
    },
  );
}

type Takeout = Awaited<ReturnType<App["takeout"]>>;
type Search = WriteAttempt & { otherOutcomes: PlacedOrder[]; signal: AbortSignal };

/** More orders of three days than a look-up reads through. */
const mostOrders = 1_000;
/** More orders of the same minutes than a look-up reads one by one. */
const mostCandidates = 30;

async function findOrder(
  takeout: Takeout,
  sent: NewTakeoutOrder,
  { otherOutcomes, firstStartedAt, signal }: Search,
): Promise<LookUp<PlacedOrder>> {
  const untold: LookUp<PlacedOrder> = { found: false, isFinal: false };
  const { clockSkewSeconds } = await takeout.check(signal);
  const window = windowOf(firstStartedAt, clockSkewSeconds ?? 0);
  const listed = await wholeList(mostOrders, (part) =>
    takeout.orders.list({ ...part, ...daysAround(window) }, { signal }),
  );
  if (!listed) return untold;
  const others = new Set(otherOutcomes.map(({ orderId }) => orderId));
  const fresh = listed.filter(({ id, createdAt }) => !others.has(id) && isPlacedWithin(createdAt, window));
  // A set, for an order that comes in while pages are read may push another onto two of them.
  const candidates = new Set(fresh.map(({ id }) => id));
  if (candidates.size === 0 || candidates.size > mostCandidates) return untold;
  const [names, details] = await Promise.all([
    Promise.all(sent.items.map((item) => nameItem(takeout, item, signal))),
    Promise.all([...candidates].map((id) => takeout.orders.get(id, { signal }))),
  ]);
  const same = details.filter((order) => isSameOrder(order, sent, names));
  const [only] = same;
  return only && same.length === 1 ? { found: true, outcome: toPlacedOrder(only) } : untold;
}

/** What whole seconds, and a slow answer to the question for the time, can hide. */
const clockRoomMilliseconds = 5_000;
/** Longer than a request can be on its way. */
const arrivalMilliseconds = 5 * 60_000;

function windowOf(firstStartedAt: string, skewSeconds: number): PlacedWithin {
  const startedAt = Date.parse(firstStartedAt) + skewSeconds * 1_000;
  return { from: startedAt - clockRoomMilliseconds, until: startedAt + arrivalMilliseconds };
}

const dayMilliseconds = 24 * 60 * 60_000;

/** The days of the time and their neighbours, for the vendor's days need not begin when those of UTC do. */
function daysAround({ from, until }: PlacedWithin): { startDate: string; endDate: string } {
  const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  return { startDate: dayOf(from - dayMilliseconds), endDate: dayOf(until + dayMilliseconds) };
}

/** The names under which an item shows in an order; undefined for one that is no longer there. */
async function nameItem(
  takeout: Takeout,
  { dishId, specId }: NewTakeoutOrder["items"][number],
  signal: AbortSignal,
): Promise<ItemNames | undefined> {
  try {
    const dish = await takeout.dishes.get(dishId, { signal });
    if (specId === undefined) return { dishName: dish.name, specName: null };
    const spec = dish.specs.find(({ id }) => id?.toLowerCase() === specId.toLowerCase());
    return spec && { dishName: dish.name, specName: spec.name };
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === "not_found") return undefined;
    throw thrown;
  }
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
