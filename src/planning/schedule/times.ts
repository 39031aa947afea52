import type { Problem } from "../problem.ts";
import type { Legs, Loads, RouteSchedule } from "../schedule.ts";
import type { SolutionRoute } from "../solution.ts";
import { timeWithBreaks } from "./times-with-breaks.ts";
import { earliestStart, latenessAt, latestStart } from "./windows.ts";

/** When a route is where. */
export type Times = Pick<
  RouteSchedule,
  | "departureSeconds"
  | "arrivalSeconds"
  | "serviceStartSeconds"
  | "waitingSeconds"
  | "latenessSeconds"
  | "breaks"
  | "endSeconds"
  | "durationSeconds"
>;

/** A route with all that its times depend on. */
export type TimedRoute = {
  problem: Problem;
  route: SolutionRoute;
  drive: Legs & Loads;
  /** The route leaves no earlier: for its shift, and for what it waits for at its start. */
  startSeconds: number;
};

/** The times of the earliest end, with the latest departure that keeps it. */
export function timeRoute(problem: Problem, route: SolutionRoute, drive: Legs & Loads): Times {
  const { releaseSeconds } = problem.stops;
  const releases = releaseSeconds ? route.stops.map((stop) => releaseSeconds[stop]!) : [];
  const startSeconds = Math.max(problem.vehicles.shiftStart[route.vehicle]!, ...releases);
  const timed: TimedRoute = { problem, route, drive, startSeconds };
  const hasBreaks = route.stops.length > 0 && (problem.vehicles.breaks?.[route.vehicle]?.length ?? 0) > 0;
  return hasBreaks ? timeWithBreaks(timed) : timeWithoutBreaks(timed);
}

function timeWithoutBreaks(timed: TimedRoute): Times {
  const { problem, route, drive, startSeconds } = timed;
  const earliest = driveForward(timed, startSeconds);
  let clock = earliest.endSeconds - drive.returnTravelSeconds;
  for (let index = route.stops.length - 1; index >= 0; index--) {
    const begin = earliest.serviceStartSeconds[index]!;
    const latest = clock - drive.setupSeconds[index]! - drive.serviceSecondsOf[index]!;
    const start = latestStart(problem.stops, route.stops[index]!, { latest, begin });
    clock = Math.max(start, begin) - drive.legTravelSeconds[index]!;
  }
  return driveForward(timed, Math.max(startSeconds, clock));
}

function driveForward({ problem, route, drive }: TimedRoute, departureSeconds: number): Times {
  const { stops } = problem;
  const arrivalSeconds: number[] = [];
  const serviceStartSeconds: number[] = [];
  let clock = departureSeconds;
  for (const [index, stop] of route.stops.entries()) {
    const arrival = clock + drive.legTravelSeconds[index]!;
    const start = earliestStart(stops, stop, arrival);
    arrivalSeconds.push(arrival);
    serviceStartSeconds.push(start);
    clock = start + drive.setupSeconds[index]! + drive.serviceSecondsOf[index]!;
  }
  const endSeconds = clock + drive.returnTravelSeconds;
  return {
    departureSeconds,
    arrivalSeconds,
    serviceStartSeconds,
    waitingSeconds: serviceStartSeconds.map((start, index) => start - arrivalSeconds[index]!),
    latenessSeconds: serviceStartSeconds.map((start, index) => latenessAt(stops, route.stops[index]!, start)),
    breaks: [],
    endSeconds,
    durationSeconds: endSeconds - departureSeconds,
  };
}
