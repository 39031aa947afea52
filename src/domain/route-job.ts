/** A stop of a RouteMate import (routemate.txt, 停靠点字段). Times are ISO 8601. */
export type RouteImportStop = {
  externalStopId: string;
  address: string;
  latitude?: number;
  longitude?: number;
  label?: string;
  notes?: string;
  serviceType?: string;
  durationMinutes?: number;
  timeWindowStart?: string;
  timeWindowEnd?: string;
  /** The smaller, the more urgent; 0 when left out. */
  priority?: number;
  /** 1 when left out. */
  parcelCount?: number;
  metadata?: Record<string, unknown>;
};

/** A RouteMate import (routemate.txt, 请求体 — 任务字段). */
export type RouteImport = {
  externalJobId: string;
  title: string;
  driverEmail: string;
  /** YYYY-MM-DD */
  scheduledDate?: string;
  /** IANA name */
  timezone?: string;
  metadata?: Record<string, unknown>;
  stops: RouteImportStop[];
};

/** A stop as RouteMate gives it back; `sortOrder` counts from 0 and is what the driver gets. */
export type RouteStop = {
  externalStopId: string;
  address: string;
  latitude: number | null;
  longitude: number | null;
  label: string | null;
  notes: string | null;
  sortOrder?: number;
  priority: number;
  parcelCount: number;
  status: string;
};

/** The answer to an import. */
export type RouteImportResult = {
  jobId: string;
  externalJobId: string;
  routeId: string | null;
  driverEmail: string;
  driverResolved: boolean;
  driverUserId: string | null;
  stopsImported: number;
  stopsGeocoded: number;
  stopsGeocodeFailed: number;
  optimization: { totalDistanceKm: number; totalDurationMinutes: number; encodedPolyline: string } | null;
  stops: RouteStop[];
  deepLink: string | null;
  warnings: { code: string; message: string }[];
};

/** A job as RouteMate reports it; its stops come in the vendor's order. */
export type RouteJob = {
  jobId: string;
  externalJobId: string;
  title: string;
  /** pending, assigned, in_progress or completed; others pass as they are. */
  status: string;
  driverEmail: string;
  driverResolved: boolean;
  driverUserId: string | null;
  routeId: string | null;
  scheduledDate: string | null;
  timezone: string | null;
  metadata: Record<string, unknown>;
  stopCount: number;
  statusCounts: Record<string, number>;
  deepLink: string | null;
  stops: RouteStop[];
  createdAt: string;
  updatedAt: string;
};
