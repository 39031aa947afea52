import { endsBeforeBreaks, leavesAfterBreaks } from "../due-breaks.ts";
import type { Problem, VehicleBreak } from "../problem.ts";
import type { TakenBreak } from "../schedule.ts";
import type { Drive } from "./drive.ts";
import type { Times } from "./times.ts";
import { earliestVisit, latestVisit, lateVisit } from "./visit-times.ts";
import { reload } from "./visits.ts";
import { latestStart, missedBy } from "./windows.ts";

/** A route whose breaks are to be taken. `latest`: where set, no service may begin later, [visit]. */
type Course = { problem: Problem; drive: Drive; breaks: VehicleBreak[]; latest: number[] };

/**
 * The earliest way to leave a visit after so many breaks: how much rules are broken on the way (seconds or load, 0 on a
 * way that breaks none), the moments of arrival, service and departure, and the breaks taken before the leg.
 */
type State = { over: number; arrival: number; begin: number; clock: number; before: number };

const never = Number.POSITIVE_INFINITY;

/**
 * Times of a route with breaks. On every leg any number of the next breaks may be taken; a table over the visits and
 * the number of breaks taken finds the earliest end, a second one backwards the latest departure that keeps it.
 */
export function timeWithBreaks(problem: Problem, drive: Drive): Times {
  const { vehicle, visits, startSeconds } = drive;
  const breaks = problem.vehicles.breaks![vehicle]!;
  const free: Course = { problem, drive, breaks, latest: visits.map(() => never) };
  const earliest = traceBack(free, startSeconds, driveForward(free, startSeconds));
  if (earliest.over > 0) return earliest.times;
  const latest = visits.map((stop, visit) => {
    const begin = earliest.times.startSeconds[visit]!;
    const isCosted = (problem.stops.latenessCostPerSecond?.[stop] ?? 0) > 0;
    return isCosted ? latestStart(problem.stops, stop, { latest: never, begin }) : never;
  });
  const course = { ...free, latest };
  const departure = Math.max(startSeconds, driveBack(course, earliest.times));
  return traceBack(course, departure, driveForward(course, departure)).times;
}

/** The earliest states at each visit and at the end, by how many breaks were taken: [visit][taken]. */
function driveForward(course: Course, departure: number): State[][] {
  const { drive } = course;
  let states = leaveHome(course, departure);
  const table: State[][] = [];
  for (let leg = 0; leg <= drive.visits.length; leg++) {
    const last = states;
    states = last.map((_, taken) => {
      const ways = last
        .slice(0, taken + 1)
        .map((state, before) => arrive(course, { leg, state, before, taken }));
      return ways.reduce((best, way) => (isEarlier(way, best) ? way : best));
    });
    table.push(states);
  }
  return table;
}

/** The states at the start, by how many breaks are over when the vehicle leaves. */
function leaveHome({ breaks }: Course, departure: number): State[] {
  return leavesAfterBreaks(breaks).map((isOver) => {
    const clock = Math.max(departure, isOver);
    return { over: clock === never ? never : 0, arrival: clock, begin: clock, clock, before: 0 };
  });
}

/** How many breaks are over or taken at the best end. */
function takenByEnd({ breaks }: Course, ends: readonly State[]): number {
  const opens = endsBeforeBreaks(breaks);
  return ends.reduceRight(
    (best, end, taken) => (end.clock <= opens[taken]! && isEarlier(end, ends[best]!) ? taken : best),
    breaks.length,
  );
}

function isEarlier(a: State, b: State): boolean {
  return a.over < b.over || (a.over === b.over && a.clock < b.clock);
}

type Step = { leg: number; state: State; before: number; taken: number };

/** Drives one leg, taking the breaks between `before` and `taken` on it, and serves the stop at its end. */
function arrive(course: Course, { leg, state, before, taken }: Step): State {
  if (state.clock === never) return state;
  const { problem, drive, latest } = course;
  const crossed = crossLeg(course, { leg, departure: state.clock, before, taken });
  const arrival = crossed.arrival;
  let over = state.over + crossed.over;
  const stop = drive.visits[leg];
  if (stop === undefined) return { over, arrival, begin: arrival, clock: arrival, before };
  const begin = earliestVisit(problem, drive, { visit: leg, arrival });
  const missed = stop === reload ? 0 : missedBy(problem.stops, stop, begin);
  over += Math.max(0, missed, begin - latest[leg]!);
  return {
    over,
    arrival,
    begin,
    clock: begin + drive.setupSeconds[leg]! + drive.serviceSeconds[leg]!,
    before,
  };
}

type Crossing = { leg: number; departure: number; before: number; taken: number };

/** Drives a leg and takes each break on it as soon as it is open, for what is driven later takes no longer. */
function crossLeg(
  course: Course,
  { leg, departure, before, taken }: Crossing,
): { arrival: number; over: number; breaks: TakenBreak[] } {
  const travel = travelOn(course, leg);
  let clock = departure;
  let toDrive = travel;
  let over = 0;
  const breaks: TakenBreak[] = [];
  for (let index = before; index < taken; index++) {
    const { windows, durationSeconds } = course.breaks[index]!;
    const open = windows.find(([, end]) => clock <= end);
    const startSeconds = open ? Math.max(clock, open[0]) : clock;
    const driven = Math.min(toDrive, startSeconds - clock);
    const waitingSeconds = startSeconds - clock - driven;
    toDrive -= driven;
    over += Math.max(0, startSeconds - windows.at(-1)![1]) + excessLoad(course, leg, index);
    clock = startSeconds + durationSeconds;
    breaks.push({
      index,
      leg,
      waitingSeconds,
      startSeconds,
      durationSeconds,
      travelledSeconds: travel - toDrive,
    });
  }
  return { arrival: clock + toDrive, over, breaks };
}

function travelOn({ drive }: Course, leg: number): number {
  return drive.legSeconds[leg] ?? drive.returnSeconds;
}

/** What is on board on a leg beyond what a break allows, summed over the dimensions. */
function excessLoad({ breaks, drive }: Course, leg: number, index: number): number {
  const { maximumLoad } = breaks[index]!;
  if (!maximumLoad) return 0;
  return drive.loadOn[leg]!.reduce((sum, carried, d) => sum + Math.max(0, carried - maximumLoad[d]!), 0);
}

/** The latest departure that still ends as early, over all ways to take the breaks; -Infinity when there is none. */
function driveBack(course: Course, earliest: Times): number {
  const { breaks, problem, drive, latest } = course;
  const begins = earliest.startSeconds;
  // The latest arrival at the end of the leg that is looked at, by how many breaks were taken by then.
  let arrivals = endsBeforeBreaks(breaks).map((opens) => Math.min(opens, earliest.endSeconds));
  for (let leg = drive.visits.length; ; leg--) {
    const departures = arrivals.map((_, before) =>
      Math.max(
        ...arrivals.map((arrival, taken) => crossBack(course, { leg, departure: arrival, before, taken })),
      ),
    );
    if (leg === 0) {
      const isOver = leavesAfterBreaks(breaks);
      return Math.max(...departures.map((leave, before) => (leave >= isOver[before]! ? leave : -never)));
    }
    const index = leg - 1;
    arrivals = departures.map((departure) => {
      const stay = drive.setupSeconds[index]! + drive.serviceSeconds[index]!;
      const start = latestVisit(problem, drive, {
        visit: index,
        latest: departure - stay,
        begin: begins[index]!,
      });
      return Math.min(start, latest[index]!);
    });
  }
}

/** The latest departure on a leg that is to end at `departure`, taking breaks as late as they allow. */
function crossBack(course: Course, { leg, departure: arrival, before, taken }: Crossing): number {
  if (taken < before || arrival === -never) return -never;
  let clock = arrival;
  let toDrive = travelOn(course, leg);
  for (let index = taken - 1; index >= before; index--) {
    const { windows, durationSeconds } = course.breaks[index]!;
    const ends = clock;
    const open = windows.findLast(([start]) => start <= ends - durationSeconds);
    if (!open || excessLoad(course, leg, index) > 0) return -never;
    clock = Math.min(open[1], ends - durationSeconds);
    toDrive = Math.max(0, toDrive - (ends - durationSeconds - clock));
  }
  return clock - toDrive;
}

/** Follows the states back from the end and writes them as times. */
function traceBack(
  course: Course,
  departureSeconds: number,
  table: State[][],
): { over: number; times: Times } {
  const { problem, drive } = course;
  const home = leaveHome(course, departureSeconds);
  let taken = takenByEnd(course, table.at(-1)!);
  const path: State[] = [];
  const takenBreaks: TakenBreak[] = [];
  for (let leg = drive.visits.length; leg >= 0; leg--) {
    const state = table[leg]![taken]!;
    const departure = (leg === 0 ? home : table[leg - 1]!)[state.before]!.clock;
    const crossing = { leg, departure, before: state.before, taken };
    takenBreaks.unshift(...crossLeg(course, crossing).breaks);
    path.unshift(state);
    taken = state.before;
  }
  const end = path.pop()!;
  const left = home[taken]!.clock;
  const times: Times = {
    departureSeconds: left,
    arrivalSeconds: path.map(({ arrival }) => arrival),
    startSeconds: path.map(({ begin }) => begin),
    waitingSeconds: path.map(({ arrival, begin }) => begin - arrival),
    latenessSeconds: path.map(({ begin }, index) => lateVisit(problem, drive.visits[index]!, begin)),
    breaks: takenBreaks,
    endSeconds: end.clock,
    durationSeconds: end.clock - left,
  };
  return { over: end.over, times };
}
