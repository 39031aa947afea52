const offsetMs = 8 * 3600 * 1000;
const dayMs = 24 * 3600 * 1000;

/** A moment as the document writes it: 2024-01-01T12:00:00Z. */
export function timeText(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}

/** The same, null for what has not happened. */
export function timeTextOrNull(moment: number | null): string | null {
  return moment === null ? null : timeText(moment);
}

/** The shops' day that holds a moment, by their clocks (UTC+8): 2024-01-01. */
export function businessDay(moment: number): string {
  return new Date(moment + offsetMs).toISOString().slice(0, 10);
}

/** Every day from one to the other, both included. */
export function daysBetween(from: string, to: string): string[] {
  const count = Math.round((startOfDay(to) - startOfDay(from)) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    businessDay(startOfDay(from) + index * dayMs),
  );
}

/** When a day of the shops begins. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - offsetMs;
}

/** Whether a text is YYYY-MM-DD and a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
