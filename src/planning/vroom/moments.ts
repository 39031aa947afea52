import type { RouteSchedule } from "../schedule.ts";
import type { SolutionRoute } from "../solution.ts";
import type { VroomStep } from "./answer.ts";
import type { VroomBreak } from "./breaks.ts";
import type { VroomContext } from "./build-problem.ts";
import type { VroomJob } from "./jobs.ts";
import type { VroomPlace } from "./places.ts";
import type { VroomTravel } from "./travel.ts";

/** A route and when it is where. */
export type TimedRoute = { route: SolutionRoute; schedule: RouteSchedule };

/** What happens at one point of a route, in whole seconds. */
export type Moment = {
  type: VroomStep["type"];
  /** A break has none: it may be taken on the road. */
  place?: VroomPlace;
  job?: VroomJob;
  break?: VroomBreak;
  arrival: number;
  waiting: number;
  setup: number;
  service: number;
  /** The leg on which it is reached, by its place along the route, and how much of that leg is behind it, 0 to 1. */
  leg: number;
  legPart: number;
};

/**
 * The start, the jobs, the breaks and the end of a route, in order. Times are cut to whole seconds one by one, and
 * waiting is what is between two of them, as in VROOM.
 */
export function momentsOf(context: VroomContext, timed: TimedRoute): Moment[] {
  const { vehicles, travel } = context;
  const { route, schedule } = timed;
  const clock = clockOf(travel);
  const visits = route.stops.map((_, index) => visitOf(context, timed, index));
  // A vehicle without a start or an end has it at its first or last job.
  const { start = visits[0]!.place!, end = visits.at(-1)!.place! } = vehicles[route.vehicle]!;
  const still = { waiting: 0, setup: 0, service: 0 };
  const arrivals: Moment[] = [
    ...visits,
    {
      type: "end",
      place: end,
      arrival: clock(schedule.endSeconds),
      ...still,
      leg: visits.length,
      legPart: 1,
    },
  ];
  const breaks = breaksOf(context, timed);
  return [
    { type: "start", place: start, arrival: clock(schedule.departureSeconds), ...still, leg: 0, legPart: 0 },
    ...arrivals.flatMap((arrival) => [...breaks.filter(({ leg }) => leg === arrival.leg), arrival]),
  ];
}

/** Turns the planner's time into whole seconds. */
function clockOf({ timeScale }: VroomTravel): (time: number) => number {
  return (time) => Math.floor(time / timeScale);
}

function visitOf(
  { jobs, vehicles, travel }: VroomContext,
  { route, schedule }: TimedRoute,
  index: number,
): Moment {
  const clock = clockOf(travel);
  const job = jobs[route.stops[index]!]!;
  const arrivalSeconds = schedule.arrivalSeconds[index]!;
  const arrival = clock(arrivalSeconds);
  return {
    type: job.type,
    place: job.place,
    job,
    arrival,
    waiting: clock(arrivalSeconds + schedule.waitingSeconds[index]!) - arrival,
    setup: clock(schedule.setupSeconds[index]!),
    service: job.serviceByType.get(vehicles[route.vehicle]!.type) ?? job.serviceSeconds,
    leg: index,
    legPart: 1,
  };
}

/** The breaks in the order in which they are taken. */
function breaksOf({ vehicles, travel }: VroomContext, { route, schedule }: TimedRoute): Moment[] {
  const clock = clockOf(travel);
  return schedule.breaks.map(({ index, leg, startSeconds, waitingSeconds, travelledSeconds }) => {
    const own = vehicles[route.vehicle]!.breaks[index]!;
    const arrival = clock(startSeconds - waitingSeconds);
    const legSeconds = schedule.legTravelSeconds[leg] ?? schedule.returnTravelSeconds;
    return {
      type: "break",
      break: own,
      arrival,
      waiting: clock(startSeconds) - arrival,
      setup: 0,
      service: own.serviceSeconds,
      leg,
      legPart: legSeconds === 0 ? 0 : travelledSeconds / legSeconds,
    };
  });
}
