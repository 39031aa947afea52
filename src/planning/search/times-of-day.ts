import type { Problem } from "../problem.ts";

/** Whether any rule or cost of the problem looks at the time of day, so that routes need a clock. */
export function hasTimesOfDay(problem: Problem): boolean {
  return (
    hasBindingWindow(problem) ||
    hasBindingRelease(problem) ||
    hasLateness(problem) ||
    (problem.vehicles.breaks?.some((breaks) => breaks.length > 0) ?? false)
  );
}

/** Whether service that begins late in some window costs more than service that begins early. */
export function hasLateness({ stops }: Problem): boolean {
  const { latestFreeSeconds, latenessCostPerSecond, windowOffset, windowEnd } = stops;
  if (!latestFreeSeconds || !latenessCostPerSecond) return false;
  return latenessCostPerSecond.some((cost, stop) => {
    const windows = [windowOffset[stop]!, windowOffset[stop + 1]!] as const;
    const isEarly = (free: number, place: number): boolean => free < windowEnd[windows[0] + place]!;
    return cost > 0 && latestFreeSeconds.subarray(...windows).some(isEarly);
  });
}

/** Whether any window closes anything: one that is open through every shift does not. */
function hasBindingWindow({ stops, vehicles }: Problem): boolean {
  const { windowOffset, windowStart, windowEnd } = stops;
  const opens = vehicles.shiftStart.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const closes = vehicles.shiftEnd.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  for (let window = 0; window < windowOffset[stops.count]!; window++) {
    if (windowStart[window]! > opens || windowEnd[window]! < closes) return true;
  }
  return false;
}

/** Whether any stop is released when a vehicle could have left already. */
function hasBindingRelease({ stops, vehicles }: Problem): boolean {
  const first = vehicles.shiftStart.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return stops.releaseSeconds?.some((release) => release > first) ?? false;
}
