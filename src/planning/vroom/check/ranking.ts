/** How good the rest of a route is, by where it begins: what comes first counts first, less is better. */
export type Ranking = {
  /** Sum of the violations; infinite where there is no such rest. */
  violation: Float64Array;
  /** When the route ends. */
  end: Float64Array;
  /** Sum of the times at which tasks begin. */
  begins: Float64Array;
};

/** A ranking in which nothing is possible yet. */
export function createRanking(size: number): Ranking {
  const violation = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  return { violation, end: new Float64Array(size), begins: new Float64Array(size) };
}

/** Whether one entry is better than another. */
export function isBefore({ violation, end, begins }: Ranking, one: number, other: number): boolean {
  if (violation[one] !== violation[other]) return violation[one]! < violation[other]!;
  if (end[one] !== end[other]) return end[one]! < end[other]!;
  return begins[one]! < begins[other]!;
}

/** The best entry at each index or behind it, the first of equals; -1 where none is possible. */
export function suffixBest(ranking: Ranking): Int32Array {
  const size = ranking.violation.length;
  const best = new Int32Array(size).fill(-1);
  for (let index = size - 1; index >= 0; index--) {
    const behind = best[index + 1] ?? -1;
    const isPossible = ranking.violation[index] !== Number.POSITIVE_INFINITY;
    const isBest = isPossible && (behind < 0 || !isBefore(ranking, behind, index));
    best[index] = isBest ? index : behind;
  }
  return best;
}
