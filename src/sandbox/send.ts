import type { ServerResponse } from "node:http";
import type { Answer } from "./message.ts";

/** Sends an answer as JSON and gives its status. */
export function sendAnswer(response: ServerResponse, { status, body, headers = {} }: Answer): number {
  const bytes = Buffer.from(JSON.stringify(body));
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
