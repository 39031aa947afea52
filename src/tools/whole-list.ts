import { countThatFits } from "./answer-size.ts";
import { encodeOffset } from "./offset-cursor.ts";

type Wanted<Item, Answer> = { offset: number; limit: number; toAnswer: (item: Item) => Answer };

/** What fits into one answer of a list that the vendor gives whole, and the two fields that tell of the rest. */
export function sliceOf<Item, Answer>(
  items: readonly Item[],
  { offset, limit, toAnswer }: Wanted<Item, Answer>,
): { shown: Answer[]; total: number; next_cursor?: string } {
  const wanted = items.slice(offset, offset + limit).map(toAnswer);
  const shown = wanted.slice(0, countThatFits(wanted));
  const end = offset + shown.length;
  return {
    shown,
    total: items.length,
    ...(end < items.length && { next_cursor: encodeOffset(end) }),
  };
}
