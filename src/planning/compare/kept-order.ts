/**
 * Which of the entries keep their order: the indices of a longest run that does not fall, however many stand between
 * (patience sorting, Fredman 1975). The others are those that were moved, and they are as few as can be.
 */
export function keptOrder(positions: readonly number[]): Set<number> {
  const tails: number[] = []; // index of the last entry of the best run of each length
  const before: number[] = []; // index of the entry before it in its run, -1 for none
  for (const [index, position] of positions.entries()) {
    const length = firstAbove(tails, positions, position);
    before[index] = length > 0 ? tails[length - 1]! : -1;
    tails[length] = index;
  }
  const kept = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) kept.add(index);
  return kept;
}

/** The first run whose last entry is above the position: that run it can end better. */
function firstAbove(tails: readonly number[], positions: readonly number[], position: number): number {
  let [low, high] = [0, tails.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions[tails[middle]!]! > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
