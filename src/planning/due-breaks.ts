import type { VehicleBreak } from "./problem.ts";

/**
 * The earliest departure that needs none of the first breaks, by how many they are: when the last of them must be over,
 * seconds. -Infinity for no break, Infinity where one of them is taken whenever the vehicle leaves.
 */
export function leavesAfterBreaks(breaks: readonly VehicleBreak[]): number[] {
  const over = breaks.map(({ isOnlyWhenOut, windows, durationSeconds }) =>
    isOnlyWhenOut ? windows.at(-1)![1] + durationSeconds : Number.POSITIVE_INFINITY,
  );
  return Array.from({ length: breaks.length + 1 }, (_, count) => Math.max(...over.slice(0, count)));
}

/**
 * The latest end that needs none of the breaks but the first ones, by how many these are: when the next one opens,
 * seconds. Infinity after all of them, -Infinity where another is taken whenever the vehicle ends.
 */
export function endsBeforeBreaks(breaks: readonly VehicleBreak[]): number[] {
  const opens = breaks.map(({ isOnlyWhenOut, windows }) =>
    isOnlyWhenOut ? windows[0]![0] : Number.NEGATIVE_INFINITY,
  );
  return Array.from({ length: breaks.length + 1 }, (_, count) => Math.min(...opens.slice(count)));
}
