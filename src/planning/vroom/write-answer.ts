import {
  type ComputingTimes,
  type VroomAnswer,
  type VroomRoute,
  type VroomSums,
  type VroomUnassigned,
  type VroomViolation,
  violationCauses,
} from "./answer.ts";
import type { VroomContext } from "./build-problem.ts";
import { sum } from "./write-route.ts";
import { addAmounts, writeDescription, writePlace } from "./write-steps.ts";

/** The routes of an answer, and the stops that none of them visits. */
export type AnswerParts = {
  routes: VroomRoute[];
  unassigned: number[];
  computingTimes: ComputingTimes;
  /** Why a stop is unassigned, as one sentence. */
  reasonOf: (stop: number) => string;
};

/** Writes an answer (API.md, Output); it sums up what the routes show, so that it adds up. */
export function writeAnswer(context: VroomContext, parts: AnswerParts): VroomAnswer {
  const { routes, unassigned, computingTimes, reasonOf } = parts;
  return {
    code: 0,
    summary: {
      ...addRoutes(routes, context),
      routes: routes.length,
      unassigned: unassigned.length,
      computing_times: computingTimes,
    },
    unassigned: unassigned.map((stop) => writeUnassigned(context, stop, reasonOf(stop))),
    routes,
  };
}

/** Violations by cause, each once: those with a duration added up. */
export function addViolations(violations: VroomViolation[]): VroomViolation[] {
  return violationCauses.flatMap((cause) => {
    const same = violations.filter((violation) => violation.cause === cause);
    if (same.length === 0) return [];
    if (same[0]!.duration === undefined) return [{ cause }];
    return [{ cause, duration: sum(same.map(({ duration = 0 }) => duration)) }];
  });
}

/** The sums over all routes; distance only if every vehicle's is known. */
function addRoutes(routes: VroomRoute[], { dimensions, travel }: VroomContext): VroomSums {
  const total = (of: (route: VroomRoute) => number) => sum(routes.map(of));
  const none = Array<number>(dimensions).fill(0);
  const amounts = (of: (route: VroomRoute) => number[] | undefined) =>
    addAmounts([none, ...routes.flatMap((route) => [of(route) ?? none])]);
  const delivery = amounts((route) => route.delivery);
  const hasDistances = travel.legsOf.every(({ distances }) => distances !== undefined);
  return {
    cost: total(({ cost }) => cost),
    ...(dimensions > 0 ? { delivery, amount: delivery, pickup: amounts(({ pickup }) => pickup) } : {}),
    setup: total(({ setup }) => setup),
    service: total(({ service }) => service),
    duration: total(({ duration }) => duration),
    waiting_time: total(({ waiting_time }) => waiting_time),
    priority: total(({ priority }) => priority),
    ...(hasDistances ? { distance: total(({ distance = 0 }) => distance) } : {}),
    violations: addViolations(routes.flatMap(({ violations }) => violations)),
  };
}

function writeUnassigned({ jobs }: VroomContext, stop: number, reason: string): VroomUnassigned {
  const job = jobs[stop]!;
  return {
    id: job.id,
    type: job.type,
    ...writePlace(job.place),
    ...writeDescription(job.description),
    reason,
  };
}
