import type { RouteJob, RouteStop } from "../../../domain/route-job.ts";
import { isStopOf } from "../../../domain/stop-id.ts";
import { type ShipmentStatus, statusOfParts } from "../../../domain/tracking.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { RouteImportRecord } from "../../../state/route-imports.ts";
import { unlessNotFound } from "../../unless-not-found.ts";
import type { Asking, Found, Question } from "./ask-source.ts";

/** routemate.txt, 任务状态; completed says that every stop was delivered. */
const jobStatuses: ReadonlyMap<string, ShipmentStatus> = new Map([
  ["pending", "dispatched"],
  ["assigned", "dispatched"],
  ["in_progress", "in_transit"],
  ["completed", "delivered"],
]);

/** How a whole job stands. */
export function jobOf({ app }: Asking, externalJobId: string): Question {
  return {
    source: "routemate",
    basis: "live",
    ask: async (signal) => {
      const routemate = await app.routemate();
      const job = await routemate.getJob({ externalJobId }, { signal });
      const status = statusOfJob(job);
      const counts = Object.entries(job.statusCounts).map(([name, count]) => `${count} ${quote(name, 20)}`);
      return {
        status,
        told: `Job is ${quote(job.status, 20)}: ${job.stopCount} stops, ${counts.join(", ")}.`,
        timeline: [
          made(job),
          { at: job.updatedAt, status, what: `job ${quote(job.status, 20)} at its last change` },
        ],
      };
    },
  };
}

/** How the stops of a shipment stand in the jobs that it was sent out with. */
export function stopsOf(
  { app }: Asking,
  { shipmentId, imports }: { shipmentId: string; imports: readonly RouteImportRecord[] },
): Question {
  return {
    source: "routemate",
    basis: "live",
    ask: async (signal) => {
      const routemate = await app.routemate();
      const asked = imports.map(({ externalJobId }) =>
        unlessNotFound(routemate.getJob({ externalJobId }, { signal })),
      );
      const jobs = (await Promise.all(asked)).filter((job) => job !== undefined);
      return jobs.length === 0 ? undefined : foundAtStops(withoutSuperseded(jobs), shipmentId);
    },
  };
}

/** Jobs but those that were over before a later one was made: a shipment that failed and was sent out again. */
export function withoutSuperseded(jobs: readonly RouteJob[]): RouteJob[] {
  const isOver = (job: RouteJob) =>
    jobs.some((later) => Date.parse(later.createdAt) > Date.parse(job.updatedAt));
  return jobs.filter((job) => !isOver(job));
}

/**
 * How a whole job stands: one that is over is not delivered while a stop of it has failed, and one of which every stop
 * was tried is over, although the vendor says completed only of what was all delivered.
 */
export function statusOfJob({ status, stops }: Pick<RouteJob, "status" | "stops">): ShipmentStatus {
  const hasFailed = stops.some((stop) => stop.status === "failed");
  const isOver =
    stops.length > 0 && stops.every((stop) => stop.status === "completed" || stop.status === "failed");
  if (hasFailed && (isOver || status === "completed")) return "failed";
  return isOver ? "delivered" : (jobStatuses.get(status) ?? "unknown");
}

/** A stop's own words where the document has them, else those of its job. */
export function statusOfStop(stopStatus: string, jobStatus: string): ShipmentStatus {
  if (stopStatus === "completed") return "delivered";
  if (stopStatus === "failed") return "failed";
  if (stopStatus !== "pending" || jobStatus === "completed") return "unknown";
  return jobStatuses.get(jobStatus) ?? "unknown";
}

function foundAtStops(jobs: readonly RouteJob[], shipmentId: string): Found {
  const stops = jobs.flatMap((job) =>
    job.stops
      .filter(({ externalStopId }) => isStopOf(externalStopId, shipmentId))
      .map((stop) => ({ job, stop, status: statusOfStop(stop.status, job.status) })),
  );
  return {
    status: statusOfParts(stops.map(({ status }) => status)),
    told: stops.map(describeStop).join(" ") || "Its jobs show no stop for this shipment.",
    timeline: [
      ...jobs.map(made),
      ...stops.map(({ job, stop, status }) => ({
        at: job.updatedAt,
        status,
        what: `stop ${quote(stop.externalStopId)} is ${quote(stop.status, 20)} at its job's last change`,
      })),
    ],
  };
}

function describeStop({ job, stop }: { job: RouteJob; stop: RouteStop }): string {
  const state = `Stop ${quote(stop.status, 20)} in job ${quote(job.externalJobId)}`;
  return `${state}, which is ${quote(job.status, 20)}.`;
}

function made(job: RouteJob): Found["timeline"][number] {
  return { at: job.createdAt, status: "dispatched", what: `job ${quote(job.externalJobId)} made` };
}
