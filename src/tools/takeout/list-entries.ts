import type * as z from "zod";
import type { TakeoutPage, TakeoutPageRequest } from "../../domain/takeout/page.ts";
import { type Listed, listNumbered } from "../numbered-list.ts";
import type { sortedPage } from "./takeout-fields.ts";

/** What the document's samples ask for; a vendor that caps pages below what is asked would make us skip entries. */
export const documentedPageSize = 20;

type Wanted = z.output<z.ZodObject<typeof sortedPage>>;

/** Reads the wanted part of one of the vendor's lists and cuts it to the size of an answer. */
export async function listEntries<Item, Entry>(
  wanted: Wanted,
  readPage: (page: TakeoutPageRequest) => Promise<TakeoutPage<Item>>,
  toEntry: (item: Item) => Entry,
): Promise<Listed<Item, Entry>> {
  const sorting = sortingOf(wanted);
  return listNumbered(
    { ...wanted, pageSize: documentedPageSize },
    ({ number, size }) => readPage({ pageIndex: number, pageSize: size, ...sorting }),
    toEntry,
  );
}

/** How a list is to be sorted, as its client takes it. */
export function sortingOf({
  sort_by: sortBy,
  sort_order: sortOrder,
}: Pick<Wanted, "sort_by" | "sort_order">) {
  return { ...(sortBy !== undefined && { sortBy }), ...(sortOrder !== undefined && { sortOrder }) };
}
