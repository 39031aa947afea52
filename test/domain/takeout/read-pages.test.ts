import fc from "fast-check";
import { expect, test } from "vitest";
import type { TakeoutPage } from "../../../src/domain/takeout/page.ts";
import { readPages } from "../../../src/domain/takeout/read-pages.ts";

type Item = { id: string };

const itemsOf = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index) }));

/** A vendor's list in pages of its own size. */
const pagesOf =
  (items: readonly Item[], size: number, tellsTotal: boolean) =>
  async (pageIndex: number): Promise<TakeoutPage<Item>> => ({
    items: items.slice((pageIndex - 1) * size, pageIndex * size),
    ...(tellsTotal && { total: items.length }),
  });

test("a list is read to its end whatever size the vendor's pages have, with a total or without", async () => {
  const size = fc.integer({ min: 1, max: 60 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 200 }),
      size,
      fc.boolean(),
      async (count, pageSize, tellsTotal) => {
        const read = await readPages(
          { mostItems: 1_000, mostPages: 300 },
          pagesOf(itemsOf(count), pageSize, tellsTotal),
        );
        expect(read).toEqual({ items: itemsOf(count), isWhole: true });
      },
    ),
  );
});

test("a vendor that gives the same page over and over is at its end", async () => {
  const items = itemsOf(20);
  const read = await readPages({ mostItems: 1_000, mostPages: 300 }, async () => ({ items }));
  expect(read).toEqual({ items, isWhole: true });
});

test.each([
  ["so many entries", { mostItems: 50, mostPages: 300 }],
  ["so many pages", { mostItems: 1_000, mostPages: 3 }],
  ["enough", { mostItems: 1_000, mostPages: 300, isEnough: (items: readonly Item[]) => items.length >= 50 }],
])("a longer list is read no further than %s, and is told as cut", async (_, bounds) => {
  const { items, isWhole } = await readPages(bounds, pagesOf(itemsOf(500), 20, true));
  expect([items.length, isWhole]).toEqual([60, false]);
});
