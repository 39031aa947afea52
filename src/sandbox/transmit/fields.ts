import type { Coordinates } from "../../domain/place.ts";

const isoWithOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** ISO 8601 with its offset, as the document writes times, in milliseconds since the epoch. */
export function readDate(value: unknown): number | undefined {
  if (typeof value !== "string" || !isoWithOffset.test(value)) return undefined;
  const day = value.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const isRealDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  const time = Date.parse(value);
  return isRealDay && !Number.isNaN(time) ? time : undefined;
}

/** A place on Earth, in degrees. */
export function readCoordinates({ lat, lng }: Record<string, unknown>): Coordinates | undefined {
  return isWithin(lat, 90) && isWithin(lng, 180) ? { lat, lng } : undefined;
}

function isWithin(value: unknown, limit: number): value is number {
  return typeof value === "number" && Math.abs(value) <= limit;
}
