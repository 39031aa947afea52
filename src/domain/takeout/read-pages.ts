import type { TakeoutPage } from "./page.ts";

/** How far a list is read: not past `mostItems` entries or `mostPages` pages, nor on once `isEnough`. */
type Bounds<Item> = {
  mostItems: number;
  mostPages: number;
  isEnough?: (items: readonly Item[]) => boolean;
};

/**
 * Reads a list from its first page on, each entry once: one that moved between two pages comes on both. A vendor may
 * give smaller pages than it was asked for and may tell no total, so only a page without anything new, or as many
 * entries as the total, is the end. `isWhole` says that the end was reached.
 */
export async function readPages<Item extends { id: string }>(
  { mostItems, mostPages, isEnough = () => false }: Bounds<Item>,
  readPage: (pageIndex: number) => Promise<TakeoutPage<Item>>,
): Promise<{ items: Item[]; isWhole: boolean }> {
  const found = new Map<string, Item>();
  for (let pageIndex = 1; pageIndex <= mostPages; pageIndex++) {
    const before = found.size;
    const { items, total } = await readPage(pageIndex);
    for (const item of items) found.set(item.id, item);
    const isLast = total === undefined ? found.size === before : found.size >= total || items.length === 0;
    if (isLast) return { items: [...found.values()], isWhole: true };
    if (found.size >= mostItems || isEnough([...found.values()])) break;
  }
  return { items: [...found.values()], isWhole: false };
}
