import { countThatFits, dataTokenBudget } from "./answer-size.ts";
import { encodeOffset } from "./offset-cursor.ts";

type Wanted<Item, Answer> = {
  offset: number;
  limit: number;
  toAnswer: (item: Item) => Answer;
  /** What the entries may take of an answer; all of it when left out. */
  budgetTokens?: number;
};

/**
 * What fits into one answer of a list that the vendor gives whole, beside the vendor's items it shows; `paging` goes
 * into the answer.
 */
export function sliceOf<Item, Answer>(
  items: readonly Item[],
  { offset, limit, toAnswer, budgetTokens = dataTokenBudget }: Wanted<Item, Answer>,
): { shown: Answer[]; items: Item[]; paging: { total: number; next_cursor?: string } } {
  const wanted = items.slice(offset, offset + limit).map(toAnswer);
  const shown = wanted.slice(0, countThatFits(wanted, budgetTokens));
  const end = offset + shown.length;
  const hasMore = end < items.length;
  return {
    shown,
    items: items.slice(offset, end),
    paging: { total: items.length, ...(hasMore && { next_cursor: encodeOffset(end) }) },
  };
}
