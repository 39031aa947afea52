import type { Problem, VehicleBreak } from "../../src/planning/problem.ts";
import type { SolutionRoute } from "../../src/planning/solution.ts";
import { matrixOf } from "./matrix-of.ts";

/** Where a vehicle is: seconds left of its leg, the place along the route it drives to or stands at, breaks taken. */
type Moment = { place: number; toDrive: number; taken: number };

/**
 * The earliest end of a route that leaves at a moment, found second by second over all that a driver can do: drive,
 * wait, begin the next break, begin the next service or to load again. Infinity when it can't end by `until`. Loads are
 * left aside.
 */
export function endBySecond(
  problem: Problem,
  route: SolutionRoute,
  span: { leave: number; until: number },
): number {
  const breaks = problem.vehicles.breaks?.[route.vehicle] ?? [];
  const course = courseOf(route);
  const agenda = new Map<number, Map<string, Moment>>();
  const at = (clock: number, moment: Moment): void => {
    const known = agenda.get(clock) ?? new Map<string, Moment>();
    agenda.set(clock, known.set(JSON.stringify(moment), moment));
  };
  const isOver = ({ isOnlyWhenOut, windows, durationSeconds }: VehicleBreak): boolean =>
    isOnlyWhenOut === true && windows.at(-1)![1] + durationSeconds <= span.leave;
  for (let over = 0; over <= breaks.length && breaks.slice(0, over).every(isOver); over++) {
    at(span.leave, { place: 0, toDrive: secondsTo(problem, route, 0), taken: over });
  }
  for (let clock = span.leave; clock <= span.until; clock++) {
    // What takes no time goes on at the same second, so the list grows while it is read.
    for (const moment of (agenda.get(clock) ?? new Map<string, Moment>()).values()) {
      const { place, toDrive, taken } = moment;
      const isToCome = (one: VehicleBreak): boolean =>
        one.isOnlyWhenOut === true && clock <= one.windows[0]![0];
      const isDone = place === course.length && toDrive === 0 && breaks.slice(taken).every(isToCome);
      if (isDone) return clock;
      at(clock + 1, toDrive > 0 ? { ...moment, toDrive: toDrive - 1 } : moment);
      const next = breaks[taken];
      if (next?.windows.some(([from, to]) => from <= clock && clock <= to)) {
        at(clock + next.durationSeconds, { ...moment, taken: taken + 1 });
      }
      if (toDrive > 0 || place === course.length || !mayBegin(problem, route, { place, clock })) continue;
      const leave = clock + stayAt(problem, route, place);
      at(leave, { place: place + 1, toDrive: secondsTo(problem, route, place + 1), taken });
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** Stands in a course for where the vehicle loads again. */
const depot = -1;

/** All that a vehicle comes to, in order. */
function courseOf({ stops, reloads = [] }: SolutionRoute): number[] {
  return stops.flatMap((stop, place) => (reloads.includes(place) ? [depot, stop] : [stop]));
}

function locationAt({ stops, vehicles }: Problem, route: SolutionRoute, place: number): number {
  if (place < 0) return vehicles.startLocation[route.vehicle]!;
  const stop = courseOf(route)[place];
  if (stop === depot) return (vehicles.reloadLocation ?? vehicles.startLocation)[route.vehicle]!;
  return stop === undefined ? vehicles.endLocation[route.vehicle]! : stops.location[stop]!;
}

function secondsTo(problem: Problem, route: SolutionRoute, place: number): number {
  const { size, durationSeconds } = matrixOf(problem, problem.vehicles.profile[route.vehicle]);
  const [from, to] = [locationAt(problem, route, place - 1), locationAt(problem, route, place)];
  return from < 0 || to < 0 ? 0 : durationSeconds[from * size + to]!;
}

function stayAt(problem: Problem, route: SolutionRoute, place: number): number {
  const { stops, vehicles } = problem;
  const stop = courseOf(route)[place]!;
  if (stop === depot) return vehicles.reloadSeconds?.[route.vehicle] ?? 0;
  const isNew = locationAt(problem, route, place - 1) !== stops.location[stop];
  return stops.serviceSeconds[stop]! + (isNew ? stops.setupSeconds[stop]! : 0);
}

/** Whether a stop is open, or all that the next trip carries will be there by the end of loading. */
function mayBegin(
  problem: Problem,
  route: SolutionRoute,
  { place, clock }: { place: number; clock: number },
): boolean {
  const course = courseOf(route);
  if (course[place] !== depot) return isOpen(problem, course[place]!, clock);
  const end = course.indexOf(depot, place + 1);
  const trip = course.slice(place + 1, end < 0 ? course.length : end);
  const ready = clock + stayAt(problem, route, place);
  return trip.every((stop) => (problem.stops.releaseSeconds?.[stop] ?? -Infinity) <= ready);
}

function isOpen({ stops }: Problem, stop: number, clock: number): boolean {
  const [from, to] = [stops.windowOffset[stop]!, stops.windowOffset[stop + 1]!];
  for (let window = from; window < to; window++) {
    if (stops.windowStart[window]! <= clock && clock <= stops.windowEnd[window]!) return true;
  }
  return from === to;
}
