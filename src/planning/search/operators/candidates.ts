/** The routes that may take the stop in question, and the best position found on each so far. */
export type Candidates = {
  /** The routes: the first `count` entries. */
  routes: Int32Array;
  count: number;
  /** Weighted length that the best position adds; Infinity while there is none, -Infinity on closed routes, [route]. */
  added: Float64Array;
  /** The node before that position, [route]. */
  behind: Int32Array;
  /** The question in which the route was met last, [route]. */
  metIn: Int32Array;
  question: number;
  /** What the position adds to the score that `createAlikeScan` found last. */
  least: number;
};

/** `added` of a route that cannot take the stop at all. */
export const closed = Number.NEGATIVE_INFINITY;

/** Room for so many routes. */
export function createCandidates(routeCount: number): Candidates {
  return {
    routes: new Int32Array(routeCount),
    count: 0,
    added: new Float64Array(routeCount),
    behind: new Int32Array(routeCount),
    metIn: new Int32Array(routeCount),
    question: 0,
    least: 0,
  };
}

/** Forgets the stop before. */
export function nextQuestion(candidates: Candidates): void {
  candidates.question++;
  candidates.count = 0;
}
