import { fractionOf } from "../random.ts";
import { driveMinutes, roadMeters } from "../road.ts";
import type { JobStop } from "./job.ts";
import { isSamePlace } from "./order-stops.ts";

/** How a stop ends, and when: simulated time, milliseconds since the epoch. */
export type StopEnd = { at: number; status: "completed" | "failed" };

/** The whole drive, laid down at the import; what holds at a moment is read off it. */
export type Timeline = {
  /** When the driver sets out. */
  startsAt: number;
  /** One for each stop, in driving order. */
  ends: StopEnd[];
};

export type JobStatus = "pending" | "assigned" | "in_progress" | "completed";

export type StopStatus = "pending" | StopEnd["status"];

const minuteMs = 60_000;
const soonestStartMinutes = 5;
const startSpreadMinutes = 10;
const usualServiceMinutes = 6;
/** How long the way takes to a stop, or from one, that is on no map. */
const unknownDriveMinutes = 15;
const failureRate = 0.04;

type DriveContext = {
  key: string;
  createdAt: number;
  hasDriver: boolean;
  /** How a stop ends where that is ordered. */
  orderedEnd: (externalStopId: string) => StopEnd["status"] | undefined;
};

/**
 * The driver sets out 5 to 15 minutes after the import and serves one stop after another; about one in 25 fails,
 * never the place the route starts from, unless it is ordered otherwise. Without a driver nothing ever happens.
 */
export function planTimeline(
  stops: readonly JobStop[],
  { key, createdAt, hasDriver, orderedEnd }: DriveContext,
): Timeline {
  if (!hasDriver) return { startsAt: Number.POSITIVE_INFINITY, ends: stops.map(() => ({ ...neverEnds })) };
  const wait = soonestStartMinutes + fractionOf(`${key} start`) * startSpreadMinutes;
  const startsAt = createdAt + wait * minuteMs;
  const [start] = stops;
  let at = startsAt;
  const ends = stops.map((stop, index): StopEnd => {
    at += (minutesTo(stop, stops[index - 1]) + serviceMinutes(stop, start)) * minuteMs;
    const fails = !isAtStart(stop, start) && fractionOf(`${key} ${stop.externalStopId}`) < failureRate;
    return { at, status: orderedEnd(stop.externalStopId) ?? (fails ? "failed" : "completed") };
  });
  return { startsAt, ends };
}

const neverEnds: StopEnd = { at: Number.POSITIVE_INFINITY, status: "completed" };

/** What a stop shows at a moment. */
export function stopStatus(end: StopEnd | undefined, now: number): StopStatus {
  return end && end.at <= now ? end.status : "pending";
}

/** What a job shows at a moment (routemate.txt, 任务状态); it is completed once every stop was delivered, else never. */
export function jobStatus({ startsAt, ends }: Timeline, now: number): JobStatus {
  if (startsAt === Number.POSITIVE_INFINITY) return "pending";
  if (now < startsAt) return "assigned";
  return ends.every(({ at, status }) => at <= now && status === "completed") ? "completed" : "in_progress";
}

/** The moment of the last thing that happened, `createdAt` when nothing did. */
export function lastChange(
  { startsAt, ends }: Timeline,
  { createdAt, now }: { createdAt: number; now: number },
): number {
  const past = [startsAt, ...ends.map(({ at }) => at)].filter((at) => at <= now);
  return Math.max(createdAt, ...past);
}

function minutesTo(stop: JobStop, previous: JobStop | undefined): number {
  if (!previous) return 0;
  if (!stop.coordinates || !previous.coordinates) return unknownDriveMinutes;
  return driveMinutes(roadMeters(previous.coordinates, stop.coordinates));
}

function serviceMinutes(stop: JobStop, start: JobStop | undefined): number {
  return stop.durationMinutes ?? (isAtStart(stop, start) ? 0 : usualServiceMinutes);
}

function isAtStart({ coordinates }: JobStop, start: JobStop | undefined): boolean {
  return !!coordinates && !!start?.coordinates && isSamePlace(coordinates, start.coordinates);
}
