import { parseMoment } from "./instant.ts";

/** What a vendor tells of a moment, as ISO 8601 in UTC; the fallback where it can't be read. */
export function momentOf(told: string | null, fallbackMilliseconds: number): string {
  return new Date(parseMoment(told ?? "") ?? fallbackMilliseconds).toISOString();
}
