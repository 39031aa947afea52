import { createExplainer, type VehicleObstacle } from "../../src/planning/explain.ts";
import type { Problem } from "../../src/planning/problem.ts";
import type { Solution } from "../../src/planning/solution.ts";

/** Why no vehicle takes one stop of a solution. */
export function explainUnassigned(problem: Problem, solution: Solution, stop: number): VehicleObstacle[] {
  return createExplainer(problem, solution)(stop).obstacles;
}
