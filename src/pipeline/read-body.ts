import { Failure } from "../domain/failure.ts";
import type { VendorLabel } from "./fault.ts";

/** A body as it comes from the wire, and how much of it may be read. */
export type WireBody = VendorLabel & {
  chunks: AsyncIterable<Uint8Array>;
  /** The value of `content-encoding`. */
  encoding: string | undefined;
  maxBytes: number;
};

/** What this side announces in `accept-encoding`. */
export const acceptedEncodings = "gzip, deflate";

/** Reads and decompresses a body; stops with `bad_response` as soon as it is larger than allowed, before or after. */
export async function readBody(body: WireBody): Promise<Uint8Array<ArrayBuffer>> {
  const { encoding = "identity" } = body;
  if (encoding === "identity" || encoding === "") return collect(body.chunks, body);
  const format = encoding.replace(/^x-/, "");
  if (format !== "gzip" && format !== "deflate")
    throw unreadable(body, "in an encoding that was not asked for");
  const compressed = await collect(body.chunks, body);
  return collect(new Blob([compressed]).stream().pipeThrough(new DecompressionStream(format)), body);
}

async function collect(chunks: AsyncIterable<Uint8Array>, body: WireBody): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > body.maxBytes) throw unreadable(body, `longer than ${Math.floor(body.maxBytes / 1024)} KiB`);
    parts.push(chunk);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

function unreadable({ vendor, label }: VendorLabel, why: string): Failure {
  return new Failure("bad_response", `${label} sent an answer that is ${why}.`, {
    vendor,
    hint: "Ask for less at once, or check that the base URL is the vendor's.",
  });
}
