import type { Answer, Refusal } from "../message.ts";

const messages: Record<number, string> = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Request entity too large",
  415: "Unsupported media type",
  429: "Too many requests",
  500: "Internal server error",
};

/** What the vendor's own code refuses comes with a code and a message; the rest is its web server's plain text. */
const toldByServer = [404, 405, 413, 429, 500];

/** An error in one of the two forms that the vendor has. */
export function refuse({
  status,
  message = messages[status] ?? "Error",
  retryAfterSeconds,
}: Refusal): Answer {
  const wait = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  if (!toldByServer.includes(status)) return { ...stateAnswer(status, message), headers: wait };
  return { status, body: message, headers: { "content-type": "text/plain; charset=utf-8", ...wait } };
}

/** A status with the vendor's code and message: how it tells an invitation as well as an error. */
export function stateAnswer(status: number, message: string): Answer {
  return { status, body: { state_code: status, state_message: message } };
}

/** A 400 with what is wrong. */
export function badRequest(message: string): Answer {
  return refuse({ status: 400, message });
}
