import type { Instance, Stop, VehicleType, Window } from "../instances/instance.ts";
import { measure, partsOf } from "./measure.ts";

/** A visit with everything in parts of a unit, so that no decimal is lost. */
type TimedVisit = { place: number; window: Window; service: number; travel: number };

/** Every window that a route misses though it leaves as early as it may, its shift overrun, its longest duration. */
export function checkTimes(instance: Instance, vehicle: VehicleType, stops: Stop[]): string[] {
  const parts = partsOf[instance.rounding];
  const [opens, closes] = inParts(vehicle.shift, parts);
  const visits = timedVisits(instance, vehicle.depot, stops);
  const home =
    stops.length === 0 ? 0 : measure(instance, stops.at(-1)?.place ?? vehicle.depot, vehicle.depot);
  const faults: string[] = [];
  let clock = opens;
  for (const { place, window, service, travel } of visits) {
    const start = Math.max(window[0], clock + travel);
    if (start > window[1])
      faults.push(`serves place ${place} at ${start / parts}, after ${window[1] / parts}`);
    clock = start + service;
  }
  const end = clock + home;
  if (end > closes) faults.push(`is back at ${end / parts}, after ${closes / parts}`);
  const duration = shortestDuration(visits, { end, closes, home });
  const most = (vehicle.maxDuration ?? Number.POSITIVE_INFINITY) * parts;
  if (duration > most) faults.push(`takes ${duration / parts}, more than ${most / parts}`);
  return faults;
}

function timedVisits(instance: Instance, depot: number, stops: Stop[]): TimedVisit[] {
  const parts = partsOf[instance.rounding];
  return stops.map(({ place, window, service }, index) => ({
    place,
    window: inParts(window, parts),
    service: service * parts,
    travel: measure(instance, stops[index - 1]?.place ?? depot, place),
  }));
}

/** From departure to return when the vehicle leaves as late as the windows allow, but not later than it pays. */
function shortestDuration(
  visits: TimedVisit[],
  { end, closes, home }: Record<"end" | "closes" | "home", number>,
) {
  const work = visits.reduce((sum, { travel, service }) => sum + travel + service, home);
  const latestDeparture = visits.reduceRight(
    (latest, { window, service, travel }) => Math.min(window[1], latest - service) - travel,
    closes - home,
  );
  return Math.max(work, end - latestDeparture);
}

function inParts(window: Window | undefined, parts: number): Window {
  return window ? [window[0] * parts, window[1] * parts] : [0, Number.POSITIVE_INFINITY];
}
