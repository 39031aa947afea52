import type { Place } from "../../domain/place.ts";
import { roadMeters } from "../road.ts";
import { type Broker, type Carrier, isReporting } from "./seed.ts";

/** A load as the vendor keeps it; times are simulated, milliseconds since the epoch. */
export type Tracking = {
  id: string;
  broker: Broker;
  carrier: Carrier;
  from: Required<Place>;
  to: Required<Place>;
  fromDate: number;
  toDate: number;
  enabled: boolean;
  /** Since when nobody looks where the truck is. */
  disabledAt: number | null;
  /** How far location events say it has come. */
  reportedMeters: number | null;
  createdAt: number;
  updatedAt: number;
};

/**
 * `completed` means that to_date has passed. The document shows no name for what is under way; this one is the
 * sandbox's own.
 */
type TrackingStatus = "pending" | "in_progress" | "completed";

/** How a load stands at a moment. */
export function statusOf({ fromDate, toDate }: Tracking, now: number): TrackingStatus {
  if (now >= toDate) return "completed";
  return now >= fromDate ? "in_progress" : "pending";
}

/** Metres; null for a load that ended without anybody having said where it was. */
export type Route = { total: number; covered: number | null; remaining: number | null };

/** 80 km/h. */
const metersPerMillisecond = 80 / 3600;

/**
 * How far a load has come: as far as location events say, and as far as its truck has driven by itself while the
 * tracking was enabled, where it is one that reports.
 */
export function routeOf(tracking: Tracking, now: number): Route {
  const { from, to, carrier, createdAt, toDate, reportedMeters } = tracking;
  const total = Math.round(roadMeters(from, to));
  const wasSeen = isReporting(carrier) || reportedMeters !== null;
  if (!wasSeen && toDate > createdAt && now >= toDate) return { total, covered: null, remaining: null };
  const driven = isReporting(carrier) ? drivenMeters(tracking, now) : 0;
  const covered = Math.min(total, Math.round(Math.max(driven, reportedMeters ?? 0)));
  return { total, covered, remaining: total - covered };
}

function drivenMeters({ fromDate, toDate, createdAt, disabledAt }: Tracking, now: number): number {
  if (toDate <= createdAt) return 0;
  const seenUntil = Math.min(now, toDate, disabledAt ?? Number.POSITIVE_INFINITY);
  return Math.max(0, seenUntil - fromDate) * metersPerMillisecond;
}
