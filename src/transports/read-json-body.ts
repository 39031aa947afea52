import type { IncomingMessage } from "node:http";

const maximumBodyBytes = 4 * 1024 * 1024;

type RpcError = { status: number; code: number; message: string };

/** The JSON of a request's body, or the error to answer with: 413 when it is too large, 400 when it is no JSON. */
export async function readJsonBody(
  request: IncomingMessage,
): Promise<{ value: unknown } | { error: RpcError }> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving early must not destroy the connection that the refusal travels on.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maximumBodyBytes) {
      request.resume();
      return {
        error: { status: 413, code: -32600, message: `The body is larger than ${maximumBodyBytes} bytes` },
      };
    }
    chunks.push(chunk);
  }
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
  } catch {
    return { error: { status: 400, code: -32700, message: "Parse error: the body is no JSON" } };
  }
}
