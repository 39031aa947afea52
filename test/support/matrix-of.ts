import { isMeasured, type Problem, type TravelMatrix } from "../../src/planning/problem.ts";

/** The matrix that vehicles of a profile drive by, in a problem that has one. */
export function matrixOf({ travel }: Pick<Problem, "travel">, profile = 0): TravelMatrix {
  const own = travel[profile];
  if (!own || isMeasured(own)) throw new Error(`Profile ${profile} has no matrix.`);
  return own;
}
