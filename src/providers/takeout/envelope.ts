import { z } from "zod";
import type { TakeoutCreated, TakeoutPage } from "../../domain/takeout/page.ts";
import { readJson } from "../../pipeline/json.ts";
import type { VendorAnswer } from "../../pipeline/pipeline.ts";
import { isRecord, toDetails } from "./details.ts";
import { idText, optionalWholeNumber, wholeNumber } from "./wire-fields.ts";

/** What stands around every answer (takeout.txt, 1.3); a failed one never gets here. */
export function envelope<Data>(data: z.ZodType<Data>) {
  return z.looseObject({ success: z.literal(true), data });
}

/** A part of a list (takeout.txt, 1.6). */
export function pageOf<Item>(item: z.ZodType<Item>): z.ZodType<TakeoutPage<Item>> {
  return z
    .looseObject({ items: z.array(item), totalCount: optionalWholeNumber, totalPages: optionalWholeNumber })
    .transform(({ items, totalCount, totalPages }) => ({
      items,
      ...(totalCount !== null && { total: totalCount }),
      ...(totalPages !== null && { pages: totalPages }),
    }));
}

/** A list that the document names and does not show: a page, or all of it at once. */
export function anyListOf<Item>(item: z.ZodType<Item>): z.ZodType<TakeoutPage<Item>> {
  return z.union([pageOf(item), z.array(item).transform((items) => ({ items }))]);
}

/** What a write has answered that the document shows no answer of; the identifier is the first of these members. */
export function toCreated(data: unknown, idNames: readonly string[]): TakeoutCreated {
  const bare = idText.safeParse(data);
  if (bare.success) return { id: bare.data, details: {} };
  const members = isRecord(data) ? data : {};
  const ids = idNames.map((name) => idText.safeParse(members[name]));
  return { id: ids.find(({ success }) => success)?.data ?? null, details: toDetails(members) };
}

/** A 2xx that says it failed (takeout.txt, 1.4). */
const refusal = z.looseObject({ success: z.literal(false), code: wholeNumber.nullish().catch(null) });

/** Whether a 2xx says that it failed. */
export function isRefusal(body: unknown): boolean {
  return refusal.safeParse(body).success;
}

/** Refusals are short; lists are not worth a second reading. */
const longestRefusalBytes = 10_000;

/** Whether an answer refuses the token, by its status or by its envelope's code. */
export function refusesToken({ status, body }: VendorAnswer): boolean {
  if (status === 401) return true;
  if (status < 200 || status > 299 || body.byteLength > longestRefusalBytes) return false;
  try {
    return refusal.safeParse(readJson(body)).data?.code === 401;
  } catch {
    return false; // no JSON: told by whoever reads the answer
  }
}
