/** A page as a vendor that counts pages from 1 gives it; `total` entries and `pages` in all where it tells. */
type NumberedPage<Item> = { items: Item[]; total?: number | undefined; pages?: number | undefined };

/** What a list tool needs: the entries wanted, and where the rest begins. */
export type Slice<Item> = { items: Item[]; total?: number; nextOffset?: number };

type Wanted = { offset: number; limit: number; pageSize: number };

/**
 * Reads the entries from `offset` on, at most `limit` of them, from a vendor that gives pages of `pageSize`. A page
 * that is shorter than asked for is the last one unless the vendor's counts say more; an empty one always is.
 */
export async function readNumberedPages<Item>(
  { offset, limit, pageSize }: Wanted,
  readPage: (page: { number: number; size: number }) => Promise<NumberedPage<Item>>,
): Promise<Slice<Item>> {
  const items: Item[] = [];
  let total: number | undefined;
  let position = offset;
  for (;;) {
    const number = Math.floor(position / pageSize) + 1;
    const skipped = position % pageSize;
    const page = await readPage({ number, size: pageSize });
    total = page.total ?? total;
    const most = total === undefined ? page.pages : Math.ceil(total / pageSize);
    const fresh = page.items.slice(skipped, skipped + limit - items.length);
    items.push(...fresh);
    position += fresh.length;
    const isLast =
      page.items.length === 0 || (most === undefined ? page.items.length < pageSize : number >= most);
    const hasMore = !isLast || skipped + fresh.length < page.items.length;
    if (!hasMore || items.length >= limit) {
      return { items, ...(total !== undefined && { total }), ...(hasMore && { nextOffset: position }) };
    }
    if (fresh.length === 0) return { items, ...(total !== undefined && { total }) };
  }
}
