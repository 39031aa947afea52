/** Which part of a list is wanted; pages count from 1 (takeout.txt, 1.6). */
export type TakeoutPageRequest = { pageIndex: number; pageSize: number };

/** A part of a list; `total` where the vendor tells it. */
export type TakeoutPage<Item> = { items: Item[]; total?: number };

/** What a create answers, for the document shows no answer: the identifier where there is one, and all that came. */
export type TakeoutCreated = { id: string | null; details: Record<string, unknown> };
