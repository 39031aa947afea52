import type { RouteSchedule } from "../schedule.ts";
import type { SolutionRoute } from "../solution.ts";
import type { VroomStep } from "./answer.ts";
import type { VroomContext } from "./build-problem.ts";
import type { VroomJob } from "./jobs.ts";
import type { VroomPlace } from "./places.ts";

/** A route and when it is where. */
export type TimedRoute = { route: SolutionRoute; schedule: RouteSchedule };

/** What happens at one place of a route, in whole seconds. */
type Moment = {
  type: VroomStep["type"];
  place: VroomPlace;
  job?: VroomJob;
  arrival: number;
  waiting: number;
  setup: number;
  service: number;
};

/** The start, the jobs and the end of a route, each with what was travelled and what is loaded by then. */
export function writeSteps(context: VroomContext, timed: TimedRoute): VroomStep[] {
  const moments = momentsOf(context, timed);
  const loads = context.dimensions > 0 ? loadsAlong(moments) : undefined;
  const distances = distancesAlong(context, timed.route.vehicle, moments);
  const durations = durationsAlong(moments);
  return moments.map(({ type, place, job, arrival, waiting, setup, service }, index) => ({
    type,
    ...writeDescription(job?.description),
    ...writePlace(place),
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

/** Times are cut to whole seconds one by one, and waiting is what is between two of them, as in VROOM. */
function momentsOf({ jobs, vehicles, travel }: VroomContext, { route, schedule }: TimedRoute): Moment[] {
  const clock = (time: number) => Math.floor(time / travel.timeScale);
  const idle = { waiting: 0, setup: 0, service: 0 };
  const visits = route.stops.map((stop, index): Moment => {
    const job = jobs[stop]!;
    const arrivalSeconds = schedule.arrivalSeconds[index]!;
    const arrival = clock(arrivalSeconds);
    return {
      type: "job",
      place: job.place,
      job,
      arrival,
      waiting: clock(arrivalSeconds + schedule.waitingSeconds[index]!) - arrival,
      setup: clock(schedule.setupSeconds[index]!),
      service: job.serviceSeconds,
    };
  });
  const { start = visits[0]!.place, end = visits.at(-1)!.place } = vehicles[route.vehicle]!;
  return [
    { type: "start", place: start, arrival: clock(schedule.departureSeconds), ...idle },
    ...visits,
    { type: "end", place: end, arrival: clock(schedule.endSeconds), ...idle },
  ];
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

/** Meters on the road when each moment is reached; undefined where the document has no distances. */
function distancesAlong({ travel }: VroomContext, vehicle: number, moments: Moment[]): number[] | undefined {
  const { distances, size } = travel.matrixOf[vehicle]!;
  if (!distances) return undefined;
  let meters = 0;
  let before = travel.indexOf(moments[0]!.place);
  return moments.map(({ place }, index) => {
    const here = travel.indexOf(place);
    if (index > 0) meters += distances[before * size + here]!;
    before = here;
    return meters;
  });
}

/** What is loaded after each moment: all deliveries at the start, all pickups at the end. */
function loadsAlong(moments: Moment[]): number[][] {
  const jobs = moments.flatMap(({ job }) => job ?? []);
  let load = addAmounts(jobs.map(({ delivery }) => delivery));
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
