import { type Legs, legsOf } from "../legs.ts";
import type { Problem } from "../problem.ts";
import type { SolutionRoute } from "../solution.ts";
import { reload, reloadLocationOf, tripsOf, visitsOf } from "./visits.ts";

/** A route leg by leg, whatever the clock says. Arrays run along its visits: the stops, and where it loads again. */
export type Drive = {
  vehicle: number;
  /** Stops, or `reload`, [visit]. */
  visits: number[];
  /** The leg to each visit, from the visit or start before, [visit]. */
  legMeters: number[];
  legSeconds: number[];
  setupSeconds: number[];
  serviceSeconds: number[];
  returnMeters: number;
  returnSeconds: number;
  /** What it carries on the leg to each visit, and last on the way to its end, [visit][dimension]. */
  loadOn: number[][];
  /** The route leaves its start no earlier, seconds: for its shift, and for what it waits for. */
  startSeconds: number;
  /** It begins to load again no earlier, for what it waits for there; -Infinity for stops, seconds, [visit]. */
  opensSeconds: number[];
};

/** Drives a route. */
export function driveRoute(problem: Problem, route: SolutionRoute): Drive {
  const visits = visitsOf(route);
  const releases = releasesOf(problem, route);
  const { shiftStart, reloadSeconds } = problem.vehicles;
  const loading = reloadSeconds?.[route.vehicle] ?? 0;
  let trip = 0;
  return {
    vehicle: route.vehicle,
    visits,
    ...driveLegs(problem, { vehicle: route.vehicle, visits, loading }),
    loadOn: loadRoute(problem, route),
    startSeconds: Math.max(shiftStart[route.vehicle]!, releases[0]!),
    opensSeconds: visits.map((visit) => (visit === reload ? releases[++trip]! - loading : -Infinity)),
  };
}

/** When all that is on a trip is there, [trip]. */
function releasesOf({ stops: { releaseSeconds } }: Problem, route: SolutionRoute): number[] {
  const latest = (stops: number[]): number =>
    releaseSeconds ? Math.max(-Infinity, ...stops.map((stop) => releaseSeconds[stop]!)) : -Infinity;
  return route.reloads ? tripsOf(route).map(latest) : [latest(route.stops)];
}

type DrivenLegs = Omit<Drive, "vehicle" | "visits" | "loadOn" | "startSeconds" | "opensSeconds">;

function driveLegs(
  problem: Problem,
  { vehicle, visits, loading }: { vehicle: number; visits: number[]; loading: number },
): DrivenLegs {
  const { stops, vehicles, travel } = problem;
  const service = problem.serviceTables?.[vehicles.serviceType?.[vehicle] ?? -1] ?? stops;
  const { meters, seconds } = legsOf(travel[vehicles.profile[vehicle]!]!);
  const legMeters: number[] = [];
  const legSeconds: number[] = [];
  const setupSeconds: number[] = [];
  let from = vehicles.startLocation[vehicle]!;
  for (const visit of visits) {
    const to = visit === reload ? reloadLocationOf(problem, vehicle) : stops.location[visit]!;
    legMeters.push(between(meters, from, to));
    legSeconds.push(between(seconds, from, to));
    setupSeconds.push(visit === reload || from === to ? 0 : service.setupSeconds[visit]!);
    from = to;
  }
  const last = visits.length === 0 ? -1 : from;
  const end = vehicles.endLocation[vehicle]!;
  return {
    legMeters,
    legSeconds,
    setupSeconds,
    serviceSeconds: visits.map((visit) => (visit === reload ? loading : service.serviceSeconds[visit]!)),
    returnMeters: between(meters, last, end),
    returnSeconds: between(seconds, last, end),
  };
}

/** A leg that begins or ends nowhere (location -1) takes nothing. */
function between(legs: Legs, from: number, to: number): number {
  return from < 0 || to < 0 ? 0 : legs.between(from, to);
}

/** What is on board on each leg: where a vehicle loads again, nothing stays on it. */
function loadRoute({ stops, dimensions }: Problem, route: SolutionRoute): number[][] {
  const loadOn: number[][] = [];
  for (const trip of route.reloads ? tripsOf(route) : [route.stops]) {
    let load = new Array<number>(dimensions).fill(0);
    for (const stop of trip) {
      // What is delivered of a pair comes on board on the way.
      if ((stops.pickupOf?.[stop] ?? -1) >= 0) continue;
      for (let d = 0; d < dimensions; d++) load[d]! += stops.delivery[stop * dimensions + d]!;
    }
    loadOn.push(load);
    for (const stop of trip) {
      const base = stop * dimensions;
      load = load.map((carried, d) => carried - stops.delivery[base + d]! + stops.pickup[base + d]!);
      loadOn.push(load);
    }
  }
  return loadOn;
}
