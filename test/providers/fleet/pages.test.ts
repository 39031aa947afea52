import fc from "fast-check";
import { expect, test } from "vitest";
import { type Page, readAllPages, toPage } from "../../../src/providers/fleet/pages.ts";
import { failureOf } from "../../support/failures.ts";

/** An ERP that caps the limit and tells as much about its pages as `tells` says. */
function erpOf(
  items: number[],
  { cap, tells }: { cap: number; tells: "all" | "count" | "next" | "nothing" },
) {
  const asked: number[] = [];
  const read = async (offset: number): Promise<Page<number>> => {
    asked.push(offset);
    const results = items.slice(offset, offset + cap);
    const next = offset + cap < items.length ? "http://erp.example/next" : null;
    return toPage(
      {
        results,
        ...((tells === "all" || tells === "count") && { count: items.length }),
        ...((tells === "all" || tells === "next") && { next }),
      },
      offset,
    );
  };
  return { read, asked };
}

test("every item is read once, however the ERP caps pages and whatever it tells of them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer(), { maxLength: 40 }),
      fc.integer({ min: 1, max: 15 }),
      fc.constantFrom("all" as const, "count" as const, "next" as const, "nothing" as const),
      async (items, cap, tells) => {
        const erp = erpOf(items, { cap, tells });
        expect(await readAllPages(erp.read, (item) => item)).toEqual(items);
        expect(erp.asked.length).toBeLessThanOrEqual(Math.ceil(items.length / cap) + 1);
      },
    ),
  );
});

test("items that move to a later page while the list is read come once", async () => {
  const pages: Page<string>[] = [
    { items: ["a", "b"], nextOffset: 2 },
    { items: ["b", "c"], nextOffset: 4 },
    { items: [] },
  ];
  expect(
    await readAllPages(
      async () => pages.shift() ?? { items: [] },
      (item) => item,
    ),
  ).toEqual(["a", "b", "c"]);
});

test("an ERP that ignores the offset and gives everything each time ends the list", async () => {
  const everything = (offset: number) => toPage({ results: ["a", "b"] }, offset);
  expect(
    await readAllPages(
      async (offset) => everything(offset),
      (item) => item,
    ),
  ).toEqual(["a", "b"]);
});

test("an ERP that repeats one page for ever while it counts more is a bad_response, no endless loop", async () => {
  const stuck = (offset: number) => toPage({ results: ["a", "b"], count: 1000, next: "more" }, offset);
  expect(
    (
      await failureOf(
        readAllPages(
          async (offset) => stuck(offset),
          (item) => item,
        ),
      )
    ).code,
  ).toBe("bad_response");
});

test("an ERP that invents items for ever is a bad_response, no endless loop", async () => {
  const endless = (offset: number) => toPage({ results: [offset], next: "more" }, offset);
  expect(
    (
      await failureOf(
        readAllPages(
          async (offset) => endless(offset),
          (item) => item,
        ),
      )
    ).code,
  ).toBe("bad_response");
});
