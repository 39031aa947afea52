import type { OpenLinearProgram } from "./linear-program.ts";
import type { Packing } from "./packing-problem.ts";

/** How a packing is looked for and proven. At least one of `iterations` and a finite time limit is needed. */
export type PackingOptions = {
  seed: number;
  /** The whole work, from the call to the answer. */
  timeLimitMilliseconds: number;
  /** Of the search; where they end before the time does, a run can be repeated exactly. */
  iterations?: number;
  /** Milliseconds of any clock. */
  now: () => number;
  shouldStop?: () => boolean;
  /** Without it the bound is that of the fleet's capacity. */
  openLinearProgram?: OpenLinearProgram;
  onProgress?: (progress: PackingProgress) => void;
};

/** The best so far. */
export type PackingProgress = Pick<Packing, "cost" | "leftOut"> & { lowerBound: number };

/**
 * A packing and what is known of it:
 * - `optimal`: all items are packed, and no packing of all costs less;
 * - `bounded`: all items are packed, and none costs less than `lowerBound`;
 * - `infeasible`: no packing holds all items, which is proven; this one leaves some out;
 * - `unsettled`: this packing leaves items out, but one that holds all may exist; it costs `lowerBound` or more.
 */
export type PackingProof = {
  packing: Packing;
  cost: number;
  /** No packing of all items costs less; Infinity when there is none. */
  lowerBound: number;
  status: "optimal" | "bounded" | "infeasible" | "unsettled";
  /** How far the cost may be above the least, in percent of the bound; Infinity while items are left out. */
  gapPercent: number;
  /** Items that fit into no vehicle even alone. */
  misfits: Int32Array;
};
