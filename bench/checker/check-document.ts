import { checkVroomRoute } from "./check-vroom-route.ts";
import {
  drive,
  endsOf,
  isEstimated,
  isSameSpot,
  type Spot,
  spotOf,
  stayOf,
  type Vehicle,
  type Visit,
  type VroomAnswer,
  type VroomDocument,
  visitsOf,
  type Window,
} from "./vroom-document.ts";

/**
 * Every way in which an answer does not fit its document, in VROOM's format: rules that a route breaks, visits that
 * are missing or there twice, and visits left out though they fit a vehicle that does nothing.
 */
export function checkDocument(document: VroomDocument, answer: VroomAnswer): string[] {
  const visits = visitsOf(document);
  const faults = [...checkCoverage(visits, answer), ...checkSums(answer)];
  const used = Map.groupBy(answer.routes, ({ vehicle }) => vehicle);
  for (const [name, routes] of used) {
    // VROOM does not say that two vehicles with one number are wrong: then a route must fit one of them.
    const vehicles = document.vehicles.filter(({ id }) => id === name);
    if (routes.length > vehicles.length) faults.push(`vehicle ${name} drives ${routes.length} times`);
    for (const route of routes) {
      const verdicts = vehicles.map((vehicle) => checkVroomRoute({ document, visits, vehicle, route }));
      faults.push(...(verdicts.toSorted((a, b) => a.length - b.length)[0] ?? []));
    }
  }
  const idle = document.vehicles.filter(({ id }) => !used.has(id));
  return [...faults, ...checkLeftOut(document, answer, idle)];
}

function checkCoverage(visits: Visit[], { routes, unassigned }: VroomAnswer): string[] {
  const told = new Map<string, number>();
  const steps = routes.flatMap((route) => route.steps);
  for (const { type, id } of [...steps, ...unassigned]) {
    if (!["start", "end", "break"].includes(type)) count(told, `${type} ${id}`);
  }
  const wanted = new Set(visits.map(({ type, task }) => `${type} ${task.id}`));
  const missing = [...wanted].filter((name) => told.get(name) !== 1);
  const strange = [...told.keys()].filter((name) => !wanted.has(name));
  return [
    ...missing.map((name) => `${name} is told ${told.get(name) ?? 0} times`),
    ...strange.map((name) => `${name} is not in the problem`),
  ];
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function checkSums({ summary, routes, unassigned }: VroomAnswer): string[] {
  const cost = routes.reduce((sum, route) => sum + route.cost, 0);
  const isRight = Math.abs(cost - summary.cost) <= routes.length && summary.unassigned === unassigned.length;
  return isRight ? [] : ["the summary does not add up"];
}

/** What fits alone into a vehicle that does nothing must not be left out. */
function checkLeftOut(document: VroomDocument, { unassigned }: VroomAnswer, idle: Vehicle[]): string[] {
  const visits = visitsOf(document);
  return unassigned.flatMap(({ type, id }) => {
    const visit = visits.find((one) => one.type === type && one.task.id === id);
    if (!visit || type === "delivery") return [];
    const together = visits.filter(
      (one) => one === visit || (visit.shipment && one.shipment === visit.shipment),
    );
    const vehicle = idle.find((one) => fitsAlone(document, one, together));
    return vehicle
      ? [`${type} ${id} is left out though vehicle ${vehicle.id} is idle and could take it`]
      : [];
  });
}

/** Whether an idle vehicle could do these visits in this order. Breaks are not tried: then the answer is no. */
function fitsAlone(document: VroomDocument, vehicle: Vehicle, visits: Visit[]): boolean {
  const {
    breaks = [],
    max_tasks = unlimited,
    max_travel_time = unlimited,
    max_distance = unlimited,
  } = vehicle;
  if (breaks.length > 0 || visits.length > max_tasks) return false;
  const { start, end } = endsOf(document, vehicle);
  const [opens, closes] = vehicle.time_window ?? always;
  const way = { spot: start, clock: opens, seconds: 0, meters: 0 };
  for (const visit of visits) {
    const here = spotOf(document, visit.task);
    const isThere = isSameSpot(way.spot, here);
    go(document, vehicle, { way, to: here });
    const window = (visit.task.time_windows ?? [always])
      .toSorted(([a], [b]) => a - b)
      .find(([, until]) => way.clock <= until);
    if (!window || !fits(vehicle, visit)) return false;
    const { setup, service } = stayOf(visit, vehicle, isThere);
    way.clock = Math.max(way.clock, window[0]) + setup + service;
  }
  go(document, vehicle, { way, to: end });
  return way.clock <= closes && way.seconds <= max_travel_time && way.meters <= max_distance;
}

const unlimited = Number.POSITIVE_INFINITY;
const always: Window = [0, unlimited];

/** Estimates are rounded leg by leg, so what fits by less than this may not fit. */
const estimateMargin = { part: 0.001, more: 1 };

type Way = { spot: Spot | undefined; clock: number; seconds: number; meters: number };

function go(
  document: VroomDocument,
  vehicle: Vehicle,
  { way, to }: { way: Way; to: Spot | undefined },
): void {
  const { seconds, meters } = drive(document, vehicle, [way.spot, to]);
  const { part, more } = isEstimated(document) ? estimateMargin : { part: 0, more: 0 };
  way.clock += seconds * (1 + part) + more;
  way.seconds += seconds * (1 + part) + more;
  way.meters += meters * (1 + part) + more;
  way.spot = to;
}

function fits({ capacity = [], skills: held = [] }: Vehicle, { loaded, unloaded, skills }: Visit): boolean {
  const fitsLoad = [loaded, unloaded].every((load) =>
    load.every((amount, dimension) => amount <= (capacity[dimension] ?? 0)),
  );
  return fitsLoad && skills.every((skill) => held.includes(skill));
}
