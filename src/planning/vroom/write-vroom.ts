import { Failure } from "../../domain/failure.ts";
import type { Problem } from "../problem.ts";
import { scheduleRoute } from "../schedule.ts";
import type { Solution, SolutionRoute } from "../solution.ts";
import type { ComputingTimes, VroomAnswer, VroomRoute } from "./answer.ts";
import type { VroomContext } from "./build-problem.ts";
import { momentsOf } from "./moments.ts";
import { writeAnswer } from "./write-answer.ts";
import { writeRoute } from "./write-route.ts";

/** What an answer is written from. */
export type VroomResult = {
  problem: Problem;
  context: VroomContext;
  solution: Solution;
  computingTimes: ComputingTimes;
  /** Why a stop is unassigned, as one sentence. */
  reasonOf: (stop: number) => string;
};

/**
 * Writes a solution in VROOM's JSON format (VROOM docs/API.md, Output). Throws `internal` if a route breaks one of
 * its limits.
 */
export function writeVroom(result: VroomResult): VroomAnswer {
  const { context, solution, computingTimes, reasonOf } = result;
  const routes = solution.routes.map((route) => writeSolved(result, route));
  return writeAnswer(context, { routes, unassigned: solution.unassigned, computingTimes, reasonOf });
}

function writeSolved({ problem, context }: VroomResult, route: SolutionRoute): VroomRoute {
  const schedule = scheduleRoute(problem, route);
  if (schedule.violations.length > 0) {
    throw new Failure("internal", "The search gave a route that breaks a limit.");
  }
  return writeRoute(context, { route, moments: momentsOf(context, { route, schedule }) });
}
