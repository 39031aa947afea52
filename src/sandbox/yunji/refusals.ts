import { randomUUID } from "node:crypto";
import type { Answer, Refusal } from "../message.ts";

/**
 * The errors of yunji.txt, 错误码, with the status each is sent with: the document says 4xx or 500 and no more.
 * It has no code for what does not exist or cannot be done now; `invalidAction` is the one of its example (错误结果).
 */
const errors = {
  invalidAction: { status: 400, code: 10086, message: "action is not valid" },
  missingParameters: { status: 400, code: 10400, message: "系统参数缺失" },
  remoteError: { status: 500, code: 10501, message: "调用接口失败" },
  expiredTimestamp: { status: 401, code: 10502, message: "请求时间戳已经过期" },
  wrongSignature: { status: 401, code: 10503, message: "计算签名错误" },
  goodsOverdue: { status: 400, code: 11001, message: "商品已下架" },
  offSalePeriod: { status: 400, code: 11002, message: "商品不在销售时间段售卖" },
  insufficientInventory: { status: 400, code: 11003, message: "商品库存不足" },
  exceededPurchaseLimit: { status: 400, code: 11004, message: "超出商品限购次数" },
  productDoesNotExist: { status: 400, code: 11005, message: "商品不存在" },
  missingRoom: { status: 400, code: 12001, message: "订单房间号缺失" },
  missingContact: { status: 400, code: 12002, message: "订单联系人信息缺失" },
  belowStoreMinimum: { status: 400, code: 12003, message: "订单金额小于门店起送金额" },
  belowGroupMinimum: { status: 400, code: 12004, message: "订单金额小于商品分类起送金额" },
} as const;

export type ErrorName = keyof typeof errors;

/** An error of the table; `message` says more, `status` stands in for the usual one. */
export function refuseAs(name: ErrorName, more: { message?: string; status?: number } = {}): Answer {
  const { status, code, message } = { ...errors[name], ...more };
  return { status, body: { requestId: randomUUID(), code, message } };
}

/** The refusal of a parameter that is missing or that is not of the documented type. */
export function refuseParameter(name: string): Answer {
  return refuseAs("missingParameters", { message: `系统参数缺失: ${name}` });
}

/** The refusal of a store that is not the account's own. */
export function refuseStore(): Answer {
  return refuseAs("invalidAction", { status: 403, message: "没有该门店的权限" });
}

/** A good answer: the request's identifier and what was asked for. */
export function answerWith(body: Record<string, unknown>): Answer {
  return { status: 200, body: { requestId: randomUUID(), ...body } };
}

const errorOfStatus: Record<number, ErrorName> = {
  401: "wrongSignature",
  413: "missingParameters",
  429: "remoteError",
  500: "remoteError",
};

/** The vendor's form of a refusal that the server makes for it. */
export function refuse({ status, message, retryAfterSeconds }: Refusal): Answer {
  const name = errorOfStatus[status] ?? "invalidAction";
  const answer = refuseAs(name, { status, ...(message !== undefined && { message }) });
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { "retry-after": String(retryAfterSeconds) } };
}
