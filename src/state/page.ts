import { Failure } from "../domain/failure.ts";

/** Which part of a list is wanted. The cursor is one that the same list gave. */
export type PageRequest = { limit: number; cursor?: string | undefined };

/** A part of a list, newest first; `nextCursor` is there while there is more. `total` counts the whole list. */
export type Page<Item> = { items: Item[]; nextCursor?: string; total: number };

/** The sequence number that the wanted part stays below; a list that grows at its head keeps its cursors. */
export function sequenceBefore({ cursor }: PageRequest): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const [, digits] = /^before:(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new Failure("invalid_input", "`cursor` is not one that this list gave.", {
    hint: "Leave `cursor` out to start at the head of the list.",
    fields: ["cursor"],
  });
}

/** Makes a page of up to `limit` rows out of rows that were read with one row more than that. */
export function pageOf<Row extends { sequence: number }, Item>(
  rows: Row[],
  { limit, total, toItem }: { limit: number; total: number; toItem: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const page = { items: shown.map(toItem), total };
  if (rows.length <= limit || !last) return page;
  return { ...page, nextCursor: Buffer.from(`before:${last.sequence}`).toString("base64url") };
}
