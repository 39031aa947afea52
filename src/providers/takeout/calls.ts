import { z } from "zod";
import type { CallOptions } from "../../domain/call-options.ts";
import { sortOrders, type TakeoutPageRequest } from "../../domain/takeout/page.ts";
import { exactNumber } from "../../pipeline/json.ts";
import type { RawBody, VendorRequest } from "../../pipeline/pipeline.ts";
import { choiceRule, wholeNumberRule } from "../argument-rules.ts";
import { exchange, type VendorLine } from "../provider.ts";
import { refuseWrong } from "./argument-rules.ts";
import { envelope } from "./envelope.ts";

/** What is read; members of the query that are undefined are not sent. */
type Read = CallOptions & { path: string; query?: Record<string, string | number | undefined> };

/** What is changed, and which read tells afterwards whether it was. */
type Write = CallOptions & {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  json?: Record<string, unknown>;
  body?: RawBody;
  timing?: NonNullable<VendorRequest["timing"]>;
  settledBy: string;
};

/** Reads what the envelope holds. */
export async function read<Data>(
  line: VendorLine,
  { path, query = {}, signal }: Read,
  data: z.ZodType<Data>,
): Promise<Data> {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const { value } = await exchange(line, { method: "GET", path, query: pairs, signal }, envelope(data));
  return value.data;
}

/** Writes once and reads what the envelope holds; nothing here is idempotent at the vendor. */
export async function write<Data>(line: VendorLine, request: Write, data: z.ZodType<Data>): Promise<Data> {
  const { value } = await exchange(line, { ...request, isWrite: true, isRepeatable: false }, envelope(data));
  return value.data;
}

/** Any envelope without a failure, or the 204 of a delete. */
const done = z.union([z.undefined(), envelope(z.unknown().optional())]);

/** Writes once where the document shows no answer; gives what came all the same. */
export async function writeStep(line: VendorLine, request: Write): Promise<unknown> {
  const { value } = await exchange(line, { ...request, isWrite: true, isRepeatable: false }, done);
  return value?.data;
}

/** The query of a page, which counts from 1 (takeout.txt, 1.6); refuses one that there can't be. */
export function pageQuery({ pageIndex, pageSize, sortBy, sortOrder }: TakeoutPageRequest) {
  refuseWrong(
    wholeNumberRule("page_index", pageIndex, { from: 1 }),
    wholeNumberRule("page_size", pageSize, { from: 1 }),
    [
      sortBy !== undefined && !/^[A-Za-z][A-Za-z0-9_.]{0,63}$/.test(sortBy),
      "sort_by",
      "must be one of the vendor's own names, such as createdAt",
    ],
    choiceRule("sort_order", sortOrder ?? "asc", sortOrders),
  );
  return { pageIndex, pageSize, sortBy, sortOrder };
}

/** Yuan as the number that they are written as: "38.00" is sent as 38.00. */
export function wireYuan(amount: string | undefined): object | undefined {
  return amount === undefined ? undefined : exactNumber(amount.replace(/^0+(?=\d)/, ""));
}
