/** No answer is larger than this; longer ones are cut and say how to get the rest. */
export const maximumAnswerTokens = 10_000;

/** What data may take, so that the text beside it and the frame around it still fit. */
export const dataTokenBudget = 8_500;

/** A cautious estimate: JSON runs at about three characters a token, Chinese at about one. */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x2000) wide++;
  return Math.ceil((text.length - wide) / 3 + wide * 1.1);
}

/** The tokens of a value as the JSON that travels. */
export function estimateDataTokens(value: unknown): number {
  return estimateTokens(JSON.stringify(value) ?? "");
}

/** How many of the entries, from the first, fit into the budget; at least one, so that paging always moves on. */
export function countThatFits(entries: readonly unknown[], budgetTokens = dataTokenBudget): number {
  let used = 0;
  for (const [index, entry] of entries.entries()) {
    used += estimateDataTokens(entry);
    if (used > budgetTokens) return Math.max(1, index);
  }
  return entries.length;
}
