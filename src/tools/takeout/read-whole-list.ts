import type { TakeoutPage, TakeoutPageRequest } from "../../domain/takeout/page.ts";
import { readNumberedPages } from "../numbered-pages.ts";
import { documentedPageSize } from "./list-entries.ts";

/** Reads a list to its end; undefined when it is longer than `limit`, so that nothing can be said of the rest. */
export async function wholeList<Item>(
  limit: number,
  readPage: (page: TakeoutPageRequest) => Promise<TakeoutPage<Item>>,
): Promise<Item[] | undefined> {
  const { items, nextOffset } = await readNumberedPages(
    { offset: 0, limit, pageSize: documentedPageSize },
    async ({ number, size }) => readPage({ pageIndex: number, pageSize: size }),
  );
  return nextOffset === undefined ? items : undefined;
}
