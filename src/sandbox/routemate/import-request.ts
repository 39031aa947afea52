import type { Coordinates } from "../../domain/place.ts";
import { isRecord } from "../message.ts";
import { emailAddress, type FieldReader, isoDate, isoDateTime, readFields, timeZone } from "./fields.ts";

/** A stop as it was asked for, the documented defaults filled in (routemate.txt, 停靠点字段). */
export type RequestedStop = {
  externalStopId: string;
  address: string;
  /** Null unless latitude and longitude both came. */
  coordinates: Coordinates | null;
  label: string | null;
  notes: string | null;
  durationMinutes: number | null;
  priority: number;
  parcelCount: number;
};

/** A job as it was asked for (routemate.txt, 请求体 — 任务字段). */
export type ImportRequest = {
  externalJobId: string;
  title: string;
  driverEmail: string;
  scheduledDate: string | null;
  timezone: string | null;
  metadata: Record<string, unknown>;
  stops: RequestedStop[];
};

const mostStops = 200;
const notNegative = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** The request of an import's body, or everything that is wrong with it. */
export function parseImport(body: unknown): { request: ImportRequest } | { messages: string[] } {
  if (!isRecord(body)) return { messages: ["request body must be a JSON object"] };
  const messages: string[] = [];
  const { stops } = body;
  const fields = readFields(body, "", messages);
  const request = {
    externalJobId: fields.requiredText("external_job_id"),
    title: fields.requiredText("title"),
    driverEmail: fields.requiredText("driver_email", emailAddress),
    scheduledDate: fields.text("scheduled_date", isoDate),
    timezone: fields.text("timezone", timeZone),
    metadata: fields.object("metadata") ?? {},
    stops: parseStops(stops ?? null, messages),
  };
  return messages.length === 0 ? { request } : { messages };
}

function parseStops(value: unknown, messages: string[]): RequestedStop[] {
  const problem = problemOfStops(value);
  if (problem) messages.push(problem);
  if (problem || !Array.isArray(value)) return [];
  const stops = value.map((stop, index) => {
    if (!isRecord(stop)) messages.push(`stops[${index}] must be an object`);
    return isRecord(stop)
      ? parseStop(readFields(stop, `stops[${index}].`, messages), index, messages)
      : undefined;
  });
  const parsed = stops.filter((stop) => stop !== undefined);
  messages.push(...repeatedIds(parsed));
  return parsed;
}

function problemOfStops(value: unknown): string | undefined {
  if (value === null) return "stops is required";
  if (!Array.isArray(value)) return "stops must be an array";
  if (value.length === 0) return "stops must not be empty";
  return value.length > mostStops ? `stops must not have more than ${mostStops} entries` : undefined;
}

function parseStop(fields: FieldReader, index: number, messages: string[]): RequestedStop {
  const latitude = fields.number("latitude", { from: -90, to: 90 });
  const longitude = fields.number("longitude", { from: -180, to: 180 });
  checkWindow(fields, index, messages);
  fields.text("service_type");
  fields.object("metadata");
  return {
    externalStopId: fields.requiredText("external_stop_id"),
    address: fields.requiredText("address"),
    coordinates: latitude === null || longitude === null ? null : { lat: latitude, lng: longitude },
    label: fields.text("label"),
    notes: fields.text("notes"),
    durationMinutes: fields.number("duration_minutes", notNegative),
    priority: fields.number("priority") ?? 0,
    parcelCount: fields.number("parcel_count", notNegative) ?? 1,
  };
}

function checkWindow(fields: FieldReader, index: number, messages: string[]): void {
  const start = fields.text("time_window_start", isoDateTime);
  const end = fields.text("time_window_end", isoDateTime);
  if (start === null || end === null || Date.parse(start) < Date.parse(end)) return;
  messages.push(`stops[${index}].time_window_end must be after time_window_start`);
}

function repeatedIds(stops: readonly RequestedStop[]): string[] {
  const ids = stops.map(({ externalStopId }) => externalStopId);
  return ids.flatMap((id, index) =>
    id !== "" && ids.indexOf(id) < index
      ? [`stops[${index}].external_stop_id must be unique within the job`]
      : [],
  );
}
