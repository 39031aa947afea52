import type { IncomingMessage } from "node:http";
import { readBody } from "./read-body.ts";

const maximumBodyBytes = 4 * 1024 * 1024;

type RpcError = { status: number; code: number; message: string };

/** The JSON of a request's body, or the error to answer with: 413 when it is too large, 400 when it is no JSON. */
export async function readJsonBody(
  request: IncomingMessage,
): Promise<{ value: unknown } | { error: RpcError }> {
  const body = await readBody(request, maximumBodyBytes);
  if (!body) {
    const message = `The body is larger than ${maximumBodyBytes} bytes`;
    return { error: { status: 413, code: -32600, message } };
  }
  try {
    return { value: JSON.parse(body.toString("utf8")) };
  } catch {
    return { error: { status: 400, code: -32700, message: "Parse error: the body is no JSON" } };
  }
}
