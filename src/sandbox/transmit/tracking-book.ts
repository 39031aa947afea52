import type { Clock } from "../clock.ts";
import { brokers, type Carrier, carriers, seededLoads } from "./seed.ts";
import { statusOf, type Tracking } from "./tracking.ts";
import type { TrackingRequest } from "./tracking-request.ts";

/** What became of the wish for a tracking. */
type Creation = { tracking: Tracking } | { invited: string } | { busyWith: Tracking };

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
  let trackings = trackingsOfFirstDay(Math.round(clock.now()));
  let nextId = firstId + trackings.length;
  const invitations: string[] = [];
  return {
    create: (request) => {
      const now = Math.round(clock.now());
      const carrier = findCarrier(request.carrierEmail);
      if (!carrier) {
        invitations.push(request.carrierEmail);
        return { invited: request.carrierEmail };
      }
      const isBusy = (one: Tracking) => one.carrier === carrier && statusOf(one, now) !== "completed";
      const unfinished = trackings.find(isBusy);
      if (unfinished) return { busyWith: unfinished };
      const tracking = newTracking({ ...placed(request), carrier, id: String(nextId), createdAt: now });
      nextId += 1;
      trackings.push(tracking);
      return { tracking };
    },
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

function trackingsOfFirstDay(startedAt: number): Tracking[] {
  return seededLoads.map(({ fromHours, toHours, brokerId, ...load }, index) =>
    newTracking({
      ...load,
      id: String(firstId + index),
      broker: brokers.find(({ id }) => id === brokerId) ?? brokers[0],
      fromDate: startedAt + fromHours * hourMilliseconds,
      toDate: startedAt + toHours * hourMilliseconds,
      createdAt: startedAt + (Math.min(fromHours, 0) - 12) * hourMilliseconds,
    }),
  );
}

/** What a request makes of a load: the account's own broker has it, and it is followed at once. */
function placed({ carrierEmail: _, ...load }: TrackingRequest) {
  return { ...load, broker: brokers[0], enabled: true };
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
