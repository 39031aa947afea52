import type { Problem } from "../problem.ts";
import type { Drive } from "./drive.ts";
import { reload } from "./visits.ts";
import { earliestStart, latenessAt, latestStart } from "./windows.ts";

/** The first moment from `arrival` on at which a visit may begin. */
export function earliestVisit(
  { stops }: Problem,
  { visits, opensSeconds }: Drive,
  { visit, arrival }: { visit: number; arrival: number },
): number {
  const stop = visits[visit]!;
  return stop === reload ? Math.max(arrival, opensSeconds[visit]!) : earliestStart(stops, stop, arrival);
}

/** The last moment up to `latest` at which a visit may begin; `begin`: when it does on the way of the earliest end. */
export function latestVisit(
  { stops }: Problem,
  { visits, opensSeconds }: Drive,
  { visit, latest, begin }: { visit: number; latest: number; begin: number },
): number {
  const stop = visits[visit]!;
  if (stop !== reload) return latestStart(stops, stop, { latest, begin });
  return latest < opensSeconds[visit]! ? Number.NEGATIVE_INFINITY : latest;
}

/** By how much a visit that begins then is late: loading again never is. */
export function lateVisit({ stops }: Problem, stop: number, begin: number): number {
  return stop === reload ? 0 : latenessAt(stops, stop, begin);
}
