import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { CallbackReader, VendorEvent } from "../domain/event.ts";
import type { VendorName } from "../domain/failure.ts";
import type { Log } from "../log.ts";
import { readBody } from "./read-body.ts";

type WebhooksOptions = {
  /** The last part of every address. */
  secret: string;
  readers: Partial<Record<VendorName, CallbackReader>>;
  /** Resolves when the event is on the disk. */
  keep: (event: VendorEvent) => Promise<unknown>;
  log: Log;
};

/** Answers one request below /webhooks/. */
export type Webhooks = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A callback holds half a dozen short fields. */
const maximumBodyBytes = 64 * 1024;

const refusals = {
  malformed: { status: 400, text: "Malformed\n" },
  wrong_store: { status: 403, text: "Another store\n" },
} as const;

/**
 * Takes what vendors send to /webhooks/{vendor}/{kind}/{secret}. 200 says that the event is kept, and any other status
 * that it is not, so that the vendor calls again. An address that is not exactly one of these is not found,
 * whatever is wrong with it.
 */
export function createWebhooks({ secret, readers, keep, log }: WebhooksOptions): Webhooks {
  const find = (url = "") => {
    const [path = ""] = url.split("?", 1);
    const [, vendor = "", kind = "", given = ""] = /^\/webhooks\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    if (!isSame(given, secret) || !isReadVendor(vendor, readers)) return undefined;
    const read = readers[vendor]?.(kind);
    return read && { vendor, kind, read };
  };
  return async (request, response) => {
    const found = find(request.url);
    if (!found) return answer(response, 404, "Not found\n");
    if (request.method !== "POST") {
      response.setHeader("Allow", "POST");
      return answer(response, 405, "Method not allowed\n");
    }
    const { vendor, kind, read } = found;
    const body = await readBody(request, maximumBodyBytes);
    if (!body) return answer(response, 413, `Larger than ${maximumBodyBytes} bytes\n`);
    const told = read(body);
    if ("refusal" in told) {
      log.warn("callback refused", { vendor, kind, reason: told.refusal });
      const { status, text } = refusals[told.refusal];
      return answer(response, status, text);
    }
    try {
      await keep(told.event);
    } catch (error) {
      log.error("callback not kept", { vendor, kind, reason: reasonOf(error) });
      return answer(response, 503, "Not kept\n");
    }
    return answer(response, 200, "ok\n");
  };
}

/** Takes as long for a secret that is nearly right as for one that is all wrong. */
function isSame(given: string, secret: string): boolean {
  const [a, b] = [given, secret].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function isReadVendor(name: string, readers: WebhooksOptions["readers"]): name is VendorName {
  return Object.hasOwn(readers, name);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(text);
}
