import type { DispatchedRoute } from "../../domain/dispatch.ts";
import type { KeptEvent } from "../../domain/event.ts";
import type { PlanRoute, PlanStop } from "../../domain/plan.ts";

/** What has become of a planned stop. "open": it is out and nothing was told of it; "uncertain": nobody knows whether it is out. */
export const stopStates = ["delivered", "failed", "open", "uncertain", "not_dispatched"] as const;

export type StopState = (typeof stopStates)[number];

/** How the beginning of an unloading fits what was agreed; of delivered stops alone. */
export const punctualities = ["on_time", "early", "late", "unknown", "no_window"] as const;

export type Punctuality = (typeof punctualities)[number];

/** A stop as it was planned, and where the driver's order has it. */
export type ExpectedStop = {
  /** With the vendor. */
  stopId: string;
  planned: PlanStop;
  /** From 1, and when, in the vendor's order; undefined while that is not known. */
  driven: { sequence: number; arriveAt: string } | undefined;
  /** ISO 8601, either end may be open. */
  window: { startAt?: string; endAt?: string };
  serviceMinutes: number;
};

/** A route of a plan, with what was told of its job: `events` in any order; no dispatch where it is not out. */
export type ExpectedRoute = {
  planned: PlanRoute;
  dispatch: DispatchedRoute | undefined;
  stops: readonly ExpectedStop[];
  events: readonly KeptEvent[];
};

/**
 * When a stop was over, by the vendor's clock: not later than `at` and after `notBefore`. A reading tells the moment of
 * the job's last change alone; where that changed one stop, it is exact.
 */
export type ToldTime = { at: string; notBefore: string | undefined; isExact: boolean };

/** What has become of a stop; `told` where the vendor told that it is over. */
export type StopOutcome = {
  expected: ExpectedStop;
  state: StopState;
  told?: ToldTime;
  /** Of a delivered stop. */
  punctuality?: Punctuality;
  /** Of a stop that is over: its unloading began so much after (or, negative, before) it was expected, at most. */
  minutesBehind?: number;
  /** One that the driver's order has later was over before it. */
  isOvertaken: boolean;
  /** What the vendor told with a failure. */
  words: Record<string, unknown>;
};

/** What has become of each stop of a route, in the planned order. */
export function outcomesOf(route: ExpectedRoute): StopOutcome[] {
  const endings = endingsOf(route.events);
  const outcomes = route.stops.map((stop) => outcomeOf(stop, route, endings));
  return outcomes.map((outcome) => ({ ...outcome, isOvertaken: isOvertaken(outcome, outcomes) }));
}

type Endings = {
  /** The last word on each stop. */
  byStop: ReadonlyMap<string, KeptEvent>;
  /** That the whole job is delivered. */
  completed: KeptEvent | undefined;
  /** The moments of all changes, each once, earliest first. */
  moments: readonly string[];
  /** Those at which more than one stop changed. */
  shared: ReadonlySet<string>;
};

const endKinds = ["stop.failed", "stop.completed"];
const changeKinds = [...endKinds, "job.started", "job.completed", "job.ended"];

/** An attempt that failed may be followed by one that did not: goods that are there are there. */
function endingsOf(events: readonly KeptEvent[]): Endings {
  const ends = events.filter(({ kind, subject }) => endKinds.includes(kind) && subject.stopId !== undefined);
  const inOrder = ends.toSorted((a, b) => endKinds.indexOf(a.kind) - endKinds.indexOf(b.kind));
  const changes = events.filter(({ kind }) => changeKinds.includes(kind));
  const byMoment = Map.groupBy(ends, ({ occurredAt }) => occurredAt);
  return {
    byStop: new Map(inOrder.map((event) => [event.subject.stopId ?? "", event])),
    completed: events.find(({ kind }) => kind === "job.completed"),
    moments: [...new Set(changes.map(({ occurredAt }) => occurredAt))].toSorted(),
    shared: new Set([...byMoment].filter(([, group]) => group.length > 1).map(([moment]) => moment)),
  };
}

function outcomeOf(
  expected: ExpectedStop,
  { dispatch }: ExpectedRoute,
  endings: Endings,
): Omit<StopOutcome, "isOvertaken"> & { isOvertaken: false } {
  const none = { expected, isOvertaken: false as const, words: {} };
  const end = endings.byStop.get(expected.stopId) ?? endings.completed;
  if (!dispatch || dispatch.state === "refused") return { ...none, state: "not_dispatched" };
  if (!end) return { ...none, state: dispatch.state === "dispatched" ? "open" : "uncertain" };
  const state = end.kind === "stop.failed" ? "failed" : "delivered";
  const told = toldTime(end, endings);
  return {
    ...none,
    state,
    told,
    minutesBehind: minutesBehind(expected, told),
    ...(state === "delivered" && { punctuality: punctualityOf(expected, told) }),
    ...(state === "failed" && { words: end.data }),
  };
}

/** Whatever was told of the job before, it was told while this stop was not over yet. */
function toldTime({ occurredAt, kind }: KeptEvent, { moments, shared }: Endings): ToldTime {
  return {
    at: occurredAt,
    notBefore: moments.findLast((moment) => moment < occurredAt),
    isExact: endKinds.includes(kind) && !shared.has(occurredAt),
  };
}

/** Windows are for the beginning of the unloading, and the vendor tells its end: the planned minutes lie between. */
function punctualityOf(expected: ExpectedStop, told: ToldTime): Punctuality {
  const { startAt, endAt } = expected.window;
  if (startAt === undefined && endAt === undefined) return "no_window";
  const latest = beginning(told.at, expected);
  const earliest = told.isExact ? latest : beginning(told.notBefore, expected);
  const end = endAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(endAt);
  const start = startAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(startAt);
  if (earliest > end) return "late";
  if (latest < start) return "early";
  return earliest >= start && latest <= end ? "on_time" : "unknown";
}

/** Milliseconds since the epoch; without a moment nothing is known of when it was at the earliest. */
function beginning(over: string | undefined, { serviceMinutes }: ExpectedStop): number {
  return over === undefined ? Number.NEGATIVE_INFINITY : Date.parse(over) - serviceMinutes * 60_000;
}

function minutesBehind(expected: ExpectedStop, { at }: ToldTime): number {
  const arriveAt = expected.driven?.arriveAt ?? expected.planned.arriveAt;
  return Math.round((beginning(at, expected) - Date.parse(arriveAt)) / 60_000);
}

function isOvertaken({ expected, told }: StopOutcome, all: readonly StopOutcome[]): boolean {
  const sequence = sequenceOf(expected);
  return all.some(
    (other) =>
      other.told !== undefined &&
      sequenceOf(other.expected) > sequence &&
      (told === undefined || other.told.at < told.at),
  );
}

function sequenceOf({ driven, planned }: ExpectedStop): number {
  return driven?.sequence ?? planned.sequence;
}
