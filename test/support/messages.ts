import * as z from "zod";

const messageSchema = z.looseObject({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
});

/** A message of JSON-RPC 2.0, whichever kind it is. */
export type Message = z.infer<typeof messageSchema>;

/** Reads one message; anything else fails the test. */
export function parseMessage(json: string): Message {
  return messageSchema.parse(JSON.parse(json));
}

/** Reads one message, or undefined where there is none. */
export function readMessage(line: string): Message | undefined {
  try {
    return parseMessage(line);
  } catch {
    return undefined;
  }
}

/** The protocol's revision that knows no handshake. */
export const newestRevision = "2026-07-28";

let lastId = 0;

/** A request as clients up to 2025-11-25 send it, under an identifier of its own. */
export function request(method: string, params: Record<string, unknown> = {}): Message {
  lastId += 1;
  return { jsonrpc: "2.0", id: lastId, method, params };
}

/** The first message of a client up to 2025-11-25. */
export function initialize(protocolVersion: string): Message {
  return request("initialize", {
    protocolVersion,
    capabilities: {},
    clientInfo: { name: "raw", version: "1" },
  });
}

/** What such a client says once it has read the answer. */
export const initialized: Message = { jsonrpc: "2.0", method: "notifications/initialized" };

/** A request as 2026-07-28 has it: all that a server must know of its client travels in `_meta`. */
export function modernRequest(method: string, params: Record<string, unknown> = {}): Message {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": newestRevision,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": { name: "raw", version: "1" },
  };
  return request(method, { ...params, _meta });
}

/** The same message with other fields in its `_meta`; undefined takes one away. */
export function withMeta(message: Message, fields: Record<string, unknown>): Message {
  const meta = z.record(z.string(), z.unknown()).parse(message.params?.["_meta"]);
  return { ...message, params: { ...message.params, _meta: { ...meta, ...fields } } };
}
