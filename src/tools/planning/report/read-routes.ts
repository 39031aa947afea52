import type { App } from "../../../app.ts";
import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import type { KeptEvent } from "../../../domain/event.ts";
import type { Plan, PlanRoute } from "../../../domain/plan.ts";
import type { ExpectedRoute, ExpectedStop } from "../../../planning/report/stop-outcomes.ts";
import { visitsOf } from "../dispatch/route-visits.ts";
import { unloadingMinutes, windowOf } from "../dispatch/stop-times.ts";
import { eventsOfJob } from "../release/shipment-news.ts";

/**
 * The routes of a plan with all that is known of them: those that are out as the revision has them that they were sent
 * from, the others as the newest has them.
 */
export async function readRoutes(app: App, newest: Plan): Promise<ExpectedRoute[]> {
  const { dispatches } = await app.store();
  const out = await dispatches.ofPlan(newest.planId);
  const sent = await Promise.all(out.map((dispatch) => readSentRoute(app, dispatch, newest)));
  const plates = new Set(out.map(({ licensePlate }) => licensePlate));
  const others = newest.routes.filter(({ licensePlate }) => !plates.has(licensePlate));
  return [
    ...sent.flatMap((route) => route ?? []),
    ...others.map((planned) => ({
      planned,
      dispatch: undefined,
      stops: expectedStops(planned, newest, undefined),
      events: [],
    })),
  ];
}

/** A route that is out, with what was told of it; undefined where its plan does not have it. */
export async function readSentRoute(
  app: App,
  dispatch: DispatchedRoute,
  newest?: Plan,
): Promise<ExpectedRoute | undefined> {
  const { plans, routeImports } = await app.store();
  const { planId, revision, licensePlate, externalJobId } = dispatch;
  const plan = revision === newest?.revision ? newest : await plans.get(planId, revision);
  const planned = plan.routes.find((route) => route.licensePlate === licensePlate);
  if (!planned) return undefined;
  const [sent] = await routeImports.find({ externalJobId, limit: 1 });
  const order = sent?.orderedStopIds ?? [];
  return {
    planned,
    dispatch,
    stops: expectedStops(planned, plan, { order, driven: dispatch.driven }),
    events: await readEvents(app, dispatch),
  };
}

/** What was told of the job; that the vendor has it no more is told under the vendor's name of it alone. */
async function readEvents(app: App, { externalJobId, jobId }: DispatchedRoute): Promise<KeptEvent[]> {
  const { events } = await app.store();
  const told = await eventsOfJob(app, externalJobId);
  if (jobId === null) return told;
  const missing = await events.list({
    vendor: "routemate",
    kind: "job.missing",
    subject: { jobId },
    limit: 1,
  });
  return [...told, ...missing.items];
}

type Driven = { order: readonly string[]; driven: PlanRoute | null };

/** The stops with their names at the vendor, and where its order has them: the n-th customer of it is the n-th stop driven. */
function expectedStops(planned: PlanRoute, { options }: Plan, driven: Driven | undefined): ExpectedStop[] {
  const visits = visitsOf(planned, { hasEnd: true }).flatMap((visit) => (visit.kind === "stop" ? visit : []));
  const customers = new Set(visits.map(({ stopId }) => stopId));
  const order = driven?.order.filter((stopId) => customers.has(stopId)) ?? [];
  return visits.map(({ stopId, stop }) => {
    const index = order.indexOf(stopId);
    const arriveAt = driven?.driven?.stops[index]?.arriveAt ?? stop.arriveAt;
    return {
      stopId,
      planned: stop,
      driven: index < 0 ? undefined : { sequence: index + 1, arriveAt },
      window: windowOf(stop, options),
      serviceMinutes: unloadingMinutes(stop, options),
    };
  });
}
