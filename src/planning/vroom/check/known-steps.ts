import { legsOf } from "../../legs.ts";
import type { Problem } from "../../problem.ts";
import type { VroomContext } from "../build-problem.ts";
import { type GivenRoute, type GivenStep, toSolutionRoute } from "../given-routes.ts";
import { legsAlong } from "../legs-along.ts";
import type { VroomPlace } from "../places.ts";
import type { VroomWindow } from "../windows.ts";
import type { TimedStep } from "./choose-times.ts";

/** What a plan is checked against. */
export type CheckedProblem = { problem: Problem; context: VroomContext };

/** A step of a given route with what it takes, in the planner's time. */
export type KnownStep = TimedStep & {
  given: GivenStep;
  /** Where it is; undefined for a break. */
  place: VroomPlace | undefined;
  setup: number;
  service: number;
  /** The leg on which it is reached, by its place along the route. */
  leg: number;
};

/** The steps of a given route with their ways and stays. */
export function readKnownSteps(checked: CheckedProblem, route: GivenRoute): KnownStep[] {
  const { problem, context } = checked;
  const { timeScale, indexOf } = context.travel;
  const { seconds } = legsOf(problem.travel[problem.vehicles.profile[route.vehicle]!]!);
  const legs = legsAlong(context, toSolutionRoute(route), seconds);
  const places = placesOf(context, route);
  let here: VroomPlace | undefined;
  let leg = -1;
  return route.steps.map((given, index) => {
    const place = places[index];
    const isThere = here !== undefined && place !== undefined && indexOf(here) === indexOf(place);
    const isBreak = given.breakIndex !== undefined;
    const travel = isBreak ? 0 : (legs[leg] ?? 0);
    const own = { given, place, isBreak, travel, leg: Math.max(0, isBreak ? leg : leg++) };
    // A start that the vehicle has not is no place to be at already.
    if (given.type !== "start" || context.vehicles[route.vehicle]!.start) here = place ?? here;
    return {
      ...own,
      ...stayOf(checked, route.vehicle, { given, isThere }),
      windows: windowsOf(context, route.vehicle, given).map(
        ([start, end]) => [start * timeScale, end * timeScale] as const,
      ),
      earliest: given.after * timeScale,
      latest: given.before * timeScale,
    };
  });
}

/** When a step should begin; working hours count at the start and the end, each for its own side. */
export function windowsOf(
  { jobs, vehicles }: VroomContext,
  vehicle: number,
  { stop, breakIndex, type }: GivenStep,
): readonly VroomWindow[] {
  const { window, breaks } = vehicles[vehicle]!;
  if (stop !== undefined) return jobs[stop]!.windows;
  if (breakIndex !== undefined) return breaks[breakIndex]!.windows;
  if (!window) return [];
  return type === "start" ? [[window[0], Number.POSITIVE_INFINITY]] : [[0, window[1]]];
}

/** Where each step is. A missing start or end is at the first or last task, or where the other one is. */
function placesOf(
  { jobs, vehicles }: VroomContext,
  { vehicle, steps }: GivenRoute,
): (VroomPlace | undefined)[] {
  const { start, end } = vehicles[vehicle]!;
  const stops = steps.flatMap(({ stop }) => stop ?? []);
  const [first, last] = [jobs[stops[0] ?? -1]?.place, jobs[stops.at(-1) ?? -1]?.place];
  return steps.map(({ type, stop }) => {
    if (stop !== undefined) return jobs[stop]!.place;
    if (type === "start") return start ?? first ?? end;
    return type === "end" ? (end ?? last ?? start) : undefined;
  });
}

function stayOf(
  { problem, context }: CheckedProblem,
  vehicle: number,
  { given: { stop, breakIndex }, isThere }: { given: GivenStep; isThere: boolean },
): Pick<KnownStep, "setup" | "service" | "action"> {
  if (breakIndex !== undefined) {
    const service = context.vehicles[vehicle]!.breaks[breakIndex]!.serviceSeconds * context.travel.timeScale;
    return { setup: 0, service, action: service };
  }
  if (stop === undefined) return { setup: 0, service: 0, action: 0 };
  const { stops, serviceTables, vehicles } = problem;
  const times = serviceTables?.[vehicles.serviceType?.[vehicle] ?? -1] ?? stops;
  const setup = isThere ? 0 : times.setupSeconds[stop]!;
  const service = times.serviceSeconds[stop]!;
  return { setup, service, action: setup + service };
}
