import type { ComputingTimes, VroomAnswer } from "../answer.ts";
import { toSolutionRoute } from "../given-routes.ts";
import type { VroomReading } from "../read-vroom.ts";
import { writeAnswer } from "../write-answer.ts";
import { writeRoute } from "../write-route.ts";
import { addRouteViolations } from "./find-violations.ts";
import { timeGivenRoute } from "./time-given-route.ts";

/**
 * The routes that a document gives its vehicles, with times that miss the least, and all that they violate (API.md,
 * Plan mode). Rules are soft here; only times that a step forces must be possible.
 */
export function checkPlan(reading: VroomReading, computingTimes: ComputingTimes): VroomAnswer {
  const { problem, context, given } = reading;
  const checked = { problem, context };
  const routes = given.map((route) => {
    const moments = timeGivenRoute(checked, route);
    return addRouteViolations(
      checked,
      route,
      writeRoute(context, { route: toSolutionRoute(route), moments }),
    );
  });
  const planned = new Set(given.flatMap((route) => toSolutionRoute(route).stops));
  const unassigned = context.jobs.map((_, stop) => stop).filter((stop) => !planned.has(stop));
  return writeAnswer(context, {
    routes,
    unassigned,
    computingTimes,
    reasonOf: () => "No vehicle's steps name it.",
  });
}
