import type { Problem } from "../problem.ts";
import type { TakenBreak } from "../schedule.ts";
import type { Drive } from "./drive.ts";
import { timeWithBreaks } from "./times-with-breaks.ts";
import { earliestVisit, latestVisit, lateVisit } from "./visit-times.ts";

/** When a route is where. Arrays run along its visits, and so does `leg` of a break. */
export type Times = {
  departureSeconds: number;
  arrivalSeconds: number[];
  startSeconds: number[];
  waitingSeconds: number[];
  latenessSeconds: number[];
  breaks: TakenBreak[];
  endSeconds: number;
  durationSeconds: number;
};

/** The times of the earliest end, with the latest departure that keeps it. */
export function timeRoute(problem: Problem, drive: Drive): Times {
  const hasBreaks = drive.visits.length > 0 && (problem.vehicles.breaks?.[drive.vehicle]?.length ?? 0) > 0;
  return hasBreaks ? timeWithBreaks(problem, drive) : timeWithoutBreaks(problem, drive);
}

function timeWithoutBreaks(problem: Problem, drive: Drive): Times {
  const earliest = driveForward(problem, drive, drive.startSeconds);
  let clock = earliest.endSeconds - drive.returnSeconds;
  for (let visit = drive.visits.length - 1; visit >= 0; visit--) {
    const begin = earliest.startSeconds[visit]!;
    const latest = clock - drive.setupSeconds[visit]! - drive.serviceSeconds[visit]!;
    const start = latestVisit(problem, drive, { visit, latest, begin });
    clock = Math.max(start, begin) - drive.legSeconds[visit]!;
  }
  return driveForward(problem, drive, Math.max(drive.startSeconds, clock));
}

function driveForward(problem: Problem, drive: Drive, departureSeconds: number): Times {
  const arrivalSeconds: number[] = [];
  const startSeconds: number[] = [];
  let clock = departureSeconds;
  for (const visit of drive.visits.keys()) {
    const arrival = clock + drive.legSeconds[visit]!;
    const start = earliestVisit(problem, drive, { visit, arrival });
    arrivalSeconds.push(arrival);
    startSeconds.push(start);
    clock = start + drive.setupSeconds[visit]! + drive.serviceSeconds[visit]!;
  }
  const endSeconds = clock + drive.returnSeconds;
  return {
    departureSeconds,
    arrivalSeconds,
    startSeconds,
    waitingSeconds: startSeconds.map((start, visit) => start - arrivalSeconds[visit]!),
    latenessSeconds: startSeconds.map((start, visit) => lateVisit(problem, drive.visits[visit]!, start)),
    breaks: [],
    endSeconds,
    durationSeconds: endSeconds - departureSeconds,
  };
}
