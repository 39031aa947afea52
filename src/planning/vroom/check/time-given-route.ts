import type { VroomContext } from "../build-problem.ts";
import { refusePath } from "../fields.ts";
import type { GivenRoute } from "../given-routes.ts";
import type { Moment } from "../moments.ts";
import { type ChosenTimes, chooseTimes, findImpossible } from "./choose-times.ts";
import { type CheckedProblem, type KnownStep, readKnownSteps } from "./known-steps.ts";

/** When a given route is where, so that it misses its windows by the least; refuses times that are forced in vain. */
export function timeGivenRoute(checked: CheckedProblem, route: GivenRoute): Moment[] {
  const steps = readKnownSteps(checked, route);
  const impossible = steps[findImpossible(steps)];
  if (!impossible) return toMoments(checked.context, route.vehicle, { steps, times: chooseTimes(steps) });
  const { path, limitedBy, before } = impossible.given;
  return refusePath(
    `${path}.${limitedBy ?? "service_before"}`,
    `is too early: what comes before leaves no time to begin by ${before}`,
  );
}

type Timed = { steps: KnownStep[]; times: ChosenTimes };

/** Times are cut to whole seconds one by one, and waiting is what is between two of them, as in VROOM. */
function toMoments({ jobs, vehicles, travel }: VroomContext, vehicle: number, timed: Timed): Moment[] {
  const { steps, times } = timed;
  const whole = (time: number) => Math.floor(time / travel.timeScale);
  return steps.map(({ given, place, setup, service, leg }, index): Moment => {
    const before = steps[index - 1];
    const free = before ? times.begin[index - 1]! + before.action : times.begin[0]!;
    const arrival = whole(free + times.travelled[index]!);
    const { type, stop, breakIndex } = given;
    return {
      type,
      ...(place ? { place } : {}),
      ...(stop === undefined ? {} : { job: jobs[stop]! }),
      ...(breakIndex === undefined ? {} : { break: vehicles[vehicle]!.breaks[breakIndex]! }),
      arrival,
      waiting: whole(times.begin[index]!) - arrival,
      setup: whole(setup),
      service: whole(service),
      leg,
      legPart: partOfLeg(timed, index),
    };
  });
}

/** How much of its leg is driven when a step is reached: a break may stand anywhere on it. */
function partOfLeg({ steps, times }: Timed, index: number): number {
  if (!steps[index]!.isBreak) return index === 0 ? 0 : 1;
  const { travel } = steps.slice(index).find(({ isBreak }) => !isBreak)!;
  const since = steps.slice(0, index).findLastIndex(({ isBreak }) => !isBreak);
  const driven = times.travelled.slice(since + 1, index + 1).reduce((sum, part) => sum + part, 0);
  return travel === 0 ? 0 : driven / travel;
}
