/**
 * Travel to be asked for at once: from each source to each destination, by the indexes of their places. The two are
 * one and the same array, or have no place in common.
 */
export type Block = { sources: readonly number[]; destinations: readonly number[] };

/** Blocks of at most so many coordinates (2 or more) that hold every pair of different places exactly once. */
export function planBlocks(places: readonly number[], mostCoordinates: number): Block[] {
  const count = Math.ceil(places.length / mostCoordinates);
  const groups = Array.from({ length: count }, (_, group) =>
    places.slice(group * mostCoordinates, (group + 1) * mostCoordinates),
  );
  return groups.flatMap((sources) =>
    groups.flatMap((destinations) => cutToSize({ sources, destinations }, mostCoordinates)),
  );
}

/** The block, in parts where it has more coordinates than that. */
export function cutToSize(block: Block, mostCoordinates: number): Block[] {
  if (isEmpty(block)) return [];
  if (countCoordinates(block) <= mostCoordinates) return [block];
  return halve(block).flatMap((part) => cutToSize(part, mostCoordinates));
}

/** How many coordinates its request holds. */
export function countCoordinates({ sources, destinations }: Block): number {
  return sources === destinations ? sources.length : sources.length + destinations.length;
}

/** How many pairs of different places it holds. */
export function countPairs({ sources, destinations }: Block): number {
  const own = sources === destinations ? sources.length : 0;
  return sources.length * destinations.length - own;
}

/** The two halves of a list, the first the longer one where it is odd. */
export function halves<Item>(list: readonly Item[]): [Item[], Item[]] {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}

/** A block with no pair of different places. */
function isEmpty(block: Block): boolean {
  return countPairs(block) === 0;
}

function halve({ sources, destinations }: Block): Block[] {
  if (sources === destinations) {
    const parts = halves(sources);
    return parts.flatMap((from) => parts.map((to) => ({ sources: from, destinations: to })));
  }
  if (sources.length >= destinations.length) {
    return halves(sources).map((part) => ({ sources: part, destinations }));
  }
  return halves(destinations).map((part) => ({ sources, destinations: part }));
}
