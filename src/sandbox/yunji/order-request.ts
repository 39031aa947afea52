import { compareDecimals, parseDecimal, rescale } from "../../domain/decimal.ts";
import { type Answer, isRecord } from "../message.ts";
import { refuseAs, refuseParameter, refuseStore } from "./refusals.ts";
import { positions } from "./seed/hotel.ts";
import { readNested, readNumber, readText, type SentParameters } from "./sent-parameters.ts";
import type { OrderLine, Shop, WantedLine } from "./shop.ts";
import type { Users } from "./users.ts";

/** An order that may be made. */
export type OrderRequest = {
  userId: string;
  storeId: string;
  lines: OrderLine[];
  /** What the guest paid, in fen. */
  amountFen: bigint;
  /** A position's name. */
  recipientAddress: string;
  recipientPhone: string | null;
  recipientName: string | null;
};

/** What a request is checked against; `at` is simulated time. */
export type Hotel = { storeId: string; shop: Shop; users: Users; at: number };

type Checked<Value> = { value: Value } | { refusal: Answer };

const prepaid = "3";

/**
 * The order of a request, or why there is none (yunji.txt, 创建商品订单 and 错误码). Whom and where it is for is looked
 * at before what it is. A room that is no position has the code of a missing one: the table has no other.
 */
export function checkOrder(
  parameters: SentParameters,
  hotel: Hotel,
): { request: OrderRequest } | { refusal: Answer } {
  const sender = checkSender(parameters, hotel);
  if ("refusal" in sender) return sender;
  const contact = checkContact(parameters);
  if ("refusal" in contact) return contact;
  const wanted = readLines(readNested(parameters, "orderFormInfo"));
  if (!wanted) return { refusal: refuseParameter("orderFormInfo") };
  const amountFen = parseFen(readNumber(parameters, "amount"));
  if (amountFen === undefined) return { refusal: refuseParameter("amount") };
  if (readNumber(parameters, "thirdPayType") !== prepaid) return { refusal: refuseParameter("thirdPayType") };
  const purchase = hotel.shop.check({ wanted, amountFen, at: hotel.at });
  if ("error" in purchase) return { refusal: refuseAs(purchase.error) };
  return { request: { ...sender.value, ...contact.value, lines: purchase.lines, amountFen } };
}

function checkSender(
  parameters: SentParameters,
  { storeId: ownStoreId, users }: Hotel,
): Checked<{ userId: string; storeId: string }> {
  const userId = readText(parameters, "userId");
  if (userId === undefined) return { refusal: refuseParameter("userId") };
  const storeId = readText(parameters, "storeId");
  if (storeId === undefined) return { refusal: refuseParameter("storeId") };
  if (storeId !== ownStoreId) return { refusal: refuseStore() };
  if (users.find(userId)) return { value: { userId, storeId } };
  return { refusal: refuseAs("invalidAction", { message: "用户不存在" }) };
}

type Contact = Pick<OrderRequest, "recipientAddress" | "recipientPhone" | "recipientName">;

function checkContact(parameters: SentParameters): Checked<Contact> {
  const contact = readNested(parameters, "contactInfo");
  if (!isRecord(contact)) return { refusal: refuseAs("missingContact") };
  const { recipientAddress, recipientPhone = null, recipientName = null } = contact;
  if (typeof recipientAddress !== "string" || recipientAddress === "") {
    return { refusal: refuseAs("missingRoom") };
  }
  if (!isTextOrNull(recipientPhone)) return { refusal: refuseParameter("recipientPhone") };
  if (!isTextOrNull(recipientName)) return { refusal: refuseParameter("recipientName") };
  const isKnown = positions.some(({ name, type }) => name === recipientAddress && type === "0");
  if (isKnown) return { value: { recipientAddress, recipientPhone, recipientName } };
  return { refusal: refuseAs("missingRoom", { message: "房间号与机器人点位对应不上" }) };
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function readLines(list: unknown): WantedLine[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const lines: WantedLine[] = [];
  for (const entry of list) {
    const { productId, quantity } = isRecord(entry) ? entry : {};
    if (typeof productId !== "string" || productId === "") return undefined;
    if (typeof quantity !== "number" || !Number.isSafeInteger(quantity) || quantity < 1) return undefined;
    lines.push({ productId, quantity });
  }
  return lines;
}

/** Yuan with at most two places, from nothing. */
function parseFen(text: string | undefined): bigint | undefined {
  const yuan = text === undefined ? undefined : parseDecimal(text);
  if (!yuan || yuan.digits < 0n) return undefined;
  const fen = rescale(yuan, 2);
  return compareDecimals(yuan, { digits: fen, scale: 2 }) === 0 ? fen : undefined;
}
