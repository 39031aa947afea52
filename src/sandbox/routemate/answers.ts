import type { Job, JobStop } from "./job.ts";
import { type JobStatus, jobStatus, lastChange, type StopStatus, stopStatus } from "./timeline.ts";

/** A stop in a job's status (routemate.txt, 查询任务状态). */
export type StopAnswer = {
  external_stop_id: string;
  address: string;
  latitude: number | null;
  longitude: number | null;
  label: string | null;
  notes: string | null;
  status: StopStatus;
  priority: number;
  parcel_count: number;
};

/** A job's status (routemate.txt, 查询任务状态). */
export type JobAnswer = {
  job_id: string;
  external_job_id: string;
  title: string;
  status: JobStatus;
  driver_email: string;
  driver_resolved: boolean;
  driver_user_id: string | null;
  route_id: string;
  scheduled_date: string | null;
  timezone: string | null;
  metadata: Record<string, unknown>;
  stop_count: number;
  /** Only the statuses that some stop has. */
  status_counts: Partial<Record<StopStatus, number>>;
  deep_link: string;
  stops: StopAnswer[];
  created_at: string;
  updated_at: string;
};

/** The answer to an import, its stops in driving order (routemate.txt, 导入任务与停靠点). */
export function importAnswer(job: Job) {
  const { request, driver, optimization } = job;
  return {
    job_id: job.jobId,
    external_job_id: request.externalJobId,
    route_id: job.routeId,
    driver_email: request.driverEmail,
    driver_resolved: driver.userId !== null,
    driver_user_id: driver.userId,
    stops_imported: job.stops.length,
    stops_geocoded: job.stops.filter(({ wasGeocoded }) => wasGeocoded).length,
    stops_geocode_failed: job.stops.filter(({ coordinates }) => coordinates === null).length,
    optimization: optimization && {
      total_distance_km: optimization.totalDistanceKm,
      total_duration_minutes: optimization.totalDurationMinutes,
      encoded_polyline: optimization.encodedPolyline,
    },
    stops: job.stops.map((stop, index) => ({ ...stopFields(stop), sort_order: index, status: "pending" })),
    deep_link: deepLink(job),
    warnings: warningsOf(job),
  };
}

/** A job as it stands at a moment (simulated time, milliseconds since the epoch). */
export function jobAnswer(job: Job, now: number): JobAnswer {
  const { request, driver, timeline, createdAt } = job;
  const stops = job.stops.map((stop, index) => ({
    ...stopFields(stop),
    status: stopStatus(timeline.ends[index], now),
  }));
  return {
    job_id: job.jobId,
    external_job_id: request.externalJobId,
    title: request.title,
    status: jobStatus(timeline, now),
    driver_email: request.driverEmail,
    driver_resolved: driver.userId !== null,
    driver_user_id: driver.userId,
    route_id: job.routeId,
    scheduled_date: request.scheduledDate,
    timezone: request.timezone,
    metadata: request.metadata,
    stop_count: stops.length,
    status_counts: countStatuses(stops),
    deep_link: deepLink(job),
    stops,
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(lastChange(timeline, { createdAt, now })).toISOString(),
  };
}

function stopFields(stop: JobStop): Omit<StopAnswer, "status"> {
  return {
    external_stop_id: stop.externalStopId,
    address: stop.address,
    latitude: stop.coordinates?.lat ?? null,
    longitude: stop.coordinates?.lng ?? null,
    label: stop.label,
    notes: stop.notes,
    priority: stop.priority,
    parcel_count: stop.parcelCount,
  };
}

function countStatuses(stops: readonly StopAnswer[]): JobAnswer["status_counts"] {
  const byStatus = Object.groupBy(stops, ({ status }) => status);
  return Object.fromEntries(Object.entries(byStatus).map(([status, group]) => [status, group.length]));
}

function deepLink({ jobId }: Job): string {
  return `https://app.routemate.app/app/jobs/${jobId}`;
}

/** The documented codes (routemate.txt, 警告代码), in the order of the document's sample. */
function warningsOf({ stops, driver, optimization, request }: Job): { code: string; message: string }[] {
  const geocoded = stops.filter(({ wasGeocoded }) => wasGeocoded).length;
  const failed = stops.filter(({ coordinates }) => coordinates === null);
  const geocodedWarning = {
    code: "ADDRESS_GEOCODED",
    message: `${geocoded} stop(s) were geocoded from address text`,
  };
  const failedWarnings = failed.map(({ externalStopId }) => ({
    code: "GEOCODE_FAILED",
    message: `Could not geocode stop ${externalStopId}; provide latitude/longitude instead`,
  }));
  return [
    ...(geocoded > 0 ? [geocodedWarning] : []),
    ...failedWarnings,
    ...driverWarnings(driver, request.driverEmail),
    ...(optimization ? [optimizedWarning(optimization)] : []),
  ];
}

function driverWarnings({ userId, wasAdded }: Job["driver"], email: string) {
  if (userId === null) {
    return [
      { code: "DRIVER_NOT_FOUND", message: `No RouteMate account for ${email}; an invitation was created` },
    ];
  }
  return wasAdded ? [{ code: "DRIVER_AUTO_ADDED", message: `${email} was added to your organization` }] : [];
}

function optimizedWarning({ totalDistanceKm, totalDurationMinutes }: NonNullable<Job["optimization"]>) {
  const message = `Route optimized: ${totalDistanceKm} km, ${totalDurationMinutes} min`;
  return { code: "ROUTE_OPTIMIZED", message };
}
