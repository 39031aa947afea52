import type { Random } from "../random.ts";

/** The chance that a position is overlooked (SISR, section 5.2): it keeps greedy insertion from repeating itself. */
const blinkRate = 0.01;

/** Counts down to the next blink, geometrically distributed: one random number for many positions. */
export class Blink {
  #left: number;
  readonly #random: Pick<Random, "fraction">;

  constructor(random: Pick<Random, "fraction">) {
    this.#random = random;
    this.#left = this.#draw();
  }

  /** Whether to overlook the position at hand. */
  isDue(): boolean {
    if (--this.#left > 0) return false;
    this.#left = this.#draw();
    return true;
  }

  /** As `isDue` for `count` positions in a row: which of them to overlook, -1 for none. */
  dueAmong(count: number): number {
    const left = this.#left - count;
    if (left > 0) {
      this.#left = left;
      return -1;
    }
    const rank = this.#left - 1;
    this.#left = this.#draw();
    return rank;
  }

  #draw(): number {
    return 1 + Math.floor(Math.log(1 - this.#random.fraction()) / Math.log(1 - blinkRate));
  }
}
