import {
  type AnswerRoute,
  type AnswerStep,
  drive,
  endsOf,
  isEstimated,
  isMeasured,
  isSameSpot,
  type Leg,
  matricesOf,
  type Spot,
  spotOf,
  stayOf,
  type Vehicle,
  type Visit,
  type VroomDocument,
  type Window,
} from "./vroom-document.ts";

/** A route of an answer with the document that it is held against. */
export type RouteCase = { document: VroomDocument; visits: Visit[]; vehicle: Vehicle; route: AnswerRoute };

type Walk = {
  /** Where the vehicle stands; nowhere before the first stop of a route without start. */
  spot: Spot | undefined;
  /** When the vehicle leaves, and what it has driven since its last stop, breaks left out. */
  clock: number;
  driven: number;
  breaks: number;
  load: number[];
  legs: Leg[];
  staySeconds: number;
  faults: string[];
};

const always: Window = [0, Number.POSITIVE_INFINITY];

/** Every rule of its document that a route breaks, worked out step by step from the document alone. */
export function checkVroomRoute(routeCase: RouteCase): string[] {
  const { document, visits, vehicle, route } = routeCase;
  const served = route.steps.flatMap((step) => findVisit(visits, step) ?? []);
  const capacity = vehicle.capacity ?? [];
  const walk: Walk = {
    spot: endsOf(document, vehicle).start,
    clock: route.steps[0]?.arrival ?? 0,
    driven: 0,
    breaks: 0,
    load: capacity.map((_, dimension) =>
      sum(served.map(({ type, unloaded }) => (type === "job" ? (unloaded[dimension] ?? 0) : 0))),
    ),
    legs: [],
    staySeconds: 0,
    faults: [],
  };
  checkLoad(walk, capacity, "at the start");
  for (const step of route.steps) takeStep(routeCase, walk, step);
  checkShipments(served, walk);
  checkBreaks(routeCase, walk);
  checkLimits(routeCase, walk, served.length);
  checkCost(routeCase, walk);
  return walk.faults.map((fault) => `vehicle ${vehicle.id}: ${fault}`);
}

function takeStep(routeCase: RouteCase, walk: Walk, step: AnswerStep): void {
  const { document, visits, vehicle } = routeCase;
  if (step.type === "start") return;
  if (step.waiting_time < 0) walk.faults.push(`waits ${step.waiting_time} seconds`);
  walk.driven += step.arrival - walk.clock;
  if (step.arrival < walk.clock)
    walk.faults.push(`arrives at ${step.arrival} before it leaves at ${walk.clock}`);
  const start = step.arrival + step.waiting_time;
  walk.clock = start + step.setup + step.service;
  if (step.type === "break") {
    walk.breaks++;
    checkBreak(vehicle, walk, { step, start });
    return;
  }
  const visit = findVisit(visits, step);
  const spot = visit ? spotOf(document, visit.task) : endsOf(document, vehicle).end;
  const leg = drive(document, vehicle, [walk.spot, spot]);
  // Times are cut to whole seconds one by one, estimates are rounded.
  const tolerance = 1 + walk.breaks + (isEstimated(document) ? 1 + leg.seconds * 0.001 : 1e-6);
  if (Math.abs(walk.driven - leg.seconds) > tolerance) {
    walk.faults.push(`drives ${walk.driven} seconds to ${step.type} ${step.id ?? ""}, not ${leg.seconds}`);
  }
  walk.legs.push(leg);
  walk.driven = 0;
  walk.breaks = 0;
  if (visit) checkVisit(routeCase, walk, { visit, step, start, isThere: isSameSpot(walk.spot, spot) });
  walk.spot = spot;
}

type Arrival = { visit: Visit; step: AnswerStep; start: number; isThere: boolean };

function checkVisit({ vehicle }: RouteCase, walk: Walk, { visit, step, start, isThere }: Arrival): void {
  const name = `${visit.type} ${visit.task.id}`;
  const stay = stayOf(visit, vehicle, isThere);
  if (step.setup !== stay.setup || step.service !== stay.service) {
    walk.faults.push(
      `${name} takes ${step.setup} + ${step.service} seconds, not ${stay.setup} + ${stay.service}`,
    );
  }
  const windows = visit.task.time_windows ?? [always];
  if (!windows.some(([from, until]) => from <= start && start <= until)) {
    walk.faults.push(`${name} misses its windows at ${start}`);
  }
  const skills = vehicle.skills ?? [];
  if (!visit.skills.every((skill) => skills.includes(skill))) walk.faults.push(`${name} needs other skills`);
  walk.load = walk.load.map(
    (amount, dimension) => amount - (visit.unloaded[dimension] ?? 0) + (visit.loaded[dimension] ?? 0),
  );
  checkLoad(walk, vehicle.capacity ?? [], `after ${name}`);
  walk.staySeconds += step.setup + step.service;
}

function checkLoad(walk: Walk, capacity: number[], moment: string): void {
  const isRight = walk.load.every((amount, dimension) => amount >= 0 && amount <= (capacity[dimension] ?? 0));
  if (!isRight) walk.faults.push(`carries ${walk.load.join(", ")} ${moment}`);
}

function checkBreak(
  { breaks = [] }: Vehicle,
  walk: Walk,
  { step, start }: { step: AnswerStep; start: number },
) {
  const own = breaks.find(({ id }) => id === step.id);
  if (!own) {
    walk.faults.push(`takes break ${step.id}, which it has not`);
    return;
  }
  if (step.service !== (own.service ?? 0)) walk.faults.push(`break ${own.id} lasts ${step.service}`);
  if (!(own.time_windows ?? [always]).some(([from, until]) => from <= start && start <= until)) {
    walk.faults.push(`break ${own.id} misses its windows at ${start}`);
  }
  const most = own.max_load;
  if (most && !walk.load.every((amount, dimension) => amount <= (most[dimension] ?? 0))) {
    walk.faults.push(`carries ${walk.load.join(", ")} during break ${own.id}`);
  }
}

/** A vehicle that drives takes each of its breaks once. */
function checkBreaks({ vehicle, route }: RouteCase, walk: Walk): void {
  const taken = route.steps.filter(({ type }) => type === "break").map(({ id }) => id);
  for (const { id } of vehicle.breaks ?? []) {
    const times = taken.filter((one) => one === id).length;
    if (times !== 1) walk.faults.push(`takes break ${id} ${times} times`);
  }
}

function checkShipments(served: Visit[], walk: Walk): void {
  served.forEach(({ type, shipment }, index) => {
    if (type === "job") return;
    const other = served.findIndex((one) => one.shipment === shipment && one.type !== type);
    const isRight = type === "pickup" ? other > index : other >= 0 && other < index;
    if (!isRight) walk.faults.push(`has the ${type} of a shipment without its other half in order`);
  });
}

function checkLimits({ document, vehicle, route }: RouteCase, walk: Walk, tasks: number): void {
  const { time_window = always, max_tasks, max_travel_time, max_distance } = vehicle;
  const [first, last] = [route.steps[0]?.arrival ?? 0, walk.clock];
  const slack = isEstimated(document) ? walk.legs.length : 1e-6;
  const limit = (value: number, most: number | undefined, name: string) => {
    if (most !== undefined && value > most + slack)
      walk.faults.push(`${name} is ${value}, more than ${most}`);
  };
  if (first < time_window[0]) walk.faults.push(`leaves at ${first}, before its hours`);
  limit(last, time_window[1], "the end");
  if (max_tasks !== undefined && tasks > max_tasks) walk.faults.push(`has ${tasks} tasks`);
  limit(sum(walk.legs.map(({ seconds }) => seconds)), max_travel_time, "travel time");
  limit(sum(walk.legs.map(({ meters }) => meters)), max_distance, "distance");
}

function checkCost({ document, vehicle, route }: RouteCase, walk: Walk): void {
  const { fixed = 0, per_hour = 3600, per_km = 0, per_task_hour = 0, per_task = 0 } = vehicle.costs ?? {};
  const total = (of: (leg: Leg) => number) => sum(walk.legs.map(of));
  const meters = total((leg) => leg.meters);
  const hasCosts = isMeasured(document) && matricesOf(document, vehicle).costs !== undefined;
  const travel = hasCosts
    ? total((leg) => leg.cost)
    : (per_hour * total((leg) => leg.seconds)) / 3600 + (per_km * meters) / 1000;
  const tasks = route.steps.filter(({ type }) => !["start", "end", "break"].includes(type)).length;
  const cost = fixed + travel + (per_task_hour * walk.staySeconds) / 3600 + per_task * tasks;
  if (Math.abs(route.cost - cost) > 2 + cost * 0.005) walk.faults.push(`costs ${cost}, not ${route.cost}`);
  const isFar = route.distance !== undefined && Math.abs(route.distance - meters) > 1 + meters * 0.001;
  if (isFar) walk.faults.push(`drives ${meters} meters, not ${route.distance}`);
}

function findVisit(visits: Visit[], { type, id }: AnswerStep): Visit | undefined {
  return visits.find((visit) => visit.type === type && visit.task.id === id);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
