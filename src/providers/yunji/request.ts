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

/** What a request names, and which list shows what there is. */
export type Named = { field: "order_sn" | "task_id"; what: string; hint: string };

/**
 * Sends a request and reads its answer; failures are those that the document's codes stand for, whatever their status.
 * Where the vendor does not know what was `named`, the failure says so.
 */
export async function send<T>(
  line: VendorLine,
  { named, ...request }: CallRequest & { named?: Named },
  schema: z.ZodType<T>,
): Promise<T> {
  try {
    return (await exchange(line, request, schema)).value;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const failure = documentedFailure(error, request.isWrite ?? false);
    throw named && isOfTheVendor(failure) ? unknownName(named, failure) : failure;
  }
}

/** The vendor's own word, and not that of a server that has no such address. */
function isOfTheVendor({ code, details }: Failure): boolean {
  return code === "not_found" && details.vendorCode !== undefined;
}

/** The failure of an identifier that is nobody's. */
export function unknownName({ field, what, hint }: Named, cause?: Failure): Failure {
  const details = { ...cause?.details, hint, fields: [field] };
  return new Failure("not_found", `Yunji knows no ${what}.`, { ...details, vendor: "yunji" }, cause);
}
