import type { StopTable } from "../problem.ts";

/** The first moment from `arrival` on at which a window is open; `arrival` itself when all are over. */
export function earliestStart(stops: StopTable, stop: number, arrival: number): number {
  const { windowOffset, windowStart, windowEnd } = stops;
  for (let window = windowOffset[stop]!; window < windowOffset[stop + 1]!; window++) {
    if (arrival <= windowEnd[window]!) return Math.max(arrival, windowStart[window]!);
  }
  return arrival;
}

/**
 * The last moment up to `latest` at which a window is open; -Infinity when none has opened by then. Where lateness
 * costs, only the window in which service begins at `begin` counts, and it ends where more lateness would begin.
 */
export function latestStart(
  stops: StopTable,
  stop: number,
  { latest, begin }: { latest: number; begin: number },
): number {
  const { windowOffset, windowStart, windowEnd, latestFreeSeconds, latenessCostPerSecond } = stops;
  if (windowOffset[stop] === windowOffset[stop + 1]) return latest;
  const own = windowAt(stops, stop, begin);
  if (latestFreeSeconds && (latenessCostPerSecond?.[stop] ?? 0) > 0 && own >= 0) {
    const last = Math.min(windowEnd[own]!, Math.max(begin, latestFreeSeconds[own]!));
    return latest < windowStart[own]! ? Number.NEGATIVE_INFINITY : Math.min(latest, last);
  }
  for (let window = windowOffset[stop + 1]! - 1; window >= windowOffset[stop]!; window--) {
    if (latest >= windowStart[window]!) return Math.min(latest, windowEnd[window]!);
  }
  return Number.NEGATIVE_INFINITY;
}

/** By how much service that begins then is late: after the free part of its window. */
export function latenessAt(stops: StopTable, stop: number, begin: number): number {
  const window = windowAt(stops, stop, begin);
  const free = window < 0 ? undefined : stops.latestFreeSeconds?.[window];
  return free === undefined ? 0 : Math.max(0, begin - free);
}

/** By how much the start of a service misses the last window of the stop; 0 or less when it does not. */
export function missedBy({ windowOffset, windowEnd }: StopTable, stop: number, begin: number): number {
  const last = windowOffset[stop + 1]! - 1;
  return last < windowOffset[stop]! ? 0 : begin - windowEnd[last]!;
}

/** The window in which service begins, the last one when it begins after all; -1 for a stop without windows. */
function windowAt({ windowOffset, windowEnd }: StopTable, stop: number, begin: number): number {
  const last = windowOffset[stop + 1]! - 1;
  if (last < windowOffset[stop]!) return -1;
  for (let window = windowOffset[stop]!; window < last; window++) {
    if (begin <= windowEnd[window]!) return window;
  }
  return last;
}
