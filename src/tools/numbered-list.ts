import { countThatFits } from "./answer-size.ts";
import { readNumberedPages } from "./numbered-pages.ts";
import { decodeOffset, encodeOffset } from "./offset-cursor.ts";

/** How a list tool asks: `pageSize` is what the vendor gives at once. */
type Wanted = { limit?: number | undefined; cursor?: string | undefined; pageSize: number };

/** The entries that an answer has room for, beside the vendor's items they show; `paging` goes into the answer. */
export type Listed<Item, Entry> = {
  items: Item[];
  entries: Entry[];
  paging: { total?: number; next_cursor?: string };
};

/** Reads the wanted part of a list that the vendor pages by number, and cuts it to the size of an answer. */
export async function listNumbered<Item, Entry>(
  { limit = 50, cursor, pageSize }: Wanted,
  readPage: Parameters<typeof readNumberedPages<Item>>[1],
  toEntry: (item: Item) => Entry,
): Promise<Listed<Item, Entry>> {
  const offset = decodeOffset(cursor);
  const found = await readNumberedPages({ offset, limit, pageSize }, readPage);
  const entries = found.items.map(toEntry);
  const shown = countThatFits(entries);
  const nextOffset = shown < entries.length ? offset + shown : found.nextOffset;
  return {
    items: found.items.slice(0, shown),
    entries: entries.slice(0, shown),
    paging: {
      ...(found.total !== undefined && { total: found.total }),
      ...(nextOffset !== undefined && { next_cursor: encodeOffset(nextOffset) }),
    },
  };
}
