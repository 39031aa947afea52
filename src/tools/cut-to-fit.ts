import { estimateDataTokens } from "./answer-size.ts";

/** How much of lists and texts is left, the mildest cut first. */
const cuts = [
  { members: 40, characters: 200 },
  { members: 8, characters: 120 },
  { members: 2, characters: 60 },
];

/** The data as they are where they fit; else with shorter lists and texts, and at last without what is still too long. */
export function cutToFit(
  data: Record<string, unknown>,
  budgetTokens: number,
): { data: Record<string, unknown>; isCut: boolean } {
  if (estimateDataTokens(data) <= budgetTokens) return { data, isCut: false };
  for (const cut of cuts) {
    const shortened = shorten(data, cut) as Record<string, unknown>;
    if (estimateDataTokens(shortened) <= budgetTokens) return { data: shortened, isCut: true };
  }
  return { data: firstThatFit(data, budgetTokens), isCut: true };
}

function shorten(value: unknown, cut: (typeof cuts)[number]): unknown {
  if (typeof value === "string") {
    return value.length > cut.characters ? `${value.slice(0, cut.characters)}…` : value;
  }
  if (Array.isArray(value)) {
    const shown = value.slice(0, cut.members).map((member) => shorten(member, cut));
    return value.length > shown.length ? [...shown, `… ${value.length - shown.length} more`] : shown;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shorten(member, cut)]));
}

function firstThatFit(data: Record<string, unknown>, budgetTokens: number): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) {
    const member = shorten(value, { members: 1, characters: 40 });
    if (estimateDataTokens({ ...shown, [name]: member }) <= budgetTokens) shown[name] = member;
  }
  return shown;
}
