import { oneLine, quote } from "../../../domain/vendor-text.ts";
import type { Counts, PlanReport, RouteReport } from "../../../planning/report/make-report.ts";
import type { StopOutcome } from "../../../planning/report/stop-outcomes.ts";
import type { Freshness } from "./look-first.ts";

const shownStops = 8;
const shownRoutes = 12;

type Told = { planId: string; report: PlanReport; clock: (instant: string) => string; news: string };

/** What a boss reads in ten seconds: how it stands, what went wrong, what is left, and how old the news is. */
export function describeReport({ planId, report, clock, news }: Told): string {
  const { total, routes } = report;
  const finished = routes.filter(({ progress }) => progress === "finished").length;
  return [
    `Plan ${planId}: ${total.states.delivered} of ${total.stops} stops delivered${describeRest(total)}; ` +
      `${finished} of ${routes.length} routes finished.`,
    ...describeTimes(total),
    ...cut(
      stopsThat(routes, ({ state }) => state === "failed").map((stop) => describeFailure(stop, clock)),
      shownStops,
      "more failed",
    ),
    ...cut(
      stopsThat(routes, ({ punctuality }) => punctuality === "late").map((stop) => describeLate(stop, clock)),
      shownStops,
      "more were late",
    ),
    ...describeDrift(total, routes),
    ...cut(
      routes.filter(({ progress }) => progress !== "finished").map(describeRoute),
      shownRoutes,
      "more routes",
    ),
    ...(report.drivers.length > 1 ? [`Drivers: ${report.drivers.map(describeDriver).join("; ")}.`] : []),
    news,
  ]
    .map(oneLine)
    .join("\n");
}

/** How the news came about, and how old it is. */
export function describeNews(
  { state, reason }: Freshness,
  {
    newestAt,
    clock,
    pollSeconds,
  }: { newestAt: string | undefined; clock: (instant: string) => string; pollSeconds: number },
): string {
  const newest =
    newestAt === undefined ? "nothing has been told yet" : `the newest news arrived at ${clock(newestAt)}`;
  const pace = pollSeconds > 0 ? `every ${pollSeconds} s` : "only when a report asks";
  const exactness = `RouteMate tells when a job changed last, and is asked ${pace}: a stop's time is "by then" where several were over at one look.`;
  switch (state) {
    case "nothing_sent":
      return "Nothing of this plan is out yet: dispatch_plan sends it.";
    case "all_final":
      return `Everything that is out is over; ${newest}. ${exactness}`;
    case "not_asked":
      return `RouteMate was not asked for this report (${reason ?? ""}), so this is old: ${newest}.`;
    default:
      return `RouteMate was asked ${state === "asked_now" ? "just now" : "moments ago"}; ${newest}. ${exactness}`;
  }
}

function describeRest({ states }: Counts): string {
  const parts = [
    [states.failed, "failed"],
    [states.open, "still open"],
    [states.uncertain, "of unknown fate"],
    [states.not_dispatched, "not dispatched"],
  ] as const;
  return parts.flatMap(([count, what]) => (count > 0 ? [`, ${count} ${what}`] : [])).join("");
}

function describeTimes({ punctuality, averageMinutesBehind }: Counts): string[] {
  const { on_time: onTime, early, late, unknown } = punctuality;
  const behind =
    averageMinutesBehind === null
      ? []
      : [
          averageMinutesBehind >= 0
            ? `on average at most ${averageMinutesBehind} min behind the plan`
            : `on average ${-averageMinutesBehind} min ahead of the plan`,
        ];
  const windows =
    onTime + early + late + unknown === 0
      ? []
      : [`windows: ${onTime} on time, ${late} late, ${early} early, ${unknown} not told exactly enough`];
  const parts = [...windows, ...behind];
  return parts.length === 0 ? [] : [`Times: ${parts.join("; ")}.`];
}

type PlacedStop = { outcome: StopOutcome; licensePlate: string };

/** The stops of all routes of which something holds, routes in their order. */
export function stopsThat(
  routes: readonly RouteReport[],
  holds: (outcome: StopOutcome) => boolean,
): PlacedStop[] {
  return routes.flatMap(({ outcomes, route }) =>
    outcomes.filter(holds).map((outcome) => ({ outcome, licensePlate: route.planned.licensePlate })),
  );
}

function describeFailure({ outcome, licensePlate }: PlacedStop, clock: (instant: string) => string): string {
  const { status, reason } = outcome.words;
  const said = [status, reason].flatMap((word) => (typeof word === "string" ? [quote(word)] : []));
  const by = outcome.told ? ` by ${clock(outcome.told.at)}` : "";
  return `FAILED ${describeStop(outcome, licensePlate)}${by}: the vendor says ${said.join(", ")}.`;
}

function describeLate({ outcome, licensePlate }: PlacedStop, clock: (instant: string) => string): string {
  const { endAt } = outcome.expected.window;
  const window = endAt === undefined ? "" : `, agreed until ${clock(endAt)}`;
  return `LATE ${describeStop(outcome, licensePlate)}: over by ${clock(outcome.told?.at ?? "")}${window}.`;
}

function describeStop({ expected: { planned } }: StopOutcome, licensePlate: string): string {
  return `${licensePlate} stop ${planned.sequence} ${quote(planned.customerName)} (${planned.shipmentIds.join(", ")})`;
}

function describeDrift({ moved, overtaken }: Counts, routes: readonly RouteReport[]): string[] {
  const plates = routes.filter((route) => route.moved > 0).map(({ route }) => route.planned.licensePlate);
  const later = routes
    .filter(({ wasReordered }) => wasReordered)
    .map(({ route }) => route.planned.licensePlate);
  return [
    ...(moved > 0 ? [`Order: the vendor put ${moved} stops elsewhere (${plates.join(", ")}).`] : []),
    ...(later.length > 0 ? [`Its order changed again after the import: ${later.join(", ")}.`] : []),
    ...(overtaken > 0 ? [`${overtaken} stops were passed over: a later one was over before them.`] : []),
  ];
}

const progressWords = {
  not_dispatched: "not dispatched",
  uncertain: "not known whether it is out: the same dispatch_plan settles it",
  waiting: "out, nothing done yet",
  under_way: "under way",
  finished: "finished",
  missing: "no longer at the vendor: ask the driver",
} as const;

function describeRoute({ route, progress, stops, states }: RouteReport): string {
  const { planned, dispatch } = route;
  const driver = dispatch ? ` (${quote(dispatch.driverEmail, 60)})` : "";
  const done =
    progress === "under_way"
      ? `, ${states.delivered + states.failed} of ${stops} stops done`
      : `, ${stops} stops`;
  return `${planned.licensePlate}${driver}: ${progressWords[progress]}${done}.`;
}

function describeDriver({ driverEmail, stops, states, punctuality }: PlanReport["drivers"][number]): string {
  const failed = states.failed > 0 ? `, ${states.failed} failed` : "";
  const late = punctuality.late > 0 ? `, ${punctuality.late} late` : "";
  return `${quote(driverEmail, 60)} ${states.delivered}/${stops}${failed}${late}`;
}

function cut(lines: string[], limit: number, rest: string): string[] {
  return lines.length <= limit ? lines : [...lines.slice(0, limit), `… and ${lines.length - limit} ${rest}`];
}
