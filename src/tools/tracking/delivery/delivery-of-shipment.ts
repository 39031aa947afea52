import type { App } from "../../../app.ts";
import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import type { PlanRoute, PlanStop } from "../../../domain/plan.ts";
import { makeReport } from "../../../planning/report/make-report.ts";
import type { ExpectedStop, StopOutcome } from "../../../planning/report/stop-outcomes.ts";
import type { RouteImportRecord } from "../../../state/route-imports.ts";
import { readSentRoute } from "../../planning/report/read-routes.ts";
import { importsWithShipment } from "../sources/imports.ts";
import type { Delivery, DeliveryPart } from "./delivery-fields.ts";

/**
 * The plan, route, stop and load of a shipment, and the job it goes with, from the state alone. What is out counts
 * before any plan that only mentions the shipment; one that was released is where its newest plan has it. Undefined
 * where nothing here knows it.
 */
export async function deliveryOfShipment(app: App, shipmentId: string): Promise<Delivery | undefined> {
  const { dispatches } = await app.store();
  const routes = await dispatches.ofShipment(shipmentId);
  const released = routes.filter((route) => route.releasedShipmentIds.includes(shipmentId));
  const standing = routes.filter((route) => route.state !== "refused" && !released.includes(route));
  const shown = standing.length > 0 ? standing : await withoutNewerPlan(app, shipmentId, released);
  const parts =
    shown.length > 0
      ? (await Promise.all(shown.map((route) => partsOfRoute(app, route, shipmentId)))).flat()
      : await partsNotDispatched(app, shipmentId, routes);
  const [first, ...others] = parts.toSorted((a, b) => (arrival(a) < arrival(b) ? -1 : 1));
  if (!first && released.length === 0) return undefined;
  return {
    ...first,
    ...(others.length > 0 && { other_stops: others }),
    ...(released.length > 0 && { released_from: released.map(({ externalJobId }) => externalJobId) }),
  };
}

/** A released shipment that no other plan has since is still where it was last. */
async function withoutNewerPlan(
  app: App,
  shipmentId: string,
  released: readonly DispatchedRoute[],
): Promise<DispatchedRoute[]> {
  const { plans } = await app.store();
  const planned = await plans.withShipment(shipmentId);
  return released.filter(({ planId }) => planned === undefined || planned.planId === planId).slice(0, 1);
}

function arrival({ planned_arrive_at: at = "" }: DeliveryPart): string {
  return at;
}

/** The stops of a route that is out, as it is driven. */
async function partsOfRoute(
  app: App,
  dispatch: DispatchedRoute,
  shipmentId: string,
): Promise<DeliveryPart[]> {
  const route = await readSentRoute(app, dispatch);
  if (!route) return [fromJob(dispatch)];
  const [report] = makeReport([route]).routes;
  return (report?.outcomes ?? [])
    .filter(({ expected }) => isFor(expected.planned, shipmentId))
    .map((outcome) => ({
      plan_id: dispatch.planId,
      revision: dispatch.revision,
      ...fromOutcome(outcome, { dispatch, shipmentId }),
      stops_on_route: route.stops.length,
      ...fromJob(dispatch),
    }));
}

function fromOutcome(
  { expected, state, told }: StopOutcome,
  { dispatch, shipmentId }: { dispatch: DispatchedRoute; shipmentId: string },
): DeliveryPart {
  const { planned, driven } = expected;
  return {
    ...fromStop(planned, shipmentId, dispatch.licensePlate),
    sequence: driven?.sequence ?? planned.sequence,
    load_position: drivenStop(dispatch.driven, expected)?.loadPosition ?? planned.loadPosition,
    ...(driven && driven.sequence !== planned.sequence && { planned_sequence: planned.sequence }),
    ...(driven && driven.arriveAt !== planned.arriveAt && { driven_arrive_at: driven.arriveAt }),
    stop_state: state,
    ...(told && { told_over_by: told.at }),
  };
}

function drivenStop(route: PlanRoute | null, { driven }: ExpectedStop): PlanStop | undefined {
  return driven && route?.stops[driven.sequence - 1];
}

/** Where its newest plan has it, and the job that it was sent out with by hand, if it was. */
async function partsNotDispatched(
  app: App,
  shipmentId: string,
  routes: readonly DispatchedRoute[],
): Promise<DeliveryPart[]> {
  const { plans } = await app.store();
  const ofPlans = new Set(routes.map(({ externalJobId }) => externalJobId));
  const [byHand] = (await importsWithShipment({ app }, shipmentId)).filter(
    ({ externalJobId }) => !ofPlans.has(externalJobId),
  );
  const job = byHand ? fromImport(byHand) : { dispatch_state: "not_dispatched" as const };
  const planned = await plans.withShipment(shipmentId);
  if (!planned) return byHand ? [job] : [];
  const plan = await plans.get(planned.planId, planned.revision);
  return plan.routes.flatMap((route) =>
    route.stops
      .filter((stop) => isFor(stop, shipmentId))
      .map((stop) => ({
        plan_id: plan.planId,
        revision: plan.revision,
        ...fromStop(stop, shipmentId, route.licensePlate),
        stops_on_route: route.stops.length,
        ...job,
      })),
  );
}

function isFor({ shipmentIds }: PlanStop, shipmentId: string): boolean {
  return shipmentIds.some((id) => String(id) === shipmentId);
}

function fromStop(stop: PlanStop, shipmentId: string, licensePlate: string): DeliveryPart {
  const own = stop.items.filter((item) => String(item.shipmentId) === shipmentId);
  return {
    license_plate: licensePlate,
    ...(stop.trip !== undefined && { trip: stop.trip }),
    sequence: stop.sequence,
    load_position: stop.loadPosition,
    planned_arrive_at: stop.arriveAt,
    items: own.map(({ material, quantity }) => ({ material, quantity })),
  };
}

function fromJob({ externalJobId, jobId, driverEmail, state }: DispatchedRoute): DeliveryPart {
  return { external_job_id: externalJobId, job_id: jobId, driver_email: driverEmail, dispatch_state: state };
}

const importStates = {
  sending: "sending",
  unknown: "unknown",
  done: "dispatched",
  refused: "refused",
} as const;

/** A route that was sent without a plan. */
export function fromImport({ externalJobId, jobId, driverEmail, state }: RouteImportRecord): DeliveryPart {
  return {
    external_job_id: externalJobId,
    job_id: jobId,
    driver_email: driverEmail,
    dispatch_state: importStates[state],
  };
}
