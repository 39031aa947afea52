import type { z } from "zod";
import type { CallOptions } from "../../domain/call-options.ts";
import { Failure } from "../../domain/failure.ts";
import { type CallRequest, exchange, type VendorLine } from "../provider.ts";
import { documentedFailure } from "./errors.ts";

/** A name and its value in a query. */
export type Pair = [name: string, value: string];

/** A call about one hotel; the configured one when left out. */
export type InStore = CallOptions & { storeId?: string | undefined };

/** The hotel that a call is about, checked. */
export type StoreOf = (options: InStore) => string;

/** A read. */
export function get(path: string, query: Pair[]) {
  return { method: "GET" as const, path, query };
}

/** A request with a body; members that are undefined are not sent. */
export function post(path: string, json: Record<string, unknown>) {
  return { method: "POST" as const, path, json };
}

/** Sends a request and reads its answer; failures are those that the document's codes stand for, whatever their status. */
export async function send<T>(line: VendorLine, request: CallRequest, schema: z.ZodType<T>): Promise<T> {
  try {
    return (await exchange(line, request, schema)).value;
  } catch (error) {
    throw error instanceof Failure ? documentedFailure(error, request.isWrite ?? false) : error;
  }
}
