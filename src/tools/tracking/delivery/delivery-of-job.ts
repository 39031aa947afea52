import type { App } from "../../../app.ts";
import type { KeptEvent } from "../../../domain/event.ts";
import { makeReport } from "../../../planning/report/make-report.ts";
import { eventsOfJob } from "../../planning/release/shipment-news.ts";
import { readSentRoute } from "../../planning/report/read-routes.ts";
import { importsOfJob } from "../sources/imports.ts";
import type { Delivery } from "./delivery-fields.ts";
import { fromImport } from "./delivery-of-shipment.ts";

/** The plan and route of a whole job and how its stops stand, from the state alone; undefined where it is unknown here. */
export async function deliveryOfJob(app: App, externalJobId: string): Promise<Delivery | undefined> {
  const { dispatches } = await app.store();
  const dispatch = await dispatches.byJob(externalJobId);
  if (!dispatch) return ofImport(app, externalJobId);
  const route = await readSentRoute(app, dispatch);
  const { states, stops } = makeReport(route ? [route] : []).total;
  const { delivered, failed, open, uncertain } = states;
  return {
    plan_id: dispatch.planId,
    revision: dispatch.revision,
    license_plate: dispatch.licensePlate,
    external_job_id: externalJobId,
    job_id: dispatch.jobId,
    driver_email: dispatch.driverEmail,
    dispatch_state: dispatch.state,
    stops: { total: stops, delivered, failed, open, uncertain },
  };
}

/** A route that was sent without a plan: its depot counts as a stop, for nothing tells it from others. */
async function ofImport(app: App, externalJobId: string): Promise<Delivery | undefined> {
  const [sent] = await importsOfJob({ app }, externalJobId);
  if (!sent) return undefined;
  const events = await eventsOfJob(app, externalJobId);
  const total = sent.stopIds.length;
  const done = stopsWith(events, "stop.completed");
  const delivered = events.some(({ kind }) => kind === "job.completed") ? total : done.size;
  const failed = [...stopsWith(events, "stop.failed")].filter((stopId) => !done.has(stopId)).length;
  const isSent = sent.state === "done";
  const rest = Math.max(0, total - delivered - failed);
  return {
    ...fromImport(sent),
    stops: {
      total,
      delivered: Math.min(delivered, total - failed),
      failed,
      open: isSent ? rest : 0,
      uncertain: isSent ? 0 : rest,
    },
  };
}

function stopsWith(events: readonly KeptEvent[], wanted: string): Set<string> {
  return new Set(events.flatMap(({ kind, subject }) => (kind === wanted ? (subject.stopId ?? []) : [])));
}
