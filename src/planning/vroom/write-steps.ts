import type { SolutionRoute } from "../solution.ts";
import type { VroomStep } from "./answer.ts";
import type { VroomContext } from "./build-problem.ts";
import { legsAlong } from "./legs-along.ts";
import type { Moment } from "./moments.ts";
import type { VroomPlace } from "./places.ts";

/** The start, the tasks, the breaks and the end of a route, each with what was travelled and what is loaded by then. */
export function writeSteps(context: VroomContext, route: SolutionRoute, moments: Moment[]): VroomStep[] {
  const loads = context.dimensions > 0 ? loadsAlong(moments, context.dimensions) : undefined;
  const distances = distancesAlong(context, route, moments);
  const durations = durationsAlong(moments);
  return moments.map(({ type, place, job, break: own, arrival, waiting, setup, service }, index) => ({
    type,
    ...writeDescription((job ?? own)?.description),
    ...(place ? writePlace(place) : {}),
    ...(own ? { id: own.id } : {}),
    // VROOM writes the old `job` for pickups and deliveries too.
    ...(job ? { id: job.id, job: job.id } : {}),
    setup,
    service,
    waiting_time: waiting,
    ...(loads ? { load: loads[index]! } : {}),
    arrival,
    duration: durations[index]!,
    ...(distances ? { distance: distances[index]! } : {}),
    violations: [],
  }));
}

/** Where a place is, in the document's own terms. */
export function writePlace({ coordinates, matrixIndex }: VroomPlace) {
  return {
    ...(coordinates ? { location: coordinates } : {}),
    ...(matrixIndex === undefined ? {} : { location_index: matrixIndex }),
  };
}

/** The description that the document gives, if any. */
export function writeDescription(description: string | undefined) {
  return description ? { description } : {};
}

/** Seconds on the road when each moment is reached. */
function durationsAlong(moments: Moment[]): number[] {
  let duration = 0;
  let departure = moments[0]!.arrival;
  return moments.map(({ arrival, waiting, setup, service }) => {
    duration += arrival - departure;
    departure = arrival + waiting + setup + service;
    return duration;
  });
}

/**
 * Meters on the road when each moment is reached, at a break in proportion to the time driven, as in VROOM;
 * undefined where the document has no distances. To a stand-in for a missing start or end nothing is driven.
 */
function distancesAlong(
  context: VroomContext,
  route: SolutionRoute,
  moments: Moment[],
): number[] | undefined {
  const { distances } = context.travel.legsOf[route.vehicle]!;
  if (!distances) return undefined;
  const legs = legsAlong(context, route, distances);
  const before = [0];
  for (const meters of legs) before.push(before.at(-1)! + meters);
  return moments.map(({ leg, legPart }) => before[leg]! + Math.round(legs[leg]! * legPart));
}

/** What is loaded after each moment: all deliveries of jobs at the start, all their pickups at the end. */
function loadsAlong(moments: Moment[], dimensions: number): number[][] {
  const jobs = moments.flatMap(({ job }) => (job?.type === "job" ? job : []));
  let load = addAmounts([Array<number>(dimensions).fill(0), ...jobs.map(({ delivery }) => delivery)]);
  return moments.map(({ job }) => {
    if (job) load = load.map((amount, index) => amount - job.delivery[index]! + job.pickup[index]!);
    return load;
  });
}

/** The sum of amounts, dimension by dimension. */
export function addAmounts(amounts: (readonly number[])[]): number[] {
  const [first = [], ...others] = amounts;
  return others.reduce<number[]>(
    (sum, amount) => sum.map((value, index) => value + amount[index]!),
    [...first],
  );
}
