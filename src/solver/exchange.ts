import type { Problem } from "../planning/problem.ts";
import { type ChainReport, orderLengthOf, told } from "../planning/search/chain-report.ts";

/**
 * Shared memory in which chains tell each other their plans. Each writes its report of a mark into one of two places
 * in turn: it comes to the mark after next only when all have told theirs of the next, and so have read this one.
 */
export type Exchange = {
  chains: number;
  /** The last mark that each chain has told its plans of, [chain]. */
  marks: Int32Array;
  /** [(chain * 2 + mark % 2) * told.count + figure]. */
  figures: Float64Array;
  /** The best order and behind it the current one, [(chain * 2 + mark % 2) * 2 * orderLength + place]. */
  orders: Int32Array;
  orderLength: number;
};

/** Room for the reports of so many chains. */
export function createExchange(problem: Problem, chains: number): Exchange {
  const orderLength = orderLengthOf(problem);
  return {
    chains,
    marks: new Int32Array(new SharedArrayBuffer(4 * chains)),
    figures: new Float64Array(new SharedArrayBuffer(8 * chains * 2 * told.count)),
    orders: new Int32Array(new SharedArrayBuffer(4 * chains * 4 * orderLength)),
    orderLength,
  };
}

/** Where a chain writes its report of a mark, and others read it. */
export function reportAt(
  { figures, orders, orderLength }: Exchange,
  chain: number,
  mark: number,
): ChainReport {
  const place = 2 * chain + (mark % 2);
  const first = place * 2 * orderLength;
  return {
    figures: figures.subarray(place * told.count, (place + 1) * told.count),
    best: orders.subarray(first, first + orderLength),
    current: orders.subarray(first + orderLength, first + 2 * orderLength),
  };
}

/** Lets the others read the report of a mark. */
export function tellMark({ marks }: Exchange, chain: number, mark: number): void {
  Atomics.store(marks, chain, mark);
  Atomics.notify(marks, chain);
}

/** How long a chain waits for another before it looks around. */
const waitMilliseconds = 5;

/** Waits until all chains have told their plans of a mark; false when `isOver` said that there is no use in waiting. */
export function awaitMark({ marks, chains }: Exchange, mark: number, isOver: () => boolean): boolean {
  for (let chain = 0; chain < chains; chain++) {
    for (let last = Atomics.load(marks, chain); last < mark; last = Atomics.load(marks, chain)) {
      if (isOver()) return false;
      Atomics.wait(marks, chain, last, waitMilliseconds);
    }
  }
  return true;
}
