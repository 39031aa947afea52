/** The name that was most likely meant, undefined when none is like it. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  const asked = plainly(wrong);
  const scored = names
    .map((name) => ({ name, distance: editDistance(asked, plainly(name)) }))
    .filter(
      ({ name, distance }) => distance <= Math.max(1, Math.floor(Math.min(asked.length, name.length) / 3)),
    );
  return scored.sort((a, b) => a.distance - b.distance)[0]?.name;
}

/** "shiftEnd", "shift-end" and "shift_end" are one name in three habits. */
function plainly(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

/** Letters to put in, take out or change (Levenshtein 1966), row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= b.length; at++) {
      const change = row[at - 1]! + (b[at - 1] === letter ? 0 : 1);
      next.push(Math.min(change, row[at]! + 1, next[at - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
