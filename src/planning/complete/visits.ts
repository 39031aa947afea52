import type { StopPart } from "../prepare/stops.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { type RouteSchedule, scheduleRoute } from "../schedule.ts";
import { joinTrips, reloadsOf, tripsOf } from "./trips.ts";

/** A stop of the problem with what is really unloaded there: all of its parts, or some more or fewer. */
export type Stay = {
  stop: number;
  parts: StopPart[];
  /** Whether the vehicle loads again before it. */
  startsTrip?: true;
};

/** The stays of a vehicle in driving order. */
export type Tour = { vehicle: number; stays: Stay[] };

/** What a driver calls a stop: stays at one place that are unloaded together. */
export type Visit = {
  place: number;
  /** From 0. */
  trip: number;
  stays: Stay[];
  /** When unloading begins: not before a time window opens. */
  startSeconds: number;
  /** Before that; and how much later than its window allows at no price. */
  waitingSeconds: number;
  lateSeconds: number;
  /** From the visit (or depot) before; 0 where the place has no position. */
  distanceMeters: number;
};

/** A tour with its times. */
export type DrivenRoute = Tour & { visits: Visit[]; schedule: RouteSchedule };

/** Times a tour and gathers its stays into visits. */
export function drive(prepared: PreparedPlan, tour: Tour): DrivenRoute {
  const tidy = bringTogether(prepared, tour);
  const schedule = scheduleTour(prepared, tidy);
  return { ...tidy, schedule, visits: gatherVisits(prepared, tidy, schedule) };
}

/** The same without another order of the stays, however little that would change. */
export function driveAsGiven(prepared: PreparedPlan, tour: Tour): DrivenRoute {
  const schedule = scheduleTour(prepared, tour);
  return { ...tour, schedule, visits: gatherVisits(prepared, tour, schedule) };
}

/** The search's schedule of a tour. Its loads are those of whole stops: hold the parts against the room instead. */
export function scheduleTour({ problem }: PreparedPlan, { vehicle, stays }: Tour): RouteSchedule {
  const reloads = reloadsOf(stays);
  return scheduleRoute(problem, {
    vehicle,
    stops: stays.map(({ stop }) => stop),
    ...(reloads && { reloads }),
  });
}

/** Puts stays at one place next to each other and those without a position last, where that breaks and costs nothing. */
function bringTogether(prepared: PreparedPlan, tour: Tour): Tour {
  const { stops, places } = prepared;
  const sortTrip = (stays: Stay[]) => {
    const groups = [...Map.groupBy(stays, ({ stop }) => stops[stop]!.place)];
    const located = groups.filter(([place]) => places.position[place]! >= 0);
    const unlocated = groups.filter(([place]) => places.position[place]! < 0);
    return [...located, ...unlocated].flatMap(([, members]) => members);
  };
  const tidy = { ...tour, stays: joinTrips(tripsOf(tour.stays).map(sortTrip)) };
  const before = scheduleTour(prepared, tour);
  const after = scheduleTour(prepared, tidy);
  const isAsGood = after.violations.length <= before.violations.length && after.cost <= before.cost;
  return isAsGood && after.endSeconds <= before.endSeconds ? tidy : tour;
}

function gatherVisits(prepared: PreparedPlan, tour: Tour, schedule: RouteSchedule): Visit[] {
  const tripAt = tripsOf(tour.stays).flatMap((members, trip) => members.map(() => trip));
  const single = tour.stays.map((stay, index) =>
    toVisit(prepared, stay, { index, schedule, trip: tripAt[index]! }),
  );
  const gathered: Visit[] = [];
  for (const [index, visit] of single.entries()) {
    const last = gathered.at(-1);
    if (last && schedule.waitingSeconds[index] === 0 && mayJoin(prepared, last, visit)) {
      last.stays.push(...visit.stays);
      last.lateSeconds = Math.max(last.lateSeconds, visit.lateSeconds);
    } else gathered.push({ ...visit, stays: [...visit.stays] });
  }
  return keepsLocks(prepared, gathered) ? gathered : single;
}

type Timed = { index: number; schedule: RouteSchedule; trip: number };

function toVisit(prepared: PreparedPlan, stay: Stay, at: Timed): Visit {
  const { place } = prepared.stops[stay.stop]!;
  const isLocated = prepared.places.position[place]! >= 0;
  return {
    place,
    trip: at.trip,
    stays: [stay],
    startSeconds: at.schedule.serviceStartSeconds[at.index]!,
    waitingSeconds: at.schedule.waitingSeconds[at.index]!,
    lateSeconds: at.schedule.latenessSeconds[at.index]!,
    distanceMeters: isLocated ? at.schedule.legDistanceMeters[at.index]! : 0,
  };
}

/** Whether the later visit is to the same place on the same trip and may begin as early as the one before. */
function mayJoin({ stops }: PreparedPlan, visit: Visit, later: Visit): boolean {
  const isOpen = ({ stop }: Stay) => {
    const { windows } = stops[stop]!.conditions;
    const opens = windows.some(({ start, end }) => start <= visit.startSeconds && visit.startSeconds <= end);
    return windows.length === 0 || opens;
  };
  return visit.place === later.place && visit.trip === later.trip && later.stays.every(isOpen);
}

/** Whether each locked stop is in the visit of its number. Where gathering would move one, stays are single visits. */
export function keepsLocks({ stops }: PreparedPlan, visits: readonly Visit[]): boolean {
  return visits.every((visit, index) =>
    visit.stays.every(({ stop }) => {
      const { position } = stops[stop]!.conditions;
      return position === 0 || position === index + 1;
    }),
  );
}
