import type { Routes } from "../routes.ts";
import type { GroupPlacement } from "./group-placement.ts";
import type { Insertion } from "./insertion.ts";
import type { PairInsertion } from "./pair-insertion.ts";

/** Where a place is looked for: near by and on idle vehicles, on routes touched since `begin`, or everywhere. */
export type Reach = "near" | "touched" | "anywhere";

/** What stops are placed with; `pairs` and `groups` only where there are some. */
export type PlacementParts = {
  insertion: Insertion;
  pairs: PairInsertion | undefined;
  groups: GroupPlacement | undefined;
};

/** Puts stops on routes: each where it costs least, an optional one only if that is worth it, a group as a whole. */
export class Placement {
  /** How many times its penalty an optional stop may cost: at 1 it is served when that pays. */
  generosity = 1;
  readonly #insertion: Insertion;
  readonly #pairs: PairInsertion | undefined;
  readonly #groups: GroupPlacement | undefined;
  /** What serving an optional stop may cost; undefined where all must be served, [stop]. */
  readonly #worth: Float64Array | undefined;

  constructor(routes: Routes, { insertion, pairs, groups }: PlacementParts) {
    this.#insertion = insertion;
    this.#pairs = pairs;
    this.#groups = groups;
    this.#worth = worthOf(routes);
  }

  /** Takes the first stop of a route to pay this share of what it costs; 1 is the truth. */
  set entry(share: number) {
    this.#insertion.entry = share;
  }

  /**
   * Puts a stop that no route visits where it fits, with the others of its group, and as a pickup with its delivery;
   * false when they stay out.
   */
  place(stop: number, reach: Reach): boolean {
    if (this.#groups?.isGrouped(stop)) return this.#groups.place(stop, this.generosity);
    const insertion = this.#pairs?.isPickup(stop) ? this.#pairs : this.#insertion;
    if (!find(insertion, stop, reach)) return false;
    if (this.#worth && insertion.score >= this.generosity * this.#worth[stop]!) return false;
    insertion.apply(stop);
    return true;
  }
}

function find(insertion: Insertion | PairInsertion, stop: number, reach: Reach): boolean {
  if (reach === "near") return insertion.find(stop);
  return reach === "touched" ? insertion.findAmongTouched(stop) : insertion.findAnywhere(stop);
}

/**
 * How much more the score may be for each stop served: the penalty it saves. Another objective than cost comes after
 * all penalties, however small.
 */
export function worthOf({ scoring, model }: Routes): Float64Array | undefined {
  if (scoring.isCost) return model.penalty;
  return model.penalty?.map((penalty) => (penalty > 0 ? Number.POSITIVE_INFINITY : 0));
}
