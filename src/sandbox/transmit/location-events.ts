import type { Coordinates } from "../../domain/place.ts";
import { isRecord } from "../message.ts";
import { roadMeters } from "../road.ts";
import { readCoordinates, readDate } from "./fields.ts";
import { routeOf, type Tracking } from "./tracking.ts";

const locationTypes = ["network", "gps", "fused", "unknown"] as const;

/** Where a truck was (transmit.txt, 创建location event); `clientDate` in milliseconds since the epoch. */
export type LocationEvent = Coordinates & {
  id: string;
  clientDate: number;
  locationType: (typeof locationTypes)[number];
};

const largestBatch = 1000;

/** The events of a body, or the first thing that is wrong with it: a batch is taken whole or not at all. */
export function parseEvents(body: unknown): { events: LocationEvent[] } | { problem: string } {
  const { events: list } = isRecord(body) ? body : {};
  if (!Array.isArray(list) || list.length === 0) return { problem: "events is required" };
  if (list.length > largestBatch) return { problem: `events must not be more than ${largestBatch}` };
  const events: LocationEvent[] = [];
  for (const [index, entry] of list.entries()) {
    const parsed = parseEvent(isRecord(entry) ? entry : {});
    if ("problem" in parsed) return { problem: `events[${index}].${parsed.problem}` };
    events.push(parsed.event);
  }
  return { events };
}

function parseEvent(entry: Record<string, unknown>): { event: LocationEvent } | { problem: string } {
  const { id } = entry;
  if (typeof id !== "string" || id === "") return { problem: "id is required" };
  const coordinates = readCoordinates(entry);
  if (!coordinates) return { problem: "lat and lng are invalid" };
  const clientDate = readDate(entry["client_date"]);
  if (clientDate === undefined) return { problem: "client_date is invalid" };
  const locationType = locationTypes.find((type) => type === entry["location_type"]);
  if (!locationType) return { problem: `location_type must be one of ${locationTypes.join(", ")}` };
  return { event: { id, ...coordinates, clientDate, locationType } };
}

/** How far off the way a truck may be, and on top of it for short ways. */
const detourShare = 0.2;
const detourMeters = 20_000;

/**
 * Moves the load that an event is about, and gives it. Events name none: it is the enabled one, not over when the
 * truck was there, whose way leads past the place with the least detour; none when all are far away.
 */
export function applyEvent(trackings: readonly Tracking[], event: LocationEvent): Tracking | undefined {
  const candidates = trackings
    .filter(({ enabled }) => enabled)
    .filter(({ fromDate, toDate }) => fromDate <= event.clientDate && event.clientDate <= toDate)
    .map((tracking) => ({ tracking, ...passing(tracking, event) }))
    .filter(({ detour, total }) => detour <= total * detourShare + detourMeters)
    .sort((a, b) => a.detour - b.detour);
  const [nearest] = candidates;
  if (!nearest) return undefined;
  const { tracking, meters } = nearest;
  tracking.reportedMeters = Math.max(tracking.reportedMeters ?? 0, meters);
  return tracking;
}

function passing({ from, to }: Tracking, place: Coordinates) {
  const total = roadMeters(from, to);
  const before = roadMeters(from, place);
  const after = roadMeters(place, to);
  const way = before + after;
  return { total, detour: way - total, meters: way === 0 ? 0 : (total * before) / way };
}

/** Whether the vendor wants to hear no more of these loads: they have arrived, or there are none. */
export function isEnough(trackings: readonly (Tracking | undefined)[], now: number): boolean {
  return trackings.every((tracking) => !tracking || routeOf(tracking, now).remaining === 0);
}
