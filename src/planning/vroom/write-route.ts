import type { SolutionRoute } from "../solution.ts";
import type { VroomRoute } from "./answer.ts";
import type { VroomContext } from "./build-problem.ts";
import { legsAlong } from "./legs-along.ts";
import type { Moment } from "./moments.ts";
import { addAmounts, writeDescription, writeSteps } from "./write-steps.ts";

/** A route and what happens on it. */
export type WrittenRoute = { route: SolutionRoute; moments: Moment[] };

/** Writes a route (API.md, Routes). Its sums are those of the whole seconds that its steps show, as in VROOM. */
export function writeRoute(context: VroomContext, written: WrittenRoute): VroomRoute {
  const { route, moments } = written;
  const vehicle = context.vehicles[route.vehicle]!;
  const jobs = route.stops.map((stop) => context.jobs[stop]!);
  const steps = writeSteps(context, route, moments);
  const { duration, distance } = steps.at(-1)!;
  return {
    vehicle: vehicle.id,
    ...writeDescription(vehicle.description),
    cost: costOf(context, written, { duration, distance: distance ?? 0 }),
    ...(context.dimensions > 0 ? sumAmounts(jobs, context.dimensions) : {}),
    setup: sum(moments.map(({ setup }) => setup)),
    service: sum(moments.map(({ service }) => service)),
    duration,
    waiting_time: sum(moments.map(({ waiting }) => waiting)),
    priority: sum(jobs.map(({ priority }) => priority)),
    ...(distance === undefined ? {} : { distance }),
    steps,
    violations: [],
  };
}

/** VROOM rounds what travel costs, counted in the seconds that it shows, and cuts what tasks cost. */
function costOf(
  context: VroomContext,
  { route, moments }: WrittenRoute,
  { duration, distance }: { duration: number; distance: number },
): number {
  const { costs } = context.vehicles[route.vehicle]!;
  const own = context.travel.legsOf[route.vehicle]!;
  const metered = (duration * costs.perHour) / 3600 + (distance * costs.perKm) / 1000;
  const travel = own.costs ? sum(legsAlong(context, route, own.costs)) : Math.round(metered);
  const tasks = moments.filter(({ job }) => job !== undefined);
  const taskSeconds = sum(tasks.map(({ setup, service }) => setup + service));
  const taskCost = Math.floor((taskSeconds * costs.perTaskHour) / 3600) + costs.perTask * tasks.length;
  return costs.fixed + travel + taskCost;
}

function sumAmounts(jobs: VroomContext["jobs"], dimensions: number) {
  const none = Array<number>(dimensions).fill(0);
  const delivery = addAmounts([none, ...jobs.map((job) => job.delivery)]);
  return { delivery, amount: delivery, pickup: addAmounts([none, ...jobs.map(({ pickup }) => pickup)]) };
}

/** The sum of numbers. */
export function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
