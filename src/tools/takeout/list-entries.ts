import type { TakeoutPage, TakeoutPageRequest } from "../../domain/takeout/page.ts";
import { countThatFits } from "../answer-size.ts";
import { readNumberedPages } from "../numbered-pages.ts";
import { decodeOffset, encodeOffset } from "../offset-cursor.ts";

/** What the document's samples ask for; a vendor that caps pages below what is asked would make us skip entries. */
export const documentedPageSize = 20;

type Wanted = { limit?: number | undefined; cursor?: string | undefined };

/** The entries that an answer has room for, beside the vendor's items they show; `paging` goes into the answer. */
type Listed<Item, Entry> = {
  items: Item[];
  entries: Entry[];
  paging: { total?: number; next_cursor?: string };
};

/** Reads the wanted part of one of the vendor's lists and cuts it to the size of an answer. */
export async function listEntries<Item, Entry>(
  { limit = 50, cursor }: Wanted,
  readPage: (page: TakeoutPageRequest) => Promise<TakeoutPage<Item>>,
  toEntry: (item: Item) => Entry,
): Promise<Listed<Item, Entry>> {
  const offset = decodeOffset(cursor);
  const found = await readNumberedPages(
    { offset, limit, pageSize: documentedPageSize },
    async ({ number, size }) => readPage({ pageIndex: number, pageSize: size }),
  );
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

/** How many of how many: "3 of 50 merchants." */
export function headline(shown: number, { total }: { total?: number }, noun: string): string {
  return `${shown} of ${total ?? "the"} ${noun}.`;
}
