import { digits, oneOf, optional, type Shape } from "./formats.ts";
import { done, type Reply } from "./reply.ts";

/** Which part of a list is wanted (takeout.txt, 1.6). */
export type PageQuery = {
  pageIndex: number | undefined;
  pageSize: number | undefined;
  sortBy: string | undefined;
  sortOrder: "asc" | "desc" | undefined;
};

/** By what a list can be sorted: a number for each entry. */
export type SortKeys<Entry> = { createdAt: (entry: Entry) => number } & Record<
  string,
  (entry: Entry) => number
>;

const usualPageSize = 20;
const largestPageSize = 100;

/** The parameters of a page; `sortKeys` names what the list can be sorted by. */
export function pageShape(sortKeys: SortKeys<never>): Shape<PageQuery> {
  return {
    pageIndex: optional(digits(1, 1_000_000)),
    pageSize: optional(digits(1, largestPageSize)),
    sortBy: optional(oneOf(Object.keys(sortKeys))),
    sortOrder: optional(oneOf(["asc", "desc"])),
  };
}

/** What a list answers with: its entries, how they are sorted and shown, and what comes beside them. */
export type List<Entry> = {
  entries: readonly Entry[];
  sortKeys: SortKeys<Entry>;
  show: (entry: Entry) => unknown;
  beside?: Record<string, unknown>;
};

/** One page of a list, the newest first unless the query says otherwise. */
export function answerPage<Entry>(query: PageQuery, list: List<Entry>): Reply {
  const { pageIndex = 1, pageSize = usualPageSize, sortBy = "createdAt", sortOrder = "desc" } = query;
  const { entries, sortKeys, show, beside } = list;
  const keyOf = sortKeys[sortBy] ?? sortKeys.createdAt;
  // newest first among equals too: the lists are held oldest first
  const ordered = sortOrder === "desc" ? entries.toReversed() : [...entries];
  const direction = sortOrder === "desc" ? -1 : 1;
  ordered.sort((a, b) => direction * (keyOf(a) - keyOf(b)));
  return done({
    items: ordered.slice((pageIndex - 1) * pageSize, pageIndex * pageSize).map(show),
    totalCount: entries.length,
    pageIndex,
    pageSize,
    totalPages: Math.ceil(entries.length / pageSize),
    ...beside,
  });
}
