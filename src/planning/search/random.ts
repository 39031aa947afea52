const wordRange = 2 ** 32;

/** A seeded generator: xorshift128 (Marsaglia 2003). The same seed gives the same numbers on every machine. */
export class Random {
  readonly #state = new Int32Array(4);

  constructor(seed: number) {
    let mixed = seed | 0;
    for (let word = 0; word < 4; word++) {
      // The increment and multipliers of splitmix32 spread neighbouring seeds far apart.
      mixed = (mixed + 0x9e3779b9) | 0;
      const half = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
      this.#state[word] = Math.imul(half ^ (half >>> 15), 0x735a2d97);
    }
    this.#state[0]! |= 1; // never all zero
  }

  /** A whole number from 0 to 2^32 - 1. */
  word(): number {
    const state = this.#state;
    const first = state[0]!;
    let mixed = state[3]!;
    state[3] = state[2]!;
    state[2] = state[1]!;
    state[1] = first;
    mixed ^= mixed << 11;
    mixed ^= mixed >>> 8;
    const word = mixed ^ first ^ (first >>> 19);
    state[0] = word;
    return word >>> 0;
  }

  /** From 0 up to but not 1. */
  fraction(): number {
    return this.word() / wordRange;
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return (this.fraction() * count) | 0;
  }
}
