import type { TimedStep } from "./choose-times.ts";

/**
 * When a step begins on a route that never waits: `left` with all travel done as late, `right` with all of it done as
 * early as breaks allow. For what is no break the two are one.
 */
export type Frame = { left: number; right: number };

/** The frame of each step, in seconds from the start of the route. */
export function addFrames(steps: readonly TimedStep[]): Frame[] {
  let done = 0;
  return steps.map((step, index) => {
    const travel = step.isBreak ? travelAround(steps, index) : step.travel;
    const left = step.isBreak ? done : done + travel;
    done = left + step.action;
    return { left, right: step.isBreak ? left + travel : left };
  });
}

/** The travel to the next step that is no break. */
function travelAround(steps: readonly TimedStep[], index: number): number {
  return steps.slice(index).find(({ isBreak }) => !isBreak)?.travel ?? 0;
}
