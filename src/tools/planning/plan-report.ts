import * as z from "zod";
import type { App } from "../../app.ts";
import { Failure } from "../../domain/failure.ts";
import type { Plan } from "../../domain/plan.ts";
import { makeReport, type PlanReport } from "../../planning/report/make-report.ts";
import type { StopOutcome } from "../../planning/report/stop-outcomes.ts";
import { countThatFits, dataTokenBudget, estimateDataTokens } from "../answer-size.ts";
import { licensePlate, planId } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { localClock } from "./report/local-clock.ts";
import { type Freshness, lookFirst } from "./report/look-first.ts";
import { readRoutes } from "./report/read-routes.ts";
import {
  countsAnswer,
  driverReportAnswer,
  fromCounts,
  fromDriverReport,
  fromOutcome,
  fromRouteReport,
  routeReportAnswer,
  stopReportAnswer,
} from "./report/report-fields.ts";
import { describeNews, describeReport, stopsThat } from "./report/report-text.ts";

/** What routes and drivers may take of an answer, so that the stops to look at have room. */
const routesTokens = 4_000;
const driversTokens = 1_500;

export const planReport = defineTool({
  name: "plan_report",
  title: "Report on a plan",
  description:
    "Sets planned against actual for a plan: delivered, failed and open stops, order, times against windows, by vehicle and by driver. " +
    "It asks RouteMate once, as far as its limits allow; where that fails it says how old the news is. stops are those to look at " +
    "(failed, late, passed over, open); with license_plate all of that route. 配送报告、计划与实际、准时率、日报 planned vs actual",
  access: "read",
  mayAskVendors: true,
  input: z.strictObject({
    plan_id: planId,
    license_plate: licensePlate.optional().describe("Only this vehicle's route, with all its stops"),
    from_sequence: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe("Leaves out the stops planned before this one"),
  }),
  output: z.object({
    plan_id: z.string(),
    revision: z.number().int(),
    total: countsAnswer,
    shipments_left_out: z.number().int().describe("On no route of the newest revision"),
    routes: z.array(routeReportAnswer),
    routes_omitted: z.number().int().optional().describe("Name license_plate for one of them"),
    drivers: z.array(driverReportAnswer),
    drivers_omitted: z.number().int().optional(),
    stops: z.array(stopReportAnswer),
    stops_omitted: z.number().int().optional().describe("license_plate and from_sequence give them"),
    news: z.object({
      state: z.enum(["asked_now", "asked_lately", "all_final", "nothing_sent", "not_asked"]),
      reason: z.string().optional(),
      newest_received_at: z.string().nullable(),
      note: z.string(),
    }),
  }),
  async run({ plan_id, license_plate, from_sequence = 1 }, app, { signal }) {
    const { plans } = await app.store();
    const plan = await plans.get(plan_id);
    const freshness = await lookFirst(app, await readRoutes(app, plan), signal);
    const all = await readRoutes(app, plan);
    const routes =
      license_plate === undefined ? all : all.filter(({ planned }) => planned.licensePlate === license_plate);
    if (routes.length === 0 && license_plate !== undefined) throw noSuchRoute(plan);
    const report = makeReport(routes);
    const news = tellNews(app, plan, { freshness, report });
    return {
      data: {
        plan_id,
        revision: plan.revision,
        shipments_left_out: plan.unassigned.length,
        news,
        ...cutReport(report, { isWhole: license_plate !== undefined, fromSequence: from_sequence }),
      },
      text: describeReport({
        planId: plan_id,
        report,
        clock: localClock(plan.options.startAt),
        news: news.note,
      }),
    };
  },
});

function tellNews(app: App, plan: Plan, { freshness, report }: { freshness: Freshness; report: PlanReport }) {
  const received = report.routes.flatMap(({ route }) => route.events.map(({ receivedAt }) => receivedAt));
  const newestAt = received.toSorted().at(-1);
  const clock = localClock(plan.options.startAt);
  const note = describeNews(freshness, { newestAt, clock, pollSeconds: app.config.pollSeconds });
  return { ...freshness, newest_received_at: newestAt ?? null, note };
}

type Cut = { isWhole: boolean; fromSequence: number };

/** The report within an answer: routes and drivers first, then as many stops as there is room for. */
function cutReport(report: PlanReport, { isWhole, fromSequence }: Cut) {
  const routes = report.routes.map(fromRouteReport);
  const drivers = report.drivers.map(fromDriverReport);
  const shownRoutes = routes.slice(0, countThatFits(routes, routesTokens));
  const shownDrivers = drivers.slice(0, countThatFits(drivers, driversTokens));
  const wanted = isWhole ? stopsThat(report.routes, () => true) : stopsToLookAt(report);
  const stops = wanted
    .filter(({ outcome }) => outcome.expected.planned.sequence >= fromSequence)
    .map(({ outcome, licensePlate: plate }) => fromOutcome(outcome, plate));
  const room = dataTokenBudget - estimateDataTokens([shownRoutes, shownDrivers]) - 500;
  const shownStops = stops.slice(0, countThatFits(stops, room));
  return {
    total: fromCounts(report.total),
    routes: shownRoutes,
    ...(shownRoutes.length < routes.length && { routes_omitted: routes.length - shownRoutes.length }),
    drivers: shownDrivers,
    ...(shownDrivers.length < drivers.length && { drivers_omitted: drivers.length - shownDrivers.length }),
    stops: shownStops,
    ...(shownStops.length < stops.length && { stops_omitted: stops.length - shownStops.length }),
  };
}

/** The worst first; each once. */
function stopsToLookAt({ routes }: PlanReport) {
  const ranks: ((outcome: StopOutcome) => boolean)[] = [
    ({ state }) => state === "failed",
    ({ punctuality }) => punctuality === "late",
    ({ isOvertaken }) => isOvertaken,
    ({ state }) => state === "uncertain",
    ({ state }) => state === "open",
  ];
  return ranks.flatMap((isThis, rank) =>
    stopsThat(
      routes,
      (outcome) => isThis(outcome) && !ranks.slice(0, rank).some((before) => before(outcome)),
    ),
  );
}

function noSuchRoute({ routes }: Plan): Failure {
  const plates = routes.slice(0, 10).map(({ licensePlate: plate }) => plate);
  return new Failure("not_found", "No route of this plan is driven by that `license_plate`.", {
    hint: `Its vehicles are ${plates.join(", ") || "none"}; without license_plate the report is of all.`,
    fields: ["license_plate"],
  });
}
