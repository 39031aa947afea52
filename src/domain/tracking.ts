import { parseMoment } from "./instant.ts";

/** Where something that is to be delivered stands, whoever delivers it; from the first step to the last. */
export const shipmentStatuses = [
  "planned",
  "dispatched",
  "in_transit",
  "arriving",
  "delivered",
  "failed",
  "cancelled",
  "unknown",
] as const;

export type ShipmentStatus = (typeof shipmentStatuses)[number];

/** How a source came by what it tells: asked now, told earlier, or only what Waybill itself planned and sent. */
export const bases = ["live", "event", "record"] as const;

export type Basis = (typeof bases)[number];

/** What asking a source came to; `not_found` is an answer too. */
export const sourceStates = ["answered", "not_found", "failed", "not_configured", "not_asked"] as const;

export type SourceState = (typeof sourceStates)[number];

/** One thing that happened or is expected. `what` is one line; a vendor's words in it are quoted. */
export type TimelineEntry = { at: string; status?: ShipmentStatus; what: string; source: string };

/** What one source tells. */
export type SourceReport = {
  source: string;
  basis: Basis;
  state: SourceState;
  /** `unknown` where it has nothing to say. */
  status: ShipmentStatus;
  /** The source's own words of it, one line. */
  told?: string;
  /** Why it has no answer. */
  reason?: string;
  timeline: TimelineEntry[];
};

/** What nothing follows, the weightiest last: goods that are there are there, whatever else is told. */
const terminalStatuses: readonly ShipmentStatus[] = ["cancelled", "failed", "delivered"];
const openStatuses: readonly ShipmentStatus[] = ["planned", "dispatched", "in_transit", "arriving"];
const weights: readonly ShipmentStatus[] = ["unknown", ...openStatuses, ...terminalStatuses];

/** Whether nothing follows. */
export function isTerminal(status: ShipmentStatus): boolean {
  return terminalStatuses.includes(status);
}

/**
 * One status out of what all sources tell.
 *
 * What was asked now beats what was told earlier, and that beats what Waybill itself planned and sent: an event may be
 * overtaken, a plan may never have been carried out. Among sources of one kind a status that nothing follows beats
 * one that something follows (delivered before failed before cancelled), and else the one that is further on counts.
 * `unknown` says nothing and beats nothing.
 */
export function decideStatus(reports: readonly Pick<SourceReport, "basis" | "status">[]): ShipmentStatus {
  for (const basis of bases) {
    const told = reports.filter((report) => report.basis === basis && report.status !== "unknown");
    const weightiest = heaviest(told.map(({ status }) => status));
    if (weightiest !== undefined) return weightiest;
  }
  return "unknown";
}

/**
 * The status of what goes in several parts: tasks of an order, stops of a split shipment. It ends only when each part
 * has ended, and then as badly as the worst part that was not called off.
 */
export function statusOfParts(parts: readonly ShipmentStatus[]): ShipmentStatus {
  const open = heaviest(parts.filter((status) => openStatuses.includes(status)));
  if (open !== undefined) return open;
  if (parts.length === 0 || parts.includes("unknown")) return "unknown";
  if (parts.includes("failed")) return "failed";
  return parts.includes("delivered") ? "delivered" : "cancelled";
}

/** One timeline in one clock (UTC): earliest first, each entry once; what has no readable moment is left out. */
export function mergeTimelines(timelines: readonly (readonly TimelineEntry[])[]): TimelineEntry[] {
  const unique = new Map<string, TimelineEntry>();
  for (const entry of timelines.flat()) {
    const time = parseMoment(entry.at);
    if (time === undefined) continue;
    const at = new Date(time).toISOString();
    const key = JSON.stringify([at, entry.source, entry.what]);
    if (!unique.has(key)) unique.set(key, { ...entry, at });
  }
  const inOrder = [...unique.entries()].sort(
    ([a, { at: atA }], [b, { at: atB }]) => Date.parse(atA) - Date.parse(atB) || (a < b ? -1 : 1),
  );
  return inOrder.map(([, entry]) => entry);
}

function heaviest(statuses: readonly ShipmentStatus[]): ShipmentStatus | undefined {
  return statuses.toSorted((a, b) => weights.indexOf(b) - weights.indexOf(a))[0];
}
