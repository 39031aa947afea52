/** Random choices that the same seed repeats. */
export type Dice = {
  /** A whole number from 0 to `most`. */
  upTo: (most: number) => number;
  between: (least: number, most: number) => number;
  chance: (probability: number) => boolean;
  pick: <Value>(values: readonly Value[]) => Value;
  /** `count` values, each made anew. */
  times: <Value>(count: number, make: (index: number) => Value) => Value[];
};

/** Mulberry32 (Tommy Ettinger): 32 bits of state, enough for test data. */
export function createDice(seed: number): Dice {
  let state = seed | 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (most: number) => Math.floor(fraction() * (most + 1));
  return {
    upTo,
    between: (least, most) => least + upTo(most - least),
    chance: (probability) => fraction() < probability,
    pick: <Value>(values: readonly Value[]): Value => {
      const index = upTo(values.length - 1);
      if (index >= values.length) throw new Error("there is nothing to pick from");
      return values[index] as Value;
    },
    times: (count, make) => Array.from({ length: count }, (_, index) => make(index)),
  };
}
