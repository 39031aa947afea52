/** First and last code point, and the name of the font file that holds them. */
type SubsetRange = { first: number; last: number; subset: string };

/**
 * Which file of a font holds each character, by the package's `unicode.json`: `{"[4]": "U+fee3,U+ff03-ff04", …}`.
 * Characters that none holds are left out.
 */
export function subsetsFor(characters: string, unicodeRanges: unknown): Map<string, string> {
  const ranges = readRanges(unicodeRanges);
  const subsets = new Map<string, string>();
  for (const character of new Set(characters)) {
    const code = character.codePointAt(0) ?? 0;
    const range = ranges.find(({ first, last }) => code >= first && code <= last);
    if (range) subsets.set(character, range.subset);
  }
  return subsets;
}

function readRanges(unicodeRanges: unknown): SubsetRange[] {
  return Object.entries(unicodeRanges ?? {}).flatMap(([name, list]) =>
    String(list)
      .split(",")
      .map((range) => {
        const [first = "", last = first] = range.replace(/^U\+/i, "").split("-");
        return {
          first: Number.parseInt(first, 16),
          last: Number.parseInt(last, 16),
          subset: name.replace(/[[\]]/g, ""),
        };
      }),
  );
}
