import {
  type ExpectedRoute,
  outcomesOf,
  type Punctuality,
  punctualities,
  type StopOutcome,
  type StopState,
  stopStates,
} from "./stop-outcomes.ts";

/** How far a route is; "finished": each of its stops was delivered or failed. */
export type RouteProgress = "not_dispatched" | "uncertain" | "waiting" | "under_way" | "finished" | "missing";

/** Figures over any number of stops: each stop is in exactly one state, each delivered one in exactly one punctuality. */
export type Counts = {
  stops: number;
  states: Record<StopState, number>;
  punctuality: Record<Punctuality, number>;
  /** Stops that the driver's order has at another place than the plan. */
  moved: number;
  /** Stops that one after them in the driver's order was over before. */
  overtaken: number;
  /** Of stops that are over, rounded; null while none is. */
  averageMinutesBehind: number | null;
};

/** Planned against actual of one route, stop by stop. */
export type RouteReport = Counts & {
  route: ExpectedRoute;
  progress: RouteProgress;
  outcomes: readonly StopOutcome[];
  /** The vendor changed its order after the import. */
  wasReordered: boolean;
};

/** What the routes of one driver came to. */
export type DriverReport = Counts & { driverEmail: string; licensePlates: string[] };

/** Planned against actual. */
export type PlanReport = { total: Counts; routes: RouteReport[]; drivers: DriverReport[] };

/** Sets what was told of a plan's routes against the plan; routes in the order given. */
export function makeReport(expected: readonly ExpectedRoute[]): PlanReport {
  const routes = expected.map(reportRoute);
  const byDriver = Map.groupBy(
    routes.filter(({ progress }) => progress !== "not_dispatched"),
    ({ route }) => route.dispatch?.driverEmail.toLowerCase() ?? "",
  );
  return {
    total: count(routes.flatMap(({ outcomes }) => outcomes)),
    routes,
    drivers: [...byDriver.values()].map((group) => ({
      driverEmail: group[0]?.route.dispatch?.driverEmail ?? "",
      licensePlates: group.map(({ route }) => route.planned.licensePlate),
      ...count(group.flatMap(({ outcomes }) => outcomes)),
    })),
  };
}

function reportRoute(route: ExpectedRoute): RouteReport {
  const outcomes = outcomesOf(route);
  const counts = count(outcomes);
  return {
    ...counts,
    route,
    outcomes,
    progress: progressOf(route, counts),
    wasReordered: has(route, "stops.reordered"),
  };
}

function progressOf(route: ExpectedRoute, { stops, states }: Counts): RouteProgress {
  if (stops === states.not_dispatched) return "not_dispatched";
  if (states.open + states.uncertain === 0) return "finished";
  if (has(route, "job.missing")) return "missing";
  if (states.delivered + states.failed > 0 || has(route, "job.started")) return "under_way";
  return states.uncertain > 0 ? "uncertain" : "waiting";
}

function has({ events }: ExpectedRoute, kind: string): boolean {
  return events.some((event) => event.kind === kind);
}

function count(outcomes: readonly StopOutcome[]): Counts {
  const behind = outcomes.flatMap(({ minutesBehind }) => minutesBehind ?? []);
  const sum = behind.reduce((total, minutes) => total + minutes, 0);
  return {
    stops: outcomes.length,
    states: tally(stopStates, outcomes, ({ state }) => state),
    punctuality: tally(punctualities, outcomes, ({ punctuality }) => punctuality),
    moved: outcomes.filter(
      ({ expected: { driven, planned } }) => driven && driven.sequence !== planned.sequence,
    ).length,
    overtaken: outcomes.filter((outcome) => outcome.isOvertaken).length,
    averageMinutesBehind: behind.length === 0 ? null : Math.round(sum / behind.length),
  };
}

function tally<Name extends string>(
  names: readonly Name[],
  outcomes: readonly StopOutcome[],
  nameOf: (outcome: StopOutcome) => Name | undefined,
): Record<Name, number> {
  const counted = names.map((name) => [name, outcomes.filter((outcome) => nameOf(outcome) === name).length]);
  return Object.fromEntries(counted) as Record<Name, number>;
}
