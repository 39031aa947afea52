import type { App } from "../../app.ts";
import { formatDecimal, parseDecimal } from "../../domain/decimal.ts";
import { Failure } from "../../domain/failure.ts";
import type { NewRobotOrder, RobotOrder, RobotOrderReceipt } from "../../domain/robot.ts";
import { tagOf } from "../../state/fingerprint.ts";
import type { LookUp, WriteAttempt } from "../../state/writes/write-steps.ts";
import { sentByVendorsClock } from "../sent-at.ts";
import { checkAmount, readOrderedGoods } from "./check-amount.ts";
import { checkRoom } from "./check-room.ts";
import { findOrder } from "./find-order.ts";

/** An order by the tool's caller: without a user it is the room's own. */
export type OrderRequest = {
  order: Omit<NewRobotOrder, "userId"> & { userId?: string };
  /** The argument that named the room. */
  roomField: string;
  requestId: string | undefined;
  signal: AbortSignal;
};

/** What was made, and for whom. */
export type OrderOutcome = RobotOrderReceipt & { userId: string };

/**
 * Makes an order once. The vendor takes no name of ours for it, so a lost answer is settled by looking for the order
 * among its user's; where that can't tell, nothing is sent again.
 */
export async function createRobotOrderOnce(
  app: App,
  request: OrderRequest,
): Promise<{ outcome: OrderOutcome; repeated: boolean }> {
  const { order, requestId, signal } = request;
  const store = await app.store();
  return store.writes.once<OrderOutcome>(
    {
      tool: "create_robot_order",
      vendor: "yunji",
      requestId,
      arguments: identityOf(order, app.config.yunji?.storeId),
      // a room's orders look alike to the vendor's list, whether they came by room or by its user
      naturalKey: tagOf(`room ${order.recipientAddress}`),
      signal,
    },
    {
      send: () => sendOrder(app, request),
      lookUp: (write) => findSentOrder(app, request, write),
      settleHint:
        order.userId === undefined
          ? "Make the same call again: it looks the order up first. To see for yourself, ask create_robot_user with this room as uid_key, then list_robot_orders with the user_id."
          : "Make the same call again: it looks the order up first. list_robot_orders with this user_id shows what is there.",
    },
  );
}

/** Whether the robots' map that the vendor shows is that of the order's hotel: its query takes no hotel. */
export function isOnShownMap(app: App, storeId: string | undefined): boolean {
  return storeId === undefined || storeId === app.config.yunji?.storeId;
}

async function sendOrder(app: App, { order, roomField, signal }: OrderRequest): Promise<OrderOutcome> {
  const yunji = await app.yunji();
  const prepare = async () => {
    const goods = readOrderedGoods(app, order, signal);
    if (isOnShownMap(app, order.storeId)) {
      checkRoom(order.recipientAddress, await yunji.listPositions({ signal }), roomField);
    }
    checkAmount(order, (await goods) ?? []);
    return findUser(app, { order, signal });
  };
  const userId = await prepare().catch(throwUnsent);
  return { ...(await yunji.createOrder({ ...order, userId }, { signal })), userId };
}

async function findSentOrder(
  app: App,
  { order, signal }: OrderRequest,
  write: WriteAttempt & { otherOutcomes: OrderOutcome[] },
): Promise<LookUp<OrderOutcome>> {
  const yunji = await app.yunji();
  const userId = await findUser(app, { order, signal });
  const orders = await yunji.listOrdersOfUser(userId, { signal });
  const found = findOrder(orders, {
    order,
    sentAt: {
      ours: Date.parse(write.firstStartedAt),
      vendors: sentByVendorsClock(write, { vendorNow: yunji.vendorNow, now: app.now }),
    },
    taken: new Set(write.otherOutcomes.map(({ orderSn }) => orderSn)),
  });
  if (found.order) return { found: true, outcome: toOutcome(found.order, userId) };
  return { found: false, isFinal: !found.isUnsure };
}

/** The user who orders: the one that was named, or the room's own. */
async function findUser(
  app: App,
  { order, signal }: Pick<OrderRequest, "order" | "signal">,
): Promise<string> {
  const { userId, recipientAddress: room, storeId } = order;
  if (userId !== undefined) return userId;
  const yunji = await app.yunji();
  return yunji.createUser({ uidKey: room, ...(storeId !== undefined && { storeId }) }, { signal });
}

/** What makes two orders the same: 12 and 12.00 yuan are one amount, a hotel by name or by default one hotel. */
function identityOf(order: OrderRequest["order"], defaultStoreId: string | undefined) {
  const amount = parseDecimal(order.amountYuan);
  return {
    ...order,
    storeId: order.storeId ?? defaultStoreId,
    amountYuan: amount ? formatDecimal(amount) : order.amountYuan,
  };
}

/** What fails before the order is sent leaves no doubt about it, not even a lost answer about its user. */
function throwUnsent(error: unknown): never {
  if (!(error instanceof Failure)) throw error;
  if (error.code !== "outcome_unknown") {
    throw new Failure(error.code, error.message, { ...error.details, isUnsent: true }, error);
  }
  const hint = "Call again: the room's user is made once however often it is asked for.";
  throw new Failure(
    "unavailable",
    "Yunji did not tell the user of this room, so nothing was ordered.",
    { vendor: "yunji", hint, isUnsent: true },
    error,
  );
}

function toOutcome({ orderSn, createdAt, tasks }: RobotOrder, userId: string): OrderOutcome {
  return { orderSn, createdAt, userId, tasks: tasks.map(({ taskId, createdAt }) => ({ taskId, createdAt })) };
}
