/** A day such as 2026-11-23 that its month has: Date.parse turns 30 February into 2 March. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A point in time as ISO 8601 that says its offset, on a day that its month has. */
export function isInstant(text: string): boolean {
  return /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) && parseMoment(text) !== undefined;
}

/**
 * A vendor's point in time with its offset; one without is UTC, as all vendors' documents write theirs. A text that is
 * none stays as it is.
 */
export function withOffset(text: string): string {
  const [, day, time, offset] = partsOf(text) ?? [];
  return day === undefined || offset !== undefined ? text : `${day}T${time}Z`;
}

/** Milliseconds since 1970 of a vendor's point in time; undefined for a text that is none. */
export function parseMoment(text: string): number | undefined {
  const [, day = ""] = partsOf(text) ?? [];
  const moment = Date.parse(withOffset(text));
  return isDay(day) && !Number.isNaN(moment) ? moment : undefined;
}

/** Day, time and, where there is one, offset. */
function partsOf(text: string): RegExpExecArray | null {
  return /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?$/.exec(text);
}
