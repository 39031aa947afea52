/** What a vendor tells of a moment, as ISO 8601 in UTC; the fallback where it can't be read. */
export function momentOf(told: string | null, fallbackMilliseconds: number): string {
  const milliseconds = Date.parse(told ?? "");
  return new Date(Number.isNaN(milliseconds) ? fallbackMilliseconds : milliseconds).toISOString();
}
