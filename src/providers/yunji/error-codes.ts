import type { FailureRule } from "../../pipeline/answer.ts";

/** Numbers of yunji.txt, 错误码, that more than the table speaks of. */
export const missingParameter = "10400";
export const remoteError = "10501";
export const timestampExpired = "10502";
/** The signature is not the one that the vendor computed. */
export const signatureRefused = "10503";

/** What lies behind the open platform did not answer it. */
export const outOfReach: FailureRule = {
  code: "unavailable",
  message: "Yunji could not reach the part of its system that does this.",
  hint: "Call again in a minute; if it persists, ask Yunji with the request_id.",
};

/** yunji.txt, 错误码: what each number means and what to do about it. */
export const codeRules: Readonly<Record<string, FailureRule>> = {
  [missingParameter]: rejected(
    "Yunji misses one of the public parameters of the request.",
    "Check that YUNJI_BASE_URL is the open platform's address and YUNJI_ACCESS_KEY_ID its key, then run `waybill doctor`.",
  ),
  [remoteError]: outOfReach,
  [timestampExpired]: {
    code: "unauthorized",
    message: "Yunji finds the request's timestamp expired, although the clock was corrected by its answer.",
    hint: "Set this machine's clock (NTP); `waybill doctor` shows how far the clocks differ.",
  },
  [signatureRefused]: {
    code: "unauthorized",
    message: "Yunji computes another signature than ours.",
    hint: "Check YUNJI_ACCESS_KEY_SECRET and YUNJI_SIGNING: `waybill doctor` finds out which scope the deployment takes.",
  },
  11001: rejected(
    "A product of this order is no longer on sale, so nothing was ordered.",
    "Ask list_robot_goods what is on sale and order that.",
  ),
  11002: rejected(
    "A product of this order is not sold at this time of the day, so nothing was ordered.",
    "Leave it out or order it in its hours, which the hotel sets; nothing else is wrong.",
  ),
  11003: rejected(
    "The stock of a product is short, so nothing was ordered; nothing else is wrong.",
    "Ask list_robot_goods for the stock, then order at most that many, or another product.",
  ),
  11004: rejected(
    "This user has bought a product as often as the hotel allows, so nothing was ordered.",
    "Leave that product out; the hotel sets the limit.",
  ),
  11005: {
    code: "not_found",
    message: "Yunji knows no such product in this hotel, so nothing was ordered.",
    hint: "Take product_id from list_robot_goods of the same store_id.",
  },
  12001: invalid("The order has no room.", "Give recipient_address: a name from list_robot_positions."),
  12002: invalid(
    "Yunji wants to know who receives the order.",
    "Give recipient_name and recipient_phone and call again.",
  ),
  12003: rejected(
    "The order's amount is below the least that the hotel delivers, so nothing was ordered.",
    "Order more; the hotel's staff know the least amount.",
  ),
  12004: rejected(
    "The order's amount is below the least for this class of products, so nothing was ordered.",
    "Order more of that class; list_robot_goods_groups shows what belongs to it.",
  ),
};

/** The arguments that a number speaks of, in the tools' spelling. */
export const codeFields: Readonly<Record<string, string[]>> = {
  11001: ["items"],
  11002: ["items"],
  11003: ["items"],
  11004: ["items"],
  11005: ["items"],
  12001: ["recipient_address"],
  12002: ["recipient_name", "recipient_phone"],
  12003: ["amount"],
  12004: ["amount"],
};

/** The table's names, for a deployment that sends them instead; two that stand for several numbers tell too little. */
export const codeNames: Readonly<Record<string, string>> = {
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

function rejected(message: string, hint: string): FailureRule {
  return { code: "rejected", message, hint };
}

function invalid(message: string, hint: string): FailureRule {
  return { code: "invalid_input", message, hint };
}
