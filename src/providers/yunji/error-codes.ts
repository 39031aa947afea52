import type { FailureRule } from "../../pipeline/answer.ts";

/** Numbers of yunji.txt, 错误码, that more than the table speaks of. */
export const missingParameter = "10400";
export const remoteError = "10501";
export const timestampExpired = "10502";
/** The signature is not the one that the vendor computed. */
export const signatureRefused = "10503";

/** What an error says: the rule for our callers, and the arguments it speaks of, in the tools' spelling. */
type Meaning = { rule: FailureRule; fields?: string[] };

/** What lies behind the open platform did not answer it. */
export const outOfReach: FailureRule = {
  code: "unavailable",
  message: "Yunji could not reach the part of its system that does this.",
  hint: "Call again in a minute; if it persists, ask Yunji with the request_id.",
};

const meaningsByNumber: Readonly<Record<string, Meaning>> = {
  [missingParameter]: rejected(
    "Yunji misses one of the public parameters of the request.",
    "Check that YUNJI_BASE_URL is the open platform's address and YUNJI_ACCESS_KEY_ID its key, then run `waybill doctor`.",
  ),
  [remoteError]: { rule: outOfReach },
  [timestampExpired]: unauthorized(
    "Yunji finds the request's timestamp expired, although the clock was corrected by its answer.",
    "Set this machine's clock (NTP); `waybill doctor` shows how far the clocks differ.",
  ),
  [signatureRefused]: unauthorized(
    "Yunji computes another signature than ours.",
    "Check YUNJI_ACCESS_KEY_SECRET and YUNJI_SIGNING: `waybill doctor` finds out which scope the deployment takes.",
  ),
  11001: rejected(
    "A product of this order is no longer on sale, so nothing was ordered.",
    "Ask list_robot_goods what is on sale and order that.",
    ["items"],
  ),
  11002: rejected(
    "A product of this order is not sold at this time of the day, so nothing was ordered.",
    "Leave it out or order it in its hours, which the hotel sets; nothing else is wrong.",
    ["items"],
  ),
  11003: rejected(
    "The stock of a product is short, so nothing was ordered; nothing else is wrong.",
    "Ask list_robot_goods for the stock, then order at most that many, or another product.",
    ["items"],
  ),
  11004: rejected(
    "This user has bought a product as often as the hotel allows, so nothing was ordered.",
    "Leave that product out; the hotel sets the limit.",
    ["items"],
  ),
  11005: {
    rule: {
      code: "not_found",
      message: "Yunji knows no such product in this hotel, so nothing was ordered.",
      hint: "Take product_id from list_robot_goods of the same store_id.",
    },
    fields: ["items"],
  },
  12001: invalid("The order has no room.", "Give recipient_address: a name from list_robot_positions.", [
    "recipient_address",
  ]),
  12002: invalid(
    "Yunji wants to know who receives the order.",
    "Give recipient_name and recipient_phone and call again.",
    ["recipient_name", "recipient_phone"],
  ),
  12003: rejected(
    "The order's amount is below the least that the hotel delivers, so nothing was ordered.",
    "Order more; the hotel's staff know the least amount.",
    ["amount"],
  ),
  12004: rejected(
    "The order's amount is below the least for this class of products, so nothing was ordered.",
    "Order more of that class; list_robot_goods_groups shows what belongs to it.",
    ["amount"],
  ),
};

/** The table's names of one number each, for a deployment that sends them instead. */
const numbersByName: Readonly<Record<string, string>> = {
  SystemParametersIndeed: missingParameter,
  RemoteError: remoteError,
  TimestampExpire: timestampExpired,
  CalculatedSignatureError: signatureRefused,
  GoodsOverdue: "11001",
  OffSalePeriod: "11002",
  InsufficientInventory: "11003",
  ExceededPurchaseLimit: "11004",
  ProductDoesNotExist: "11005",
};

/** The table's names that stand for two numbers each. */
const meaningsByName: Readonly<Record<string, Meaning>> = {
  MissingOrderParameters: invalid(
    "The order has no room, or Yunji wants to know who receives it.",
    "Give recipient_address, a name from list_robot_positions, and recipient_name and recipient_phone.",
    ["recipient_address", "recipient_name", "recipient_phone"],
  ),
  OrderParameterError: rejected(
    "The order's amount is below the least of the hotel or of this class of products, so nothing was ordered.",
    "Order more; list_robot_goods_groups shows what belongs to a class, the hotel's staff know the least amounts.",
    ["amount"],
  ),
};

/** yunji.txt, 错误码: what each number or name means, and what to do about it. */
const meanings: Readonly<Record<string, Meaning>> = {
  ...meaningsByNumber,
  ...meaningsByName,
  ...Object.fromEntries(
    Object.entries(numbersByName).flatMap(([name, number]) => {
      const meaning = meaningsByNumber[number];
      return meaning ? [[name, meaning]] : [];
    }),
  ),
};

/** The table for our pipeline, by number and by name. */
export const codeRules: Readonly<Record<string, FailureRule>> = Object.fromEntries(
  Object.entries(meanings).map(([code, { rule }]) => [code, rule]),
);

/** The arguments that a code speaks of; undefined where it speaks of none. */
export function fieldsOf(code: string): string[] | undefined {
  return Object.hasOwn(meanings, code) ? meanings[code]?.fields : undefined;
}

/** The number of a code that may have come by its name. */
export function numberOf(code: string): string {
  return (Object.hasOwn(numbersByName, code) ? numbersByName[code] : undefined) ?? code;
}

function rejected(message: string, hint: string, fields?: string[]): Meaning {
  return { rule: { code: "rejected", message, hint }, ...(fields && { fields }) };
}

function invalid(message: string, hint: string, fields: string[]): Meaning {
  return { rule: { code: "invalid_input", message, hint }, fields };
}

function unauthorized(message: string, hint: string): Meaning {
  return { rule: { code: "unauthorized", message, hint } };
}
