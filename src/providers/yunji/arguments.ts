import type { NewRobotOrder, NewRobotUser } from "../../domain/robot.ts";
import { invalidInput } from "../provider.ts";

/** 2^63 - 1: order numbers are the vendor's Long. */
const largestOrderNumber = 9_223_372_036_854_775_807n;

/** Longer than any identifier, room or name; a reason may be a sentence. */
const longestText = 200;
const longestReason = 500;

/** The order number as the wire has it: a number with all its digits. */
export function checkedOrderNumber(orderSn: string): bigint {
  const number = /^\d{1,19}$/.test(orderSn) ? BigInt(orderSn) : 0n;
  if (number >= 1n && number <= largestOrderNumber) return number;
  throw invalidInput("order_sn must be a whole number from 1 to 2^63 - 1, as text.", ["order_sn"], "yunji");
}

/** Why an order is cancelled, in words. */
export function checkedReason(reason: string): string {
  return checkedText(reason, "reason", longestReason);
}

/** A text that says something and has no characters that break a signature or a log. */
export function checkedText(text: string, field: string, longest = longestText): string {
  if (text.trim() === "") throw invalidInput(`${field} is empty.`, [field], "yunji");
  if (text.length > longest) {
    throw invalidInput(`${field} is longer than ${longest} characters.`, [field], "yunji");
  }
  if (/\p{Cc}/u.test(text) || !text.isWellFormed()) {
    throw invalidInput(`${field} has control characters or broken ones.`, [field], "yunji");
  }
  return text;
}

/** A whole number within bounds, as the text that a query takes. */
export function checkedCount(
  count: number,
  field: string,
  { from, to }: { from: number; to: number },
): string {
  if (Number.isSafeInteger(count) && count >= from && count <= to) return String(count);
  throw invalidInput(`${field} must be a whole number from ${from} to ${to}.`, [field], "yunji");
}

/** Refuses an order that Yunji would refuse or misread, before anything is sent. */
export function checkOrder(order: NewRobotOrder): void {
  checkedText(order.userId, "user_id");
  checkedText(order.recipientAddress, "recipient_address");
  if (order.recipientPhone !== undefined) checkedText(order.recipientPhone, "recipient_phone");
  if (order.recipientName !== undefined) checkedText(order.recipientName, "recipient_name");
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(order.amountYuan)) {
    throw invalidInput("amount must be yuan with at most 2 places, such as 38.00.", ["amount"], "yunji");
  }
  if (order.items.length === 0) throw invalidInput("items is empty.", ["items"], "yunji");
  for (const [index, { productId, quantity }] of order.items.entries()) {
    checkedText(productId, `items[${index}].product_id`);
    checkedCount(quantity, `items[${index}].quantity`, { from: 1, to: 10_000 });
  }
}

/** Refuses a user that Yunji would refuse or misread. */
export function checkUser(user: NewRobotUser): void {
  checkedText(user.uidKey, "uid_key");
  if (user.mobilePhone !== undefined) checkedText(user.mobilePhone, "mobile_phone");
  if (user.userName !== undefined) checkedText(user.userName, "user_name");
}
