/** As many as one sentence names. */
const mostNamed = 5;

/** Longer names are compared by their beginnings. */
const comparedCharacters = 40;

/**
 * The rooms that a misspelled one most likely means, the likeliest first: those that differ by full-width characters,
 * spaces or case, then those with the same digits (a missing leading zero, a word before it), then a few edits.
 */
export function closestRooms(wanted: string, rooms: readonly string[]): string[] {
  const farthest = Math.max(1, Math.ceil(plain(wanted).length / 2));
  return rooms
    .map((room) => ({ room, distance: distanceOf(wanted, room) }))
    .filter(({ distance }) => distance <= farthest)
    .sort((a, b) => a.distance - b.distance || (a.room < b.room ? -1 : 1))
    .slice(0, mostNamed)
    .map(({ room }) => room);
}

function distanceOf(wanted: string, room: string): number {
  const edits = editDistance(plain(wanted), plain(room));
  const number = digits(wanted);
  return number !== "" && number === digits(room) ? Math.min(edits, 0.5) : edits;
}

/** NFKC turns full-width letters and digits into plain ones. */
function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, "").toUpperCase().slice(0, comparedCharacters);
}

/** The number in a name, without leading zeros. */
function digits(text: string): string {
  return plain(text).replace(/\D+/g, "").replace(/^0+/, "");
}

/** Levenshtein's distance: insertions, deletions and replacements. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, replaced));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
