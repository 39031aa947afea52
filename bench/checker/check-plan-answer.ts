import {
  type AnswerRoute,
  type AnswerStep,
  drive,
  endsOf,
  isEstimated,
  isSameSpot,
  type PlanStep,
  type Spot,
  spotOf,
  stayOf,
  type Vehicle,
  type Violation,
  type Visit,
  type VroomAnswer,
  type VroomDocument,
  visitsOf,
  type Window,
} from "./vroom-document.ts";

/**
 * Every way in which the answer of plan mode does not fit its document (API.md, Plan mode): other steps than are
 * given, times that cannot be or are not as forced, and violations that are told though they are none, or not told.
 */
export function checkPlanAnswer(document: VroomDocument, answer: VroomAnswer): string[] {
  const visits = visitsOf(document);
  const planned = document.vehicles.filter(({ steps = [] }) => steps.length > 0);
  const faults = planned.flatMap((vehicle, index) => {
    const route = answer.routes[index];
    if (!route || route.vehicle !== vehicle.id) return [`vehicle ${vehicle.id} has no route`];
    return checkGiven({ document, visits, vehicle, route, steps: withEnds(vehicle.steps ?? []) });
  });
  const named = new Set(planned.flatMap(({ steps = [] }) => steps.map(({ type, id }) => `${type} ${id}`)));
  const left = visits.filter(({ type, task }) => !named.has(`${type} ${task.id}`)).length;
  return [
    ...faults,
    ...(answer.routes.length === planned.length ? [] : [`there are ${answer.routes.length} routes`]),
    ...(answer.unassigned.length === left
      ? []
      : [`${answer.unassigned.length} tasks are left out, not ${left}`]),
    ...compare(
      "the summary",
      answer.summary.violations,
      addUp(answer.routes.flatMap((route) => route.violations ?? [])),
    ),
  ];
}

function withEnds(steps: PlanStep[]): PlanStep[] {
  const start: PlanStep[] = steps[0]?.type === "start" ? [] : [{ type: "start" }];
  return [...start, ...steps, ...(steps.at(-1)?.type === "end" ? [] : [{ type: "end" as const }])];
}

type Given = {
  document: VroomDocument;
  visits: Visit[];
  vehicle: Vehicle;
  route: AnswerRoute;
  steps: PlanStep[];
};

type Walk = {
  spot: Spot | undefined;
  clock: number;
  driven: number;
  breaks: number;
  seconds: number;
  meters: number;
  tasks: number;
  load: number[];
  faults: string[];
};

function checkGiven(given: Given): string[] {
  const { document, visits, vehicle, route, steps } = given;
  const name = `vehicle ${vehicle.id}`;
  const told = route.steps.map(({ type, id }) => `${type} ${id ?? ""}`).join();
  const wanted = steps
    .map(({ type, id }) => `${type} ${type === "start" || type === "end" ? "" : (id ?? "")}`)
    .join();
  if (told !== wanted) return [`${name} does ${told}, not ${wanted}`];
  const { capacity = [] } = vehicle;
  const onBoard = visits.filter((visit) => visit.type === "job" && isNamed(visit, steps));
  const walk: Walk = {
    spot: endsOf(document, vehicle).start,
    clock: route.steps[0]?.arrival ?? 0,
    driven: 0,
    breaks: 0,
    seconds: 0,
    meters: 0,
    tasks: 0,
    load: capacity.map((_, at) => onBoard.reduce((sum, { unloaded }) => sum + (unloaded[at] ?? 0), 0)),
    faults: [],
  };
  for (const [index, step] of route.steps.entries())
    takeStep(given, walk, { step, plan: steps[index]!, index });
  const missing = (vehicle.breaks ?? []).some(
    ({ id }) => !steps.some((step) => step.type === "break" && step.id === id),
  );
  const all = [
    ...route.steps.flatMap(({ violations = [] }) => violations),
    ...(missing ? [{ cause: "missing_break" }] : []),
  ];
  return [...walk.faults, ...compare("the route", route.violations, addUp(all))].map(
    (fault) => `${name}: ${fault}`,
  );
}

function isNamed({ type, task }: Visit, steps: PlanStep[]): boolean {
  return steps.some((step) => step.type === type && step.id === task.id);
}

type Taken = { step: AnswerStep; plan: PlanStep; index: number };

function takeStep(given: Given, walk: Walk, { step, plan, index }: Taken): void {
  const { document, visits, vehicle } = given;
  const begin = step.arrival + step.waiting_time;
  const { service_at = begin, service_after = 0, service_before = Number.POSITIVE_INFINITY } = plan;
  if (begin !== service_at || begin < service_after || begin > service_before)
    walk.faults.push(`${plan.type} ${plan.id ?? ""} begins at ${begin}, not as it is forced to`);
  if (step.waiting_time < 0) walk.faults.push(`waits ${step.waiting_time} seconds`);
  if (step.arrival < walk.clock)
    walk.faults.push(`arrives at ${step.arrival} before it leaves at ${walk.clock}`);
  walk.driven += step.arrival - walk.clock;
  walk.seconds += step.arrival - walk.clock;
  const visit = visits.find(({ type, task }) => type === step.type && task.id === step.id);
  if (step.type === "break") walk.breaks++;
  else if (index > 0) arrive(given, walk, visit);
  if (visit) {
    walk.tasks++;
    const isThere = isSameSpot(walk.spot, spotOf(document, visit.task));
    const stay = stayOf(visit, vehicle, isThere);
    if (stay.setup !== step.setup || stay.service !== step.service)
      walk.faults.push(`stays ${step.setup} + ${step.service}`);
    walk.spot = spotOf(document, visit.task);
    walk.load = walk.load.map((amount, at) => amount - (visit.unloaded[at] ?? 0) + (visit.loaded[at] ?? 0));
  }
  walk.clock = begin + step.setup + step.service;
  const load = step.load ?? walk.load;
  if (load.join() !== walk.load.join()) walk.faults.push(`carries ${load.join()}, not ${walk.load.join()}`);
  compareStep(given, walk, { step, visit, begin });
}

/** The way to a task or the end, breaks on it left out. */
function arrive({ document, vehicle }: Given, walk: Walk, visit: Visit | undefined): void {
  const to = visit ? spotOf(document, visit.task) : endsOf(document, vehicle).end;
  const { seconds, meters } = drive(document, vehicle, [walk.spot, to]);
  const tolerance = 1 + walk.breaks + (isEstimated(document) ? 1 + seconds * 0.001 : 1e-6);
  if (Math.abs(walk.driven - seconds) > tolerance)
    walk.faults.push(`drives ${walk.driven} seconds, not ${seconds}`);
  walk.driven = 0;
  walk.breaks = 0;
  walk.meters += meters;
}

type Seen = { step: AnswerStep; visit: Visit | undefined; begin: number };

function compareStep(given: Given, walk: Walk, { step, visit, begin }: Seen): void {
  const { vehicle, steps } = given;
  const { capacity = [], skills: held = [], max_tasks, max_travel_time, max_distance, breaks = [] } = vehicle;
  const own = step.type === "break" ? breaks.find(({ id }) => id === step.id) : undefined;
  const exceeds = (most: number[]) => walk.load.some((amount, at) => amount > (most[at] ?? 0));
  const isOver = (value: number, most: number | undefined) => most !== undefined && value > most;
  const causes: [cause: string, isViolated: boolean][] = [
    ["load", exceeds(capacity)],
    ["max_tasks", visit !== undefined && isOver(walk.tasks, max_tasks)],
    ["skills", visit?.skills.some((skill) => !held.includes(skill)) ?? false],
    ["precedence", visit?.shipment !== undefined && isSplit(visit, given.visits, steps)],
    ["max_travel_time", isOver(walk.seconds, max_travel_time)],
    ["max_load", own?.max_load !== undefined && exceeds(own.max_load)],
    // A break's part of the way is an estimate, and so are ways without matrices.
    ["max_distance", isOver(step.distance ?? walk.meters, max_distance)],
  ];
  const wanted: Violation[] = [
    ...missedWindow(windowsOf(vehicle, step, visit), begin),
    ...causes.filter(([, isViolated]) => isViolated).map(([cause]) => ({ cause })),
  ];
  walk.faults.push(...compare(`${step.type} ${step.id ?? ""}`, step.violations, wanted));
}

function windowsOf(vehicle: Vehicle, step: AnswerStep, visit: Visit | undefined): Window[] {
  const [opens, closes] = vehicle.time_window ?? [0, Number.POSITIVE_INFINITY];
  if (step.type === "start") return [[opens, Number.POSITIVE_INFINITY]];
  if (step.type === "end") return [[0, closes]];
  const own = visit?.task ?? vehicle.breaks?.find(({ id }) => id === step.id);
  return own?.time_windows ?? [];
}

function missedWindow(windows: Window[], begin: number): Violation[] {
  if (windows.length === 0) return [];
  const early = Math.min(
    ...windows.map(([from]) => (begin < from ? from - begin : Number.POSITIVE_INFINITY)),
  );
  const late = Math.min(
    ...windows.map(([, until]) => (begin > until ? begin - until : Number.POSITIVE_INFINITY)),
  );
  if (windows.some(([from, until]) => from <= begin && begin <= until)) return [];
  return late <= early ? [{ cause: "delay", duration: late }] : [{ cause: "lead_time", duration: early }];
}

/** Whether the other half of a shipment is not on the route, or on the wrong side. */
function isSplit(visit: Visit, visits: Visit[], steps: PlanStep[]): boolean {
  const at = ({ type, task }: Visit) => steps.findIndex((step) => step.type === type && step.id === task.id);
  const other = visits.find((one) => one.shipment === visit.shipment && one.type !== visit.type);
  if (!other || at(other) < 0) return true;
  return visit.type === "pickup" ? at(visit) > at(other) : at(other) > at(visit);
}

function addUp(violations: Violation[]): Violation[] {
  return Object.entries(Object.groupBy(violations, ({ cause }) => cause)).map(([cause, same = []]) => {
    const durations = same.flatMap(({ duration }) => duration ?? []);
    return durations.length === 0
      ? { cause }
      : { cause, duration: durations.reduce((sum, each) => sum + each, 0) };
  });
}

function compare(name: string, told: Violation[] | undefined, wanted: Violation[]): string[] {
  const toText = (violations: Violation[]) =>
    violations
      .map(({ cause, duration }) => `${cause} ${duration ?? ""}`)
      .sort((a, b) => a.localeCompare(b))
      .join(", ");
  return toText(told ?? []) === toText(wanted)
    ? []
    : [`${name} violates ${toText(told ?? [])}, not ${toText(wanted)}`];
}
