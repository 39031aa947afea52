import type { IncomingMessage } from "node:http";

/** A body that is too large goes by unkept up to here, because a client that is still sending hears no refusal. */
const mostDiscardedBytes = 16 * 1024 * 1024;

/** The bytes of a request's body; undefined when there are more than may be, of which none is kept. */
export async function readBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving early must not destroy the connection that the refusal travels on.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size <= maximumBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > maximumBytes + mostDiscardedBytes) break;
  }
  if (size <= maximumBytes) return Buffer.concat(chunks);
  request.resume();
  return undefined;
}
