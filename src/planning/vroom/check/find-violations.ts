import type { VroomRoute, VroomStep, VroomViolation } from "../answer.ts";
import type { GivenRoute, GivenStep } from "../given-routes.ts";
import { addViolations } from "../write-answer.ts";
import { type CheckedProblem, windowsOf } from "./known-steps.ts";
import { findSplitShipments } from "./split-shipments.ts";

/** A written route with all that it violates, at each step and as a whole (API.md, Violation). */
export function addRouteViolations(
  checked: CheckedProblem,
  given: GivenRoute,
  route: VroomRoute,
): VroomRoute {
  const split = findSplitShipments(checked.problem, given);
  let tasks = 0;
  const steps = route.steps.map((step, index) => {
    const own = given.steps[index]!;
    if (own.stop !== undefined) tasks++;
    const seen: Seen = { checked, vehicle: given.vehicle, given: own, step, tasks };
    const precedence = split.has(index) ? [{ cause: "precedence" as const }] : [];
    return { ...step, violations: addViolations([...findStepViolations(seen), ...precedence]) };
  });
  const all = [...steps.flatMap(({ violations }) => violations), ...findMissingBreaks(checked, given)];
  return { ...route, steps, violations: addViolations(all) };
}

type Seen = {
  checked: CheckedProblem;
  vehicle: number;
  given: GivenStep;
  step: VroomStep;
  /** Tasks so far, this one included. */
  tasks: number;
};

function findStepViolations(seen: Seen): VroomViolation[] {
  const { checked, vehicle, given, step, tasks } = seen;
  const { capacity, maxTasks, maxTravelSeconds, maxDistanceMeters, breaks } =
    checked.context.vehicles[vehicle]!;
  const { stop, breakIndex } = given;
  const over = (cause: VroomViolation["cause"], value: number | undefined, most: number | undefined) =>
    value !== undefined && most !== undefined && value > most ? [{ cause }] : [];
  const heavier = (cause: VroomViolation["cause"], most: readonly number[] | undefined) =>
    most && step.load?.some((amount, dimension) => amount > most[dimension]!) ? [{ cause }] : [];
  const { isAllowed } = checked.problem.stops;
  const isSkilled = stop === undefined || isAllowed[stop * checked.context.vehicles.length + vehicle] === 1;
  return [
    ...findMissedWindow(seen),
    ...heavier("load", capacity),
    ...(stop === undefined ? [] : over("max_tasks", tasks, maxTasks)),
    ...(isSkilled ? [] : [{ cause: "skills" as const }]),
    ...over("max_travel_time", step.duration, maxTravelSeconds),
    ...(breakIndex === undefined ? [] : heavier("max_load", breaks[breakIndex]!.maxLoad)),
    ...over("max_distance", step.distance, maxDistanceMeters),
  ];
}

/** By how much the nearest window is missed. */
function findMissedWindow({ checked, vehicle, given, step }: Seen): VroomViolation[] {
  const begin = step.arrival + step.waiting_time;
  const missed = windowsOf(checked.context, vehicle, given).map(([start, end]): VroomViolation => {
    if (begin < start) return { cause: "lead_time", duration: start - begin };
    return { cause: "delay", duration: Math.max(0, begin - end) };
  });
  const least = missed.toSorted((a, b) => a.duration! - b.duration!)[0];
  return least && least.duration! > 0 ? [least] : [];
}

/** A route without one of its vehicle's breaks. */
function findMissingBreaks({ context }: CheckedProblem, { vehicle, steps }: GivenRoute): VroomViolation[] {
  const taken = new Set(steps.map(({ breakIndex }) => breakIndex));
  const isMissing = context.vehicles[vehicle]!.breaks.some((_, index) => !taken.has(index));
  return isMissing ? [{ cause: "missing_break" }] : [];
}
