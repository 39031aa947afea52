import type { RouteImport, RouteImportStop } from "../../domain/route-job.ts";
import { invalidInput } from "../provider.ts";

/** A field that is wrong, in the caller's spelling, and what it takes. */
type Problem = { field: string; takes: string };

/** As many problems as one message tells. */
const toldProblems = 5;
const listedFields = 50;

const emailPattern = /^[^\s@<>(),;:"[\]\\]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const dateTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Refuses an import that RouteMate would refuse or misread, before anything is sent: `invalid_input` with its fields. */
export function checkImport(route: RouteImport, maxStops: number): void {
  const problems = [
    ...jobProblems(route),
    ...stopCountProblems(route.stops, maxStops),
    ...repeatedStops(route.stops),
    ...route.stops.flatMap((stop, index) =>
      stopProblems(stop).map(({ field, takes }) => ({ field: `stops[${index}].${field}`, takes })),
    ),
  ];
  if (problems.length === 0) return;
  const told = problems.slice(0, toldProblems).map(({ field, takes }) => `${field} ${takes}`);
  const untold = problems.length > told.length ? ` (and ${problems.length - told.length} more)` : "";
  const fields = problems.slice(0, listedFields).map(({ field }) => field);
  throw invalidInput(`${told.join("; ")}${untold}.`, fields, "routemate");
}

function jobProblems(route: RouteImport): Problem[] {
  return wrongOnes([
    [isBlank(route.externalJobId), "external_job_id", "must not be empty"],
    [isBlank(route.title), "title", "must not be empty"],
    [!emailPattern.test(route.driverEmail), "driver_email", "must be an e-mail address"],
    [!isDate(route.scheduledDate), "scheduled_date", "must be a date such as 2026-03-09"],
    [!isTimezone(route.timezone), "timezone", "must be an IANA name such as Asia/Shanghai"],
  ]);
}

function stopCountProblems(stops: RouteImportStop[], maxStops: number): Problem[] {
  const takes = `must have 1 to ${maxStops} stops and has ${stops.length}`;
  return wrongOnes([[stops.length < 1 || stops.length > maxStops, "stops", takes]]);
}

function repeatedStops(stops: RouteImportStop[]): Problem[] {
  const firstIndex = new Map<string, number>();
  return stops.flatMap(({ externalStopId }, index) => {
    const first = firstIndex.get(externalStopId);
    if (first === undefined) firstIndex.set(externalStopId, index);
    const takes = `must not be that of stops[${first}]`;
    return wrongOnes([[first !== undefined, `stops[${index}].external_stop_id`, takes]]);
  });
}

function stopProblems(stop: RouteImportStop): Problem[] {
  const { latitude, longitude, timeWindowStart: start, timeWindowEnd: end } = stop;
  const isPlausible = isDateTime(start) && isDateTime(end);
  return wrongOnes([
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
  ]);
}

function wrongOnes(rules: [isWrong: boolean, field: string, takes: string][]): Problem[] {
  return rules.filter(([isWrong]) => isWrong).map(([, field, takes]) => ({ field, takes }));
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function isWithin(value: number | undefined, lowest: number, highest: number): boolean {
  return value === undefined || (value >= lowest && value <= highest);
}

function isDate(text: string | undefined): boolean {
  if (text === undefined) return true;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  // a 31st of February would roll over into March
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isDateTime(text: string | undefined): boolean {
  return (
    text === undefined ||
    (dateTimePattern.test(text) && isDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)))
  );
}

/** False when it can't be told: one of the two is open, or has an offset where the other has none. */
function isBefore(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || hasOffset(a) !== hasOffset(b)) return false;
  return Date.parse(a) < Date.parse(b);
}

function hasOffset(text: string): boolean {
  return dateTimePattern.exec(text)?.[1] !== undefined;
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
