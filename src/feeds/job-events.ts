import type { VendorEvent } from "../domain/event.ts";
import type { RouteJob, RouteStop } from "../domain/route-job.ts";
import { momentOf } from "./moment.ts";

/** The statuses of a stop that are events of their own (routemate.txt, Webhook). */
const stopEvents = new Map([
  ["completed", "stop.completed"],
  ["failed", "stop.failed"],
]);

/**
 * What has happened to a job so far, under the names of the webhooks that RouteMate announces (routemate.txt, Webhook).
 * Each happens to its stop or job once, so its moment is no part of its identity: of the last change the job tells
 * when it was, of those before only that they were not later.
 */
export function eventsOfJob(job: RouteJob, now: number): VendorEvent[] {
  const occurredAt = momentOf(job.updatedAt, now);
  const subject = { jobId: job.jobId, externalJobId: job.externalJobId };
  const stops = job.stops.flatMap((stop): VendorEvent[] => {
    const kind = stopEvents.get(stop.status);
    if (kind === undefined) return [];
    const { externalStopId: stopId } = stop;
    return [
      {
        vendor: "routemate",
        kind,
        occurredAt,
        subject: { ...subject, stopId },
        data: stopData(stop),
        identity: { jobId: job.jobId, stopId },
      },
    ];
  });
  if (job.status !== "completed") return stops;
  const data = {
    status: job.status,
    title: job.title,
    stop_count: job.stopCount,
    status_counts: job.statusCounts,
  };
  const identity = { jobId: job.jobId };
  return [...stops, { vendor: "routemate", kind: "job.completed", occurredAt, subject, data, identity }];
}

function stopData({ status, address, label }: RouteStop): Record<string, unknown> {
  return { status, address, ...(label !== null && { label }) };
}
