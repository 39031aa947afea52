import type { App } from "../../app.ts";
import { formatDecimal, parseDecimal } from "../../domain/decimal.ts";
import { Failure } from "../../domain/failure.ts";
import type { NewRobotOrder, RobotOrder, RobotOrderReceipt } from "../../domain/robot.ts";
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
export async function createOrderOnce(
  app: App,
  { order, roomField, requestId, signal }: OrderRequest,
): Promise<{ outcome: OrderOutcome; repeated: boolean }> {
  const [store, yunji] = await Promise.all([app.store(), app.yunji()]);
  const { userId: givenUser, recipientAddress: room, storeId } = order;
  const findUser = async () =>
    givenUser ?? yunji.createUser({ uidKey: room, ...(storeId !== undefined && { storeId }) }, { signal });

  const prepare = async () => {
    checkRoom(room, await yunji.listPositions({ signal }), roomField);
    return findUser();
  };
  return store.writes.once<OrderOutcome>(
    {
      tool: "create_robot_order",
      vendor: "yunji",
      requestId,
      arguments: identityOf(order, app.config.yunji?.storeId),
      signal,
    },
    {
      send: async () => {
        const userId = await prepare().catch(throwUnsent);
        return { ...(await yunji.createOrder({ ...order, userId }, { signal })), userId };
      },
      lookUp: async ({ firstStartedAt, otherOutcomes }) => {
        const userId = await findUser();
        const orders = await yunji.listOrdersOfUser(userId, { signal });
        const ours = Date.parse(firstStartedAt);
        const found = findOrder(orders, {
          order,
          sentAt: { ours, vendors: ours + yunji.vendorNow() - app.now() },
          taken: new Set(otherOutcomes.map(({ orderSn }) => orderSn)),
        });
        if (found.order) return { found: true, outcome: toOutcome(found.order, userId) };
        return { found: false, isFinal: !found.isUnsure };
      },
      settleHint:
        givenUser === undefined
          ? "Make the same call again: it looks the order up first. To see for yourself, ask create_robot_user with this room as uid_key, then list_robot_orders with the user_id."
          : "Make the same call again: it looks the order up first. list_robot_orders with this user_id shows what is there.",
    },
  );
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
