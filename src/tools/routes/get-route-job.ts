import * as z from "zod";
import { Failure } from "../../domain/failure.ts";
import type { RouteJob } from "../../domain/route-job.ts";
import { quote } from "../../domain/vendor-text.ts";
import { countThatFits } from "../answer-size.ts";
import { page, pageAnswer, plainText } from "../fields.ts";
import { decodeOffset, encodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { fromRouteStop, routeStopAnswer } from "./route-fields.ts";

export const getRouteJob = defineTool({
  name: "get_route_job",
  title: "Get a route's progress",
  description:
    "Tells how an imported route stands at RouteMate: status pending (no driver yet), assigned, in_progress or completed, " +
    "and the status of each stop. Find it by the external_job_id it was imported with, or by job_id. 路线状态",
  access: "read",
  vendor: "routemate",
  input: z.strictObject({
    job_id: plainText(200).optional().describe("RouteMate's identifier"),
    external_job_id: plainText(200).optional(),
    ...page,
  }),
  output: z.object({
    job_id: z.string(),
    external_job_id: z.string(),
    title: z.string(),
    status: z.string(),
    driver_email: z.string(),
    driver_resolved: z.boolean(),
    driver_user_id: z.string().nullable(),
    route_id: z.string().nullable(),
    scheduled_date: z.string().nullable(),
    timezone: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    stop_count: z.number(),
    status_counts: z.record(z.string(), z.number()),
    deep_link: z.string().nullable(),
    stops: z.array(routeStopAnswer),
    created_at: z.string(),
    updated_at: z.string(),
    ...pageAnswer,
  }),
  async run({ job_id, external_job_id, limit = 100, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const routemate = await app.routemate();
    const job = await routemate.getJob(oneIdentifier(job_id, external_job_id), { signal });
    const rest = job.stops.slice(offset, offset + limit).map(fromRouteStop);
    const shown = countThatFits(rest);
    const hasMore = offset + shown < job.stops.length;
    return {
      data: {
        ...fromJob(job),
        stops: rest.slice(0, shown),
        total: job.stops.length,
        ...(hasMore && { next_cursor: encodeOffset(offset + shown) }),
      },
      text: describe(job),
    };
  },
});

function oneIdentifier(jobId: string | undefined, externalJobId: string | undefined) {
  if (jobId !== undefined && externalJobId === undefined) return { jobId };
  if (jobId === undefined && externalJobId !== undefined) return { externalJobId };
  throw new Failure("invalid_input", "get_route_job takes exactly one of `job_id` and `external_job_id`.", {
    hint: "external_job_id is what the route was imported with.",
    fields: ["job_id", "external_job_id"],
  });
}

function fromJob(job: RouteJob) {
  return {
    job_id: job.jobId,
    external_job_id: job.externalJobId,
    title: job.title,
    status: job.status,
    driver_email: job.driverEmail,
    driver_resolved: job.driverResolved,
    driver_user_id: job.driverUserId,
    route_id: job.routeId,
    scheduled_date: job.scheduledDate,
    timezone: job.timezone,
    metadata: job.metadata,
    stop_count: job.stopCount,
    status_counts: job.statusCounts,
    deep_link: job.deepLink,
    created_at: job.createdAt,
    updated_at: job.updatedAt,
  };
}

function describe(job: RouteJob): string {
  const counts = Object.entries(job.statusCounts).map(([status, count]) => `${count} ${quote(status, 20)}`);
  const driver = job.driverResolved ? "" : "; the driver has not accepted the invitation yet";
  return `Route ${quote(job.externalJobId)} is ${quote(job.status, 20)}: ${job.stopCount} stops, ${counts.join(", ")}${driver}.`;
}
