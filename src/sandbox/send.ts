import type { ServerResponse } from "node:http";
import type { Answer } from "./message.ts";

/** Sends an answer as JSON and gives its status. */
export function sendAnswer(response: ServerResponse, { status, body, headers = {} }: Answer): number {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return status;
  }
  const isPlainText = typeof body === "string" && (headers["content-type"] ?? "").startsWith("text/plain");
  const bytes = Buffer.from(isPlainText ? body : answerText(body));
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
    ...headers,
  });
  response.end(bytes);
  return status;
}

/** Sends a text of any kind and gives its status. */
export function sendText(response: ServerResponse, status: number, type: string, text: string): number {
  response.writeHead(status, { "content-type": type });
  response.end(text);
  return status;
}

/** A number that an answer's body holds with these very digits, such as 38.00. */
export function exactNumber(digits: string): object {
  return JSON.rawJSON(digits);
}

/** An answer's body as JSON, with every digit of its bigints and exact numbers. */
export function answerText(body: unknown): string {
  return JSON.stringify(body, (_name, value: unknown) =>
    typeof value === "bigint" ? JSON.rawJSON(value.toString()) : value,
  );
}
