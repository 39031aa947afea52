import type { Clock } from "../clock.ts";
import { brokers, type Carrier, carriers, seededLoads } from "./seed.ts";
import { statusOf, type Tracking } from "./tracking.ts";
import type { TrackingRequest } from "./tracking-request.ts";

/** What became of the wish for a tracking. */
export type Creation = { tracking: Tracking } | { invited: string } | { busyWith: Tracking };

/** The loads that the vendor follows. */
export type TrackingBook = {
  create: (request: TrackingRequest) => Creation;
  find: (id: string) => Tracking | undefined;
  setEnabled: (tracking: Tracking, enabled: boolean) => void;
  remove: (tracking: Tracking) => void;
  /** Oldest first. */
  list: () => Tracking[];
  /** The addresses that got an invitation, oldest first. */
  invitations: () => string[];
};

const firstId = 11030;
const hourMilliseconds = 3_600_000;

/** The book of the first day. */
export function createTrackingBook(clock: Clock): TrackingBook {
  const startedAt = Math.round(clock.now());
  let trackings = seededLoads.map(({ fromHours, toHours, carrier, brokerId, from, to, enabled }, index) => {
    const createdAt = startedAt + (Math.min(fromHours, 0) - 12) * hourMilliseconds;
    return newTracking({
      id: String(firstId + index),
      broker: brokers.find(({ id }) => id === brokerId) ?? brokers[0],
      carrier,
      from,
      to,
      fromDate: startedAt + fromHours * hourMilliseconds,
      toDate: startedAt + toHours * hourMilliseconds,
      enabled,
      createdAt,
    });
  });
  let nextId = firstId + trackings.length;
  const invitations: string[] = [];

  const create = ({ carrierEmail, ...request }: TrackingRequest): Creation => {
    const now = Math.round(clock.now());
    const carrier = findCarrier(carrierEmail);
    if (!carrier) {
      invitations.push(carrierEmail);
      return { invited: carrierEmail };
    }
    const unfinished = trackings.find((one) => one.carrier === carrier && statusOf(one, now) !== "completed");
    if (unfinished) return { busyWith: unfinished };
    const id = String(nextId);
    nextId += 1;
    const tracking = newTracking({
      ...request,
      id,
      broker: brokers[0],
      carrier,
      enabled: true,
      createdAt: now,
    });
    trackings.push(tracking);
    return { tracking };
  };

  return {
    create,
    find: (id) => trackings.find((tracking) => tracking.id === id),
    setEnabled: (tracking, enabled) => {
      const now = Math.round(clock.now());
      if (tracking.enabled !== enabled) tracking.disabledAt = enabled ? null : now;
      tracking.enabled = enabled;
      tracking.updatedAt = now;
    },
    remove: (tracking) => {
      trackings = trackings.filter((one) => one !== tracking);
    },
    list: () => [...trackings],
    invitations: () => [...invitations],
  };
}

type NewTracking = Omit<Tracking, "disabledAt" | "reportedMeters" | "updatedAt">;

function newTracking(tracking: NewTracking): Tracking {
  const { enabled, createdAt } = tracking;
  return {
    ...tracking,
    disabledAt: enabled ? null : createdAt,
    reportedMeters: null,
    updatedAt: createdAt,
  };
}

function findCarrier(email: string): Carrier | undefined {
  return carriers.find((carrier) => carrier.email === email.toLowerCase());
}
