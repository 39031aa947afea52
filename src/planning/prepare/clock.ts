import { Failure } from "../../domain/failure.ts";

/** Where a plan's seconds count from, and the offset in which its times are written. */
export type PlanClock = { startMilliseconds: number; offset: string; offsetMinutes: number };

const offsetPattern = /(?:Z|([+-])(\d\d):(\d\d))$/;

/** Reads `start_at`; a Failure `invalid_input` when it is no ISO 8601 time with offset. */
export function readClock(startAt: string): PlanClock {
  const startMilliseconds = readInstant(startAt, "start_at");
  const [offset = "Z", sign = "+", hours = "0", minutes = "0"] = offsetPattern.exec(startAt) ?? [];
  const offsetMinutes = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  return { startMilliseconds, offset, offsetMinutes };
}

/** Seconds from the plan's start to an ISO 8601 time. */
export function secondsUntil({ startMilliseconds }: PlanClock, instant: string, field: string): number {
  return (readInstant(instant, field) - startMilliseconds) / 1000;
}

/** A moment of the plan in ISO 8601, whole seconds, with the offset of `start_at`. */
export function instantOf({ startMilliseconds, offset, offsetMinutes }: PlanClock, seconds: number): string {
  const local = new Date(startMilliseconds + Math.round(seconds) * 1000 + offsetMinutes * 60_000);
  return local.toISOString().slice(0, "2026-11-23T08:00:00".length) + offset;
}

/** The time of day for sentences: 09:40, with the date where it is another day than the start's. */
export function timeOfDay(clock: PlanClock, seconds: number): string {
  const [date, time] = instantOf(clock, seconds).split("T");
  const [startDate] = instantOf(clock, 0).split("T");
  return date === startDate ? time!.slice(0, 5) : `${date} ${time!.slice(0, 5)}`;
}

function readInstant(value: string, field: string): number {
  const milliseconds = offsetPattern.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(milliseconds)) return milliseconds;
  throw new Failure("invalid_input", `${field} is not a time with an offset.`, {
    hint: "Give ISO 8601 with an offset, such as 2026-11-23T08:00:00+08:00.",
    fields: [field],
  });
}
