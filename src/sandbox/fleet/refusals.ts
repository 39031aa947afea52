import type { Answer, Refusal } from "../message.ts";

const details: Record<number, string> = {
  400: "请求参数有误",
  401: "Authorization 缺失或无效",
  403: "没有访问权限",
  404: "未找到",
  405: "不支持该请求方法",
  413: "请求体过大",
  429: "请求过于频繁",
  500: "服务器内部错误",
};

/** An error of the ERP. Its document names statuses alone: the `detail` field is the habit of its framework. */
export function refuse({ status, message, retryAfterSeconds }: Refusal): Answer {
  const body = { detail: message ?? details[status] ?? "请求失败" };
  if (retryAfterSeconds === undefined) return { status, body };
  return { status, body, headers: { "retry-after": String(retryAfterSeconds) } };
}

/** A 400 with what is wrong. */
export function badRequest(message: string): Answer {
  return refuse({ status: 400, message });
}
