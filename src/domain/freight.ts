import { Failure } from "./failure.ts";
import type { Identifier } from "./identifier.ts";
import type { Coordinates } from "./place.ts";

/** Where a tracked load starts or ends. */
export type FreightPlace = Coordinates & { address: string };

/** A load to track (transmit.txt, 2. 创建trackings). Times are ISO 8601 with an offset. */
export type NewTracking = {
  carrierEmail: string;
  fromDate: string;
  toDate: string;
  fromLocation: FreightPlace;
  toLocation: FreightPlace;
};

/** Who ordered a load, or who drives it, as a list shows them. */
export type FreightParty = { id: Identifier; companyName: string | null };

/** Who drives a load, as a tracking of its own shows them. */
export type Carrier = FreightParty & {
  contactName: string | null;
  dot: string | null;
  mc: string | null;
  email: string | null;
  phone: string | null;
  phoneExt: string | null;
};

/** How far a load has come; null where the vendor does not know. */
export type FreightRoute = {
  totalMeters: number | null;
  coveredMeters: number | null;
  remainingMeters: number | null;
};

/** A tracked load in a list (transmit.txt, 1. 获取trackings). */
export type TrackingSummary = {
  id: string;
  /** The vendor's word. `completed` says that `toDate` has passed, not that anything was delivered. */
  status: string;
  enabled: boolean;
  shipmentId: string | null;
  fromDate: string;
  toDate: string;
  fromLocation: FreightPlace;
  toLocation: FreightPlace;
  route: FreightRoute;
  carrier: FreightParty;
  broker: FreightParty;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
};

/** A tracked load with what only its own answer tells (transmit.txt, 3. 获取trackings by id). */
export type Tracking = Omit<TrackingSummary, "carrier" | "route"> & {
  carrier: Carrier;
  /** The document shows none, so they pass as they are. */
  tracks: unknown[];
  /** With an encoded line of the way, empty when there is none yet. */
  route: FreightRoute & { estimatedTrack: string | null };
};

/** The trackings of a broker or a carrier; `total` is the vendor's count. */
export type TrackingList = { trackings: TrackingSummary[]; total: number };

/** Whose trackings are listed. */
export type TrackingsOf = { brokerId: string } | { carrierId: string };

/** What a create came to: 202 means that the carrier was sent an invitation, and nothing was created. */
export type TrackingCreation = { created: true; tracking: Tracking } | { created: false };

/** Dates and places come back as they were sent, but for fractions that the vendor cuts. */
const sameMilliseconds = 1_000;
const sameDegrees = 1e-6;

/** Whether a tracking is of this load, as far as its carrier's e-mail address does not tell. */
export function isSameLoad(wanted: NewTracking, found: TrackingSummary): boolean {
  const isSameTime = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) < sameMilliseconds;
  const isSamePlace = (a: Coordinates, b: Coordinates) =>
    Math.abs(a.lat - b.lat) < sameDegrees && Math.abs(a.lng - b.lng) < sameDegrees;
  return (
    isSameTime(wanted.fromDate, found.fromDate) &&
    isSameTime(wanted.toDate, found.toDate) &&
    isSamePlace(wanted.fromLocation, found.fromLocation) &&
    isSamePlace(wanted.toLocation, found.toLocation)
  );
}

export const locationTypes = ["network", "gps", "fused", "unknown"] as const;

/** A reported position (transmit.txt, 6. 创建location event). */
export type LocationEvent = Coordinates & {
  id: string;
  /** ISO 8601, of the device. */
  clientDate: string;
  locationType: (typeof locationTypes)[number];
};

/** As many positions as the vendor takes at once. */
export const largestLocationBatch = 1_000;

/** Cuts positions into batches that the vendor takes, in their order. */
export function locationBatches(events: readonly LocationEvent[]): LocationEvent[][] {
  const starts = Array.from(
    { length: Math.ceil(events.length / largestLocationBatch) },
    (_, index) => index * largestLocationBatch,
  );
  return starts.map((start) => events.slice(start, start + largestLocationBatch));
}

/**
 * Sends positions batch after batch and gives what each came to. The failure of a later batch tells how many were
 * taken before it.
 */
export async function sendInBatches<Result>(
  events: readonly LocationEvent[],
  sendBatch: (batch: LocationEvent[], index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const batches = locationBatches(events);
  for (const [index, batch] of batches.entries()) {
    const result = await sendBatch(batch, index).catch((error: unknown) => {
      throw afterTaken(error, { taken: index, batches: batches.length, events: events.length });
    });
    results.push(result);
  }
  return results;
}

/** The failure of a batch, and what had been taken before it. */
function afterTaken(error: unknown, progress: { taken: number; batches: number; events: number }): unknown {
  const { taken, batches, events } = progress;
  if (!(error instanceof Failure) || taken === 0) return error;
  const { isUnsent: _, ...details } = error.details; // of the batch alone: those before it did leave
  const told = `${taken} of ${batches} batches (${taken * largestLocationBatch} of ${events} events) were taken before that.`;
  return new Failure(error.code, `${error.message} ${told}`, details, error);
}
