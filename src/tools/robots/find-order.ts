import { compareDecimals, parseDecimal } from "../../domain/decimal.ts";
import type { NewRobotOrder, RobotOrder } from "../../domain/robot.ts";

/** An order that may or may not have been made. */
type SoughtOrder = {
  order: Omit<NewRobotOrder, "userId">;
  /** When it was first sent, epoch milliseconds, by our clock and by the vendor's. */
  sentAt: { ours: number; vendors: number };
  /** Order numbers that are known to be others. */
  taken: ReadonlySet<string>;
};

/** How an order at the vendor looks like the one that is sought: all of it, not surely otherwise, or otherwise. */
type Likeness = "same" | "possible" | "other";

/** What was found among a user's orders; `isUnsure` when one may be it and may as well be somebody else's. */
type FoundOrder = { order: RobotOrder | undefined; isUnsure: boolean };

/** Clocks of one second's resolution, read on two machines. */
const clockRoomMilliseconds = 60_000;

/** A vendor takes timestamps that are some minutes off, so its clock may be that far from ours without having said so. */
const widestSkewMilliseconds = 20 * 60_000;

/** Finds an order among its user's by everything that identifies it, for the vendor keeps no name of ours. */
export function findOrder(orders: readonly RobotOrder[], sought: SoughtOrder): FoundOrder {
  const likely = orders
    .filter(({ orderSn }) => !sought.taken.has(orderSn))
    .map((order) => ({ order, likeness: likenessOf(order, sought) }));
  const [first] = likely
    .filter(({ likeness }) => likeness === "same")
    .sort((a, b) => Date.parse(a.order.createdAt) - Date.parse(b.order.createdAt));
  return { order: first?.order, isUnsure: likely.some(({ likeness }) => likeness === "possible") };
}

function likenessOf(order: RobotOrder, sought: SoughtOrder): Likeness {
  const aspects = [
    likeRoom(order, sought),
    likeRecipient(order, sought),
    likeItems(order, sought),
    likeAmount(order, sought),
    likeTime(order, sought),
  ];
  if (aspects.includes("other")) return "other";
  return aspects.includes("possible") ? "possible" : "same";
}

function likeRoom({ recipientAddress }: RobotOrder, { order }: SoughtOrder): Likeness {
  if (recipientAddress === null) return "possible";
  return recipientAddress === order.recipientAddress ? "same" : "other";
}

/** The vendor may write a name or phone number in its own way, and fill in what the order left out. */
function likeRecipient({ recipientName, recipientPhone }: RobotOrder, { order }: SoughtOrder): Likeness {
  const pairs = [
    [order.recipientName, recipientName],
    [order.recipientPhone, recipientPhone],
  ] as const;
  const hasOther = pairs.some(([wanted, held]) => wanted !== undefined && held !== null && wanted !== held);
  return hasOther ? "possible" : "same";
}

/** Gifts that the hotel added are no difference. */
function likeItems({ items }: RobotOrder, { order }: SoughtOrder): Likeness {
  if (items.length === 0) return "possible";
  const wanted = quantities(order.items);
  const held = quantities(
    items.filter(({ type, productId }) => type?.name !== "gift" || wanted.has(productId)),
  );
  const isSame =
    wanted.size === held.size && [...wanted].every(([id, quantity]) => held.get(id) === quantity);
  return isSame ? "same" : "other";
}

/** What was paid and the total that the vendor keeps may differ by a discount, so another amount rules nothing out. */
function likeAmount({ amountYuan }: RobotOrder, { order }: SoughtOrder): Likeness {
  const held = parseDecimal(amountYuan ?? "");
  const wanted = parseDecimal(order.amountYuan);
  return held && wanted && compareDecimals(held, wanted) === 0 ? "same" : "possible";
}

function likeTime({ createdAt }: RobotOrder, { sentAt }: SoughtOrder): Likeness {
  const created = Date.parse(createdAt);
  if (Number.isNaN(created)) return "possible";
  if (created >= sentAt.vendors - clockRoomMilliseconds) return "same";
  const earliest = Math.min(sentAt.ours, sentAt.vendors) - widestSkewMilliseconds;
  return created >= earliest ? "possible" : "other";
}

function quantities(items: readonly { productId: string; quantity: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { productId, quantity } of items) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  return sums;
}
