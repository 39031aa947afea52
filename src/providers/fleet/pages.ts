import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import type { WirePage } from "./schemas.ts";

/** Where a list is to be read; left out, the ERP decides on the limit and starts at 0. */
export type PageRequest = { limit?: number; offset?: number };

/** One page of a list, and where the next one starts if there is one. */
export type Page<Item> = { items: Item[]; total?: number; nextOffset?: number };

/** More pages than any factory has: an ERP that goes on after them is broken. */
const mostPages = 2_000;

/**
 * A page by what was received: the ERP may cap the limit. There is more while `next` is set or `count` says so, and
 * where the ERP gives neither until a page is empty. The URL in `next` is never followed.
 */
export function toPage<Item>({ count, next, results }: WirePage<Item>, offset: number): Page<Item> {
  const end = offset + results.length;
  const isSilent = next === undefined && typeof count !== "number";
  const hasMore = isSilent || typeof next === "string" || (count ?? 0) > end;
  return {
    items: results,
    ...(typeof count === "number" && { total: count }),
    ...(hasMore && results.length > 0 && { nextOffset: end }),
  };
}

/** Every item of a list, each once, although pages may shift while they are read. */
export async function readAllPages<Item>(
  readPage: (offset: number) => Promise<Page<Item>>,
  identify: (item: Item) => Identifier,
): Promise<Item[]> {
  const items = new Map<Identifier, Item>();
  let offset: number | undefined = 0;
  for (let pages = 0; offset !== undefined; pages++) {
    const page: Page<Item> = await readPage(offset);
    const before = items.size;
    for (const item of page.items) items.set(identify(item), item);
    offset = page.nextOffset;
    const isRepeat = offset !== undefined && items.size === before;
    if (isRepeat && hasAll(page, items.size)) return [...items.values()];
    if (isRepeat || pages >= mostPages) throw endless();
  }
  return [...items.values()];
}

/** Whether a page of known items means that the ERP ignores the offset and had given everything at once. */
function hasAll({ total }: Page<unknown>, received: number): boolean {
  return total === undefined || received >= total;
}

function endless(): Failure {
  return new Failure(
    "bad_response",
    "The fleet system repeats pages of this list instead of giving the next ones.",
    {
      vendor: "fleet",
      hint: "Read the list page by page with limit and offset, and have the fleet system's paging checked.",
    },
  );
}
