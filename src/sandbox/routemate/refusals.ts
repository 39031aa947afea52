import type { Answer, Refusal } from "../message.ts";

const texts: Record<number, string> = {
  400: "Bad request",
  401: "Invalid or expired token",
  403: "Integration is disabled",
  404: "Endpoint not found",
  405: "Method not allowed",
  413: "Request body too large",
  429: "Rate limit exceeded",
  500: "Internal server error",
};

/** An error as text, with the seconds to wait where they are known (routemate.txt, 错误处理). */
export function refuse({ status, message, retryAfterSeconds }: Refusal): Answer {
  const error = message ?? texts[status] ?? "Request failed";
  const wait = retryAfterSeconds === undefined ? {} : { retry_after_seconds: retryAfterSeconds };
  return { status, body: { error, ...wait } };
}

/** A 400 that lists what is wrong with the fields (routemate.txt, 错误处理). */
export function refuseFields(messages: readonly string[]): Answer {
  return { status: 400, body: { error: { code: "VALIDATION_ERROR", messages } } };
}
