import type { Routes } from "../routes.ts";
import type { GroupPlacement } from "./group-placement.ts";
import type { Insertion } from "./insertion.ts";

/** Where a place is looked for: near by and on idle vehicles, on routes touched since `begin`, or everywhere. */
export type Reach = "near" | "touched" | "anywhere";

/** Puts stops on routes: each where it costs least, an optional one only if that is worth it, a group as a whole. */
export class Placement {
  /** How many times its penalty an optional stop may cost: at 1 it is served when that pays. */
  generosity = 1;
  readonly #insertion: Insertion;
  readonly #groups: GroupPlacement | undefined;
  /** What serving an optional stop may cost; undefined where all must be served, [stop]. */
  readonly #worth: Float64Array | undefined;

  constructor(routes: Routes, insertion: Insertion, groups: GroupPlacement | undefined) {
    this.#insertion = insertion;
    this.#groups = groups;
    this.#worth = worthOf(routes);
  }

  /** Puts a stop that no route visits, and the others of its group, where they fit; false when they stay out. */
  place(stop: number, reach: Reach): boolean {
    if (this.#groups?.isGrouped(stop)) return this.#groups.place(stop, this.generosity);
    if (!this.#find(stop, reach)) return false;
    if (this.#worth && this.#insertion.score >= this.generosity * this.#worth[stop]!) return false;
    this.#insertion.apply(stop);
    return true;
  }

  #find(stop: number, reach: Reach): boolean {
    if (reach === "near") return this.#insertion.find(stop);
    return reach === "touched" ? this.#insertion.findAmongTouched(stop) : this.#insertion.findAnywhere(stop);
  }
}

/**
 * How much more the score may be for each stop served: the penalty it saves. Another objective than cost comes after
 * all penalties, however small.
 */
export function worthOf({ scoring, model }: Routes): Float64Array | undefined {
  if (scoring.isCost) return model.penalty;
  return model.penalty?.map((penalty) => (penalty > 0 ? Number.POSITIVE_INFINITY : 0));
}
