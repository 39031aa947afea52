import { z } from "zod";
import type {
  RouteImport,
  RouteImportResult,
  RouteImportStop,
  RouteJob,
  RouteStop,
} from "../../domain/route-job.ts";
import { looseNumber } from "../wire.ts";

const text = z.string().nullish();

/** A stop of an answer; the one of a job has no `sort_order` (routemate.txt, 成功响应 200). */
const stopSchema = z.looseObject({
  external_stop_id: z.string(),
  address: z.string(),
  latitude: looseNumber.nullish(),
  longitude: looseNumber.nullish(),
  label: text,
  notes: text,
  sort_order: z.int().nullish(),
  priority: looseNumber.nullish(),
  parcel_count: looseNumber.nullish(),
  status: z.string(),
});

/** routemate.txt, 导入任务与停靠点, 成功响应 200 */
export const importResultSchema = z.looseObject({
  job_id: z.string().min(1),
  external_job_id: z.string(),
  route_id: text,
  driver_email: z.string(),
  driver_resolved: z.boolean(),
  driver_user_id: text,
  stops_imported: z.int(),
  stops_geocoded: z.int(),
  stops_geocode_failed: z.int(),
  optimization: z
    .looseObject({
      total_distance_km: looseNumber,
      total_duration_minutes: looseNumber,
      encoded_polyline: z.string(),
    })
    .nullish(),
  stops: z.array(stopSchema),
  deep_link: text,
  warnings: z.array(z.looseObject({ code: z.string(), message: z.string() })),
});

/** routemate.txt, 查询任务状态, 成功响应 200 */
export const jobSchema = z.looseObject({
  job_id: z.string().min(1),
  external_job_id: z.string(),
  title: z.string(),
  status: z.string(),
  driver_email: z.string(),
  driver_resolved: z.boolean(),
  driver_user_id: text,
  route_id: text,
  scheduled_date: text,
  timezone: text,
  metadata: z.record(z.string(), z.unknown()).nullish(),
  stop_count: z.int(),
  status_counts: z.record(z.string(), z.int()),
  deep_link: text,
  stops: z.array(stopSchema),
  created_at: z.string(),
  updated_at: z.string(),
});

type WireStop = z.infer<typeof stopSchema>;

/** Every name that RouteMate's validation can speak of. */
export const importFieldNames: ReadonlySet<string> = new Set([
  ...["external_job_id", "title", "driver_email", "scheduled_date", "timezone", "metadata", "stops"],
  ...[
    "external_stop_id",
    "address",
    "latitude",
    "longitude",
    "label",
    "notes",
    "service_type",
    "duration_minutes",
  ],
  ...["time_window_start", "time_window_end", "priority", "parcel_count", "job_id"],
]);

/** The import's body, its members in the order of the document's tables; what is left out is not sent. */
export function toWireImport(route: RouteImport): Record<string, unknown> {
  return {
    external_job_id: route.externalJobId,
    title: route.title,
    driver_email: route.driverEmail,
    scheduled_date: route.scheduledDate,
    timezone: route.timezone,
    metadata: route.metadata,
    stops: route.stops.map(toWireStop),
  };
}

/** The import's answer; its stops are in the order that the driver gets. */
export function toImportResult(wire: z.infer<typeof importResultSchema>): RouteImportResult {
  const { optimization } = wire;
  return {
    jobId: wire.job_id,
    externalJobId: wire.external_job_id,
    routeId: wire.route_id ?? null,
    driverEmail: wire.driver_email,
    driverResolved: wire.driver_resolved,
    driverUserId: wire.driver_user_id ?? null,
    stopsImported: wire.stops_imported,
    stopsGeocoded: wire.stops_geocoded,
    stopsGeocodeFailed: wire.stops_geocode_failed,
    optimization: optimization
      ? {
          totalDistanceKm: optimization.total_distance_km,
          totalDurationMinutes: optimization.total_duration_minutes,
          encodedPolyline: optimization.encoded_polyline,
        }
      : null,
    stops: wire.stops.map(toRouteStop),
    deepLink: wire.deep_link ?? null,
    warnings: wire.warnings.map(({ code, message }) => ({ code, message })),
  };
}

/** A job as it stands. */
export function toRouteJob(wire: z.infer<typeof jobSchema>): RouteJob {
  return {
    jobId: wire.job_id,
    externalJobId: wire.external_job_id,
    title: wire.title,
    status: wire.status,
    driverEmail: wire.driver_email,
    driverResolved: wire.driver_resolved,
    driverUserId: wire.driver_user_id ?? null,
    routeId: wire.route_id ?? null,
    scheduledDate: wire.scheduled_date ?? null,
    timezone: wire.timezone ?? null,
    metadata: wire.metadata ?? {},
    stopCount: wire.stop_count,
    statusCounts: wire.status_counts,
    deepLink: wire.deep_link ?? null,
    stops: wire.stops.map(toRouteStop),
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
  };
}

function toWireStop(stop: RouteImportStop): Record<string, unknown> {
  return {
    external_stop_id: stop.externalStopId,
    address: stop.address,
    latitude: stop.latitude,
    longitude: stop.longitude,
    label: stop.label,
    notes: stop.notes,
    service_type: stop.serviceType,
    duration_minutes: stop.durationMinutes,
    time_window_start: stop.timeWindowStart,
    time_window_end: stop.timeWindowEnd,
    priority: stop.priority,
    parcel_count: stop.parcelCount,
    metadata: stop.metadata,
  };
}

/** Priority 0 and one parcel are the document's defaults. */
function toRouteStop(wire: WireStop): RouteStop {
  return {
    externalStopId: wire.external_stop_id,
    address: wire.address,
    latitude: wire.latitude ?? null,
    longitude: wire.longitude ?? null,
    label: wire.label ?? null,
    notes: wire.notes ?? null,
    ...(typeof wire.sort_order === "number" && { sortOrder: wire.sort_order }),
    priority: wire.priority ?? 0,
    parcelCount: wire.parcel_count ?? 1,
    status: wire.status,
  };
}
