import { isOrderSn, type NewRobotOrder, type NewRobotUser } from "../../domain/robot.ts";
import { plainTextRule, refuseWrong, wholeNumberRule, yuanRule } from "../argument-rules.ts";

/** Longer than any identifier, room or name; a reason may be a sentence. */
const longestText = 200;
const longestReason = 500;

/** The order number as the wire has it: a number with all its digits. */
export function checkedOrderNumber(orderSn: string): bigint {
  refuseWrong("yunji", [
    !isOrderSn(orderSn),
    "order_sn",
    "must be a whole number from 1 to 2^63 - 1, as text",
  ]);
  return BigInt(orderSn);
}

/** Why an order is cancelled, in words. */
export function checkedReason(reason: string): string {
  refuseWrong("yunji", plainTextRule("reason", reason, longestReason));
  return reason;
}

/** A text that says something and has no characters that break a signature or a log. */
export function checkedText(field: string, text: string): string {
  refuseWrong("yunji", plainTextRule(field, text, longestText));
  return text;
}

/** A whole number within bounds, as the text that a query takes. */
export function checkedCount(field: string, count: number, range: { from: number; to: number }): string {
  refuseWrong("yunji", wholeNumberRule(field, count, range));
  return String(count);
}

/** Refuses an order that Yunji would refuse or misread, before anything is sent. */
export function checkOrder(order: NewRobotOrder): void {
  const { userId, recipientAddress, recipientPhone, recipientName, amountYuan, items } = order;
  refuseWrong(
    "yunji",
    plainTextRule("user_id", userId, longestText),
    plainTextRule("recipient_address", recipientAddress, longestText),
    plainTextRule("recipient_phone", recipientPhone, longestText),
    plainTextRule("recipient_name", recipientName, longestText),
    yuanRule("amount", amountYuan),
    [items.length === 0, "items", "must not be empty"],
    ...items.flatMap(({ productId, quantity }, index) => [
      plainTextRule(`items[${index}].product_id`, productId, longestText),
      wholeNumberRule(`items[${index}].quantity`, quantity, { from: 1, to: 10_000 }),
    ]),
  );
}

/** Refuses a user that Yunji would refuse or misread. */
export function checkUser({ uidKey, mobilePhone, userName }: NewRobotUser): void {
  refuseWrong(
    "yunji",
    plainTextRule("uid_key", uidKey, longestText),
    plainTextRule("mobile_phone", mobilePhone, longestText),
    plainTextRule("user_name", userName, longestText),
  );
}
