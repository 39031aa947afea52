import type { Answer, Refusal } from "../message.ts";
import { timeText } from "./time.ts";

/** One wrong field (takeout.txt, 1.4). */
export type FieldError = { field: string; message: string };

/** What an endpoint answers, before it is wrapped. */
export type Reply =
  | { status: 200 | 201; data: unknown }
  | { status: 204 }
  | { status: 400 | 401 | 403 | 404 | 409 | 422; message: string; errors?: readonly FieldError[] };

/** A success (200). */
export function done(data: unknown = null): Reply {
  return { status: 200, data };
}

/** Something new is there (201). */
export function created(data: unknown): Reply {
  return { status: 201, data };
}

/** Something is gone (204). */
export const removed: Reply = { status: 204 };

/** Malformed fields, each of them named (400). */
export function invalid(errors: readonly FieldError[]): Reply {
  return { status: 400, message: "参数错误", errors };
}

/** Something that the path names is not there (404). */
export function missing(what: string): Reply {
  return { status: 404, message: `${what}不存在` };
}

/** Something is there already (409). */
export function conflict(message: string): Reply {
  return { status: 409, message };
}

/** Well-formed, but against the rules of the business (422). */
export function unprocessable(message: string, errors?: readonly FieldError[]): Reply {
  return { status: 422, message, ...(errors && { errors }) };
}

/** The token is missing, wrong or over (401). */
export function unauthenticated(message = "未认证或登录已过期"): Reply {
  return { status: 401, message };
}

/** Signed in, but not allowed to (403). */
export function forbidden(message: string): Reply {
  return { status: 403, message };
}

/** A reply in the envelope of takeout.txt, 1.3 and 1.4; `now` in milliseconds since the epoch. */
export function wrap(reply: Reply, now: number): Answer {
  if (reply.status === 204) return { status: 204 };
  const timestamp = timeText(now);
  if ("data" in reply) {
    const message = reply.status === 201 ? "创建成功" : "操作成功";
    return {
      status: reply.status,
      body: { success: true, code: reply.status, message, data: reply.data, timestamp },
    };
  }
  const { status, message, errors = [] } = reply;
  return { status, body: { success: false, code: status, message, errors, timestamp } };
}

const texts: Record<number, string> = {
  400: "参数错误",
  401: "未认证或登录已过期",
  403: "无权限",
  404: "资源不存在",
  405: "不支持该请求方法",
  413: "请求体过大",
  426: "请使用WebSocket连接",
  429: "请求过于频繁",
  500: "服务器内部错误",
};

/** A refusal that no endpoint made: an unknown path, a fault that was ordered. */
export function refuseAt(now: number, { status, message, retryAfterSeconds }: Refusal): Answer {
  const text = message ?? texts[status] ?? "请求失败";
  const body = { success: false, code: status, message: text, errors: [], timestamp: timeText(now) };
  if (retryAfterSeconds === undefined) return { status, body };
  return { status, body, headers: { "retry-after": String(retryAfterSeconds) } };
}
