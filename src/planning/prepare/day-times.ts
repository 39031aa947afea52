import type { DayTime } from "../../domain/vehicle.ts";
import { type PlanClock, secondsUntil } from "./clock.ts";

const timeOfDay = /^(\d\d):(\d\d)$/;
const daySeconds = 86_400;

/** Whether it is a time of day, "07:30", which every day has. */
function isTimeOfDay(value: DayTime): boolean {
  return timeOfDay.test(value);
}

/** Seconds from the plan's start to a time on the plan's day, in the offset of its start, or to an instant. */
export function onPlanDay(clock: PlanClock, value: DayTime, field: string): number {
  const [, hours, minutes] = timeOfDay.exec(value) ?? [];
  if (hours === undefined) return secondsUntil(clock, value, field);
  const local = clock.startMilliseconds / 1000 + clock.offsetMinutes * 60;
  const sinceMidnight = ((local % daySeconds) + daySeconds) % daySeconds;
  return Number(hours) * 3600 + Number(minutes) * 60 - sinceMidnight;
}

/** The same, a time of day on the first day on which it is after `bound`. */
export function firstAfter(clock: PlanClock, value: DayTime, { bound, field }: Bound): number {
  const seconds = onPlanDay(clock, value, field);
  if (!isTimeOfDay(value)) return seconds;
  return seconds + Math.max(0, Math.floor((bound - seconds) / daySeconds) + 1) * daySeconds;
}

/** The same, a time of day on the last day on which it is before `bound`. */
export function lastBefore(clock: PlanClock, value: DayTime, { bound, field }: Bound): number {
  const seconds = onPlanDay(clock, value, field);
  if (!isTimeOfDay(value)) return seconds;
  return seconds - Math.floor((seconds - bound) / daySeconds + 1) * daySeconds;
}

/** A moment in seconds from the plan's start, and the field that is read, for messages. */
type Bound = { bound: number; field: string };
