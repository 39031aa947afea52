import type { Words } from "./words.ts";

/** A distance as people say it: 12.4 km below 100 km, else whole kilometers. */
export function formatKilometers(meters: number, words: Words): string {
  const kilometers = meters / 1000;
  return words.kilometers(kilometers < 100 ? kilometers.toFixed(1) : kilometers.toFixed(0));
}

/** A round distance: 500 m, 2 km. */
export function formatRoundDistance(meters: number, words: Words): string {
  return meters < 1000 ? words.meters(String(meters)) : words.kilometers(String(meters / 1000));
}

/** A duration in hours and minutes, rounded to the minute. */
export function formatDuration(seconds: number, words: Words): string {
  const minutes = Math.round(seconds / 60);
  return words.duration(Math.floor(minutes / 60), minutes % 60);
}

/** The date of an ISO 8601 time, as it stands there: the offset's own day. */
export function dateOf(isoTime: string): string {
  return isoTime.slice(0, 10);
}

/** The clock of an ISO 8601 time, as it stands there; with the days passed since `from`, if any: 07:30 +1. */
export function clockOf(isoTime: string, from: string = isoTime): string {
  const days = Math.round((Date.parse(dateOf(isoTime)) - Date.parse(dateOf(from))) / 86_400_000);
  const clock = isoTime.slice(11, 16);
  return days > 0 ? `${clock} +${days}` : clock;
}

/** A share as a percentage: 84%. */
export function formatPercent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
