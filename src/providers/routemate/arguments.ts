import { isDay, parseMoment } from "../../domain/instant.ts";
import type { RouteImport, RouteImportStop } from "../../domain/route-job.ts";
import { emailRule, type Rule, refuseWrong } from "../argument-rules.ts";

/** Refuses an import that RouteMate would refuse or misread, before anything is sent. */
export function checkImport(route: RouteImport, maxStops: number): void {
  const { stops } = route;
  refuseWrong(
    "routemate",
    ...jobRules(route),
    [
      stops.length < 1 || stops.length > maxStops,
      "stops",
      `must have 1 to ${maxStops} stops and has ${stops.length}`,
    ],
    ...repeatedStops(stops),
    ...stops.flatMap((stop, index) => stopRules(`stops[${index}].`, stop)),
  );
}

function jobRules(route: RouteImport): Rule[] {
  const { externalJobId, title, driverEmail, scheduledDate, timezone } = route;
  const isDateWrong = scheduledDate !== undefined && !isDay(scheduledDate);
  return [
    [isBlank(externalJobId), "external_job_id", "must not be empty"],
    [isBlank(title), "title", "must not be empty"],
    emailRule("driver_email", driverEmail),
    [isDateWrong, "scheduled_date", "must be a date such as 2026-03-09"],
    [!isTimezone(timezone), "timezone", "must be an IANA name such as Asia/Shanghai"],
  ];
}

function repeatedStops(stops: RouteImportStop[]): Rule[] {
  const firstIndex = new Map<string, number>();
  return stops.map(({ externalStopId }, index): Rule => {
    const first = firstIndex.get(externalStopId);
    if (first === undefined) firstIndex.set(externalStopId, index);
    return [first !== undefined, `stops[${index}].external_stop_id`, `must not be that of stops[${first}]`];
  });
}

function stopRules(prefix: string, stop: RouteImportStop): Rule[] {
  const { latitude, longitude, timeWindowStart: start, timeWindowEnd: end } = stop;
  const isPlausible = isDateTime(start) && isDateTime(end);
  const rules: Rule[] = [
    [isBlank(stop.externalStopId), "external_stop_id", "must not be empty"],
    [isBlank(stop.address), "address", "must not be empty"],
    [!isWithin(latitude, -90, 90), "latitude", "must be -90 to 90 degrees"],
    [!isWithin(longitude, -180, 180), "longitude", "must be -180 to 180 degrees"],
    [latitude === undefined && longitude !== undefined, "latitude", "is missing beside longitude"],
    [longitude === undefined && latitude !== undefined, "longitude", "is missing beside latitude"],
    [!isWithin(stop.durationMinutes, 0, 1440), "duration_minutes", "must be 0 to 1440 minutes"],
    [!isWithin(stop.priority, -1e9, 1e9), "priority", "must be a number"],
    [!isWithin(stop.parcelCount, 0, 1e9), "parcel_count", "must be a number from 0"],
    [!isDateTime(start), "time_window_start", "must be an ISO 8601 date and time"],
    [!isDateTime(end), "time_window_end", "must be an ISO 8601 date and time"],
    [isPlausible && isBefore(end, start), "time_window_end", "must not be before time_window_start"],
  ];
  return rules.map(([isWrong, field, takes]) => [isWrong, `${prefix}${field}`, takes]);
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function isWithin(value: number | undefined, lowest: number, highest: number): boolean {
  return value === undefined || (value >= lowest && value <= highest);
}

function isDateTime(text: string | undefined): boolean {
  return text === undefined || (text[10] === "T" && parseMoment(text) !== undefined);
}

/** False when it can't be told: one of the two is open, or has an offset where the other has none. */
function isBefore(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || hasOffset(a) !== hasOffset(b)) return false;
  return Date.parse(a) < Date.parse(b);
}

function hasOffset(text: string): boolean {
  return /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
}

function isTimezone(name: string | undefined): boolean {
  if (name === undefined) return true;
  if (!/^[A-Za-z]/.test(name)) return false; // Intl takes "+08:00" too
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
