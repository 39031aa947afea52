import * as z from "zod";
import type { RouteImport, RouteStop } from "../../domain/route-job.ts";
import { instant, latitude, longitude, plainText } from "../fields.ts";

/** Free data: as much as a driver's app can use, and no deeper than it can be walked. */
const metadata = z
  .record(z.string().max(100), z.unknown())
  .refine((value) => isAtMostDeep(value, 10) && JSON.stringify(value).length <= 10_000, {
    error: "takes at most 10,000 characters of JSON, nested at most 10 deep",
  });

function isAtMostDeep(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isAtMostDeep(member, levels - 1));
}

/** A stop to import (routemate.txt, 停靠点字段). */
const stopInput = z.strictObject({
  external_stop_id: plainText(200).describe(
    "Unique in the route: the shipment's id, several ids of one stop joined by +; for the depot a name of its own",
  ),
  address: plainText(500),
  latitude: latitude.optional().describe("With longitude it spares the vendor's geocoding, which can fail"),
  longitude: longitude.optional(),
  label: z.string().max(300).optional(),
  notes: z.string().max(2000).optional(),
  service_type: z.string().max(100).optional().describe("delivery, pickup, service_call …"),
  duration_minutes: z.number().min(0).max(1440).optional(),
  time_window_start: instant.optional(),
  time_window_end: instant.optional(),
  priority: z.number().optional().describe("The smaller the more urgent; 0 when left out"),
  parcel_count: z.number().int().min(0).max(1_000_000).optional(),
  metadata: metadata.optional(),
});

/** A route to import (routemate.txt, 请求体 — 任务字段). */
export const routeImportFields = {
  external_job_id: plainText(200).describe(
    "Your identifier of the route: unique for ever, it is how the route is found again",
  ),
  title: plainText(300),
  driver_email: plainText(254).describe(
    "An address that the vendor does not know gets an invitation by e-mail",
  ),
  scheduled_date: plainText(10).optional().describe("YYYY-MM-DD"),
  timezone: plainText(64).optional().describe("IANA name, e.g. Asia/Shanghai"),
  metadata: metadata.optional(),
  stops: z
    .array(stopInput)
    .min(1)
    .max(200)
    .describe("The first is the start and the last the end; the vendor re-orders those between"),
};

/** A stop as the vendor gives it back. */
export const routeStopAnswer = z.object({
  external_stop_id: z.string(),
  address: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  label: z.string().nullable(),
  notes: z.string().nullable(),
  sort_order: z.number().optional().describe("The driver's order, from 0"),
  priority: z.number(),
  parcel_count: z.number(),
  status: z.string(),
});

type RouteImportArguments = z.output<z.ZodObject<typeof routeImportFields>>;

/** The import in our own spelling. */
export function toRouteImport(fields: RouteImportArguments): RouteImport {
  return {
    externalJobId: fields.external_job_id,
    title: fields.title,
    driverEmail: fields.driver_email,
    ...(fields.scheduled_date !== undefined && { scheduledDate: fields.scheduled_date }),
    ...(fields.timezone !== undefined && { timezone: fields.timezone }),
    ...(fields.metadata !== undefined && { metadata: fields.metadata }),
    stops: fields.stops.map((stop) => ({
      externalStopId: stop.external_stop_id,
      address: stop.address,
      ...(stop.latitude !== undefined && { latitude: stop.latitude }),
      ...(stop.longitude !== undefined && { longitude: stop.longitude }),
      ...(stop.label !== undefined && { label: stop.label }),
      ...(stop.notes !== undefined && { notes: stop.notes }),
      ...(stop.service_type !== undefined && { serviceType: stop.service_type }),
      ...(stop.duration_minutes !== undefined && { durationMinutes: stop.duration_minutes }),
      ...(stop.time_window_start !== undefined && { timeWindowStart: stop.time_window_start }),
      ...(stop.time_window_end !== undefined && { timeWindowEnd: stop.time_window_end }),
      ...(stop.priority !== undefined && { priority: stop.priority }),
      ...(stop.parcel_count !== undefined && { parcelCount: stop.parcel_count }),
      ...(stop.metadata !== undefined && { metadata: stop.metadata }),
    })),
  };
}

/** A vendor's stop in the tools' spelling. */
export function fromRouteStop(stop: RouteStop): z.input<typeof routeStopAnswer> {
  return {
    external_stop_id: stop.externalStopId,
    address: stop.address,
    latitude: stop.latitude,
    longitude: stop.longitude,
    label: stop.label,
    notes: stop.notes,
    ...(stop.sortOrder !== undefined && { sort_order: stop.sortOrder }),
    priority: stop.priority,
    parcel_count: stop.parcelCount,
    status: stop.status,
  };
}
