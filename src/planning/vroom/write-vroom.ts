import { Failure } from "../../domain/failure.ts";
import type { Problem } from "../problem.ts";
import { scheduleRoute } from "../schedule.ts";
import type { Solution, SolutionRoute } from "../solution.ts";
import type { ComputingTimes, VroomAnswer, VroomRoute, VroomSums, VroomUnassigned } from "./answer.ts";
import type { VroomContext } from "./build-problem.ts";
import { addAmounts, writeDescription, writePlace, writeSteps } from "./write-steps.ts";

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
 * Writes a solution in VROOM's JSON format (VROOM docs/API.md, Output). The sums are those of the whole seconds that
 * it shows, so that an answer adds up. Throws `internal` if a route breaks one of its limits.
 */
export function writeVroom(result: VroomResult): VroomAnswer {
  const { context, solution, computingTimes } = result;
  const routes = solution.routes.map((route) => writeRoute(result, route));
  return {
    code: 0,
    summary: {
      ...addRoutes(routes, context),
      routes: routes.length,
      unassigned: solution.unassigned.length,
      computing_times: computingTimes,
    },
    unassigned: solution.unassigned.map((stop) => writeUnassigned(result, stop)),
    routes,
  };
}

function writeRoute({ problem, context }: VroomResult, route: SolutionRoute): VroomRoute {
  const schedule = scheduleRoute(problem, route);
  if (schedule.violations.length > 0) {
    throw new Failure("internal", "The search gave a route that breaks a limit.");
  }
  const vehicle = context.vehicles[route.vehicle]!;
  const jobs = route.stops.map((stop) => context.jobs[stop]!);
  const steps = writeSteps(context, { route, schedule });
  const { duration, distance } = steps.at(-1)!;
  return {
    vehicle: vehicle.id,
    ...writeDescription(vehicle.description),
    cost: Math.floor(schedule.cost / context.costScale + roundingError),
    ...(context.dimensions > 0 ? sumAmounts(jobs) : {}),
    setup: sum(steps.map(({ setup }) => setup)),
    service: sum(steps.map(({ service }) => service)),
    duration,
    waiting_time: sum(steps.map(({ waiting_time }) => waiting_time)),
    priority: sum(jobs.map(({ priority }) => priority)),
    ...(distance === undefined ? {} : { distance }),
    steps,
    violations: [],
  };
}

/** VROOM cuts costs; a whole cost must survive what a speed factor costs in precision. */
const roundingError = 1e-6;

/** The sums over all routes; distance only if every vehicle's is known. */
function addRoutes(routes: VroomRoute[], { dimensions, travel }: VroomContext): VroomSums {
  const total = (of: (route: VroomRoute) => number) => sum(routes.map(of));
  const none = Array<number>(dimensions).fill(0);
  const amounts = (of: (route: VroomRoute) => number[] | undefined) =>
    addAmounts([none, ...routes.flatMap((route) => [of(route) ?? none])]);
  const hasDistances = travel.matrixOf.every(({ distances }) => distances !== undefined);
  return {
    cost: total(({ cost }) => cost),
    ...(dimensions > 0
      ? { delivery: amounts(({ delivery }) => delivery), pickup: amounts(({ pickup }) => pickup) }
      : {}),
    setup: total(({ setup }) => setup),
    service: total(({ service }) => service),
    duration: total(({ duration }) => duration),
    waiting_time: total(({ waiting_time }) => waiting_time),
    priority: total(({ priority }) => priority),
    ...(hasDistances ? { distance: total(({ distance = 0 }) => distance) } : {}),
    violations: [],
  };
}

function sumAmounts(jobs: VroomContext["jobs"]) {
  return {
    delivery: addAmounts(jobs.map(({ delivery }) => delivery)),
    pickup: addAmounts(jobs.map(({ pickup }) => pickup)),
  };
}

function writeUnassigned({ context, reasonOf }: VroomResult, stop: number): VroomUnassigned {
  const job = context.jobs[stop]!;
  return {
    id: job.id,
    type: "job",
    ...writePlace(job.place),
    ...writeDescription(job.description),
    reason: reasonOf(stop),
  };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
