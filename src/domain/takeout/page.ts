/** The two directions of a list (takeout.txt, 1.6). */
export const sortOrders = ["asc", "desc"] as const;

/** How a list is sorted; the document names `createdAt` and leaves the other members to each list. */
type TakeoutSorting = {
  /** A member in the vendor's spelling. */
  sortBy?: string;
  sortOrder?: (typeof sortOrders)[number];
};

/** Which part of a list is wanted; pages count from 1 (takeout.txt, 1.6). */
export type TakeoutPageRequest = TakeoutSorting & { pageIndex: number; pageSize: number };

/** A part of a list; `total` and `pages` where the vendor tells how many entries and pages there are in all. */
export type TakeoutPage<Item> = { items: Item[]; total?: number; pages?: number };

/** What a create answers, for the document shows no answer: the identifier where there is one, and all that came. */
export type TakeoutCreated = { id: string | null; details: Record<string, unknown> };
