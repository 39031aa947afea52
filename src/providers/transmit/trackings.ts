import { z } from "zod";
import type { CallOptions } from "../../domain/call-options.ts";
import type {
  NewTracking,
  Tracking,
  TrackingCreation,
  TrackingList,
  TrackingsOf,
} from "../../domain/freight.ts";
import { pipeline, type Step } from "../../pipeline/pipeline.ts";
import { singleWrite, type VendorLine } from "../provider.ts";
import { checkedIdentifier, checkTracking } from "./arguments.ts";
import { creationErrors } from "./errors.ts";
import { send } from "./request.ts";
import {
  creationSchema,
  nothingCreated,
  toWireTracking,
  trackingListSchema,
  trackingSchema,
} from "./schemas.ts";
import { createSeenBrokers } from "./seen-brokers.ts";

/** Loads that are tracked (transmit.txt, 1 to 5). */
export type TransmitTrackings = {
  /** The vendor's list has no pages. */
  listTrackings: (of: TrackingsOf, options?: CallOptions) => Promise<TrackingList>;
  /** `created: false` when the vendor did not know the carrier and sent an invitation instead. */
  createTracking: (tracking: NewTracking, options?: CallOptions) => Promise<TrackingCreation>;
  getTracking: (trackingId: string, options?: CallOptions) => Promise<Tracking>;
  /** Pauses a tracking, or takes it up again. */
  setEnabled: (trackingId: string, enabled: boolean, options?: CallOptions) => Promise<Tracking>;
  deleteTracking: (trackingId: string, options?: CallOptions) => Promise<void>;
  /** Brokers of the loads that this client was shown, those seen last first. */
  brokersSeen: () => string[];
};

/** The part of a client that makes, reads and ends trackings. */
export function createTrackings(line: VendorLine): TransmitTrackings {
  const brokers = createSeenBrokers();
  return {
    brokersSeen: brokers.newestFirst,
    listTrackings: async (of, { signal } = {}) => {
      const request = { method: "GET" as const, path: "/trackings", query: [ownerQuery(of)], signal };
      const list = await send(line, request, trackingListSchema);
      brokers.note(...list.trackings);
      return list;
    },
    createTracking: async (tracking, options) => {
      const creation = await create(line, tracking, options);
      if (creation.created) brokers.note(creation.tracking);
      return creation;
    },
    getTracking: async (trackingId, { signal } = {}) => {
      const request = { method: "GET" as const, path: trackingPath(trackingId), signal };
      const tracking = await send(line, request, trackingSchema);
      brokers.note(tracking);
      return tracking;
    },
    setEnabled: (trackingId, enabled, options) => setEnabled(line, { trackingId, enabled }, options),
    deleteTracking: (trackingId, options) => remove(line, trackingId, options),
  };
}

async function create(
  line: VendorLine,
  tracking: NewTracking,
  { signal }: CallOptions = {},
): Promise<TrackingCreation> {
  checkTracking(tracking);
  const creationLine: VendorLine = {
    ...line,
    profile: { ...line.profile, errors: creationErrors },
    send: pipeline(line.send, readInvitation),
  };
  const request = {
    ...singleWrite(
      "list_trackings with your broker_id, or the carrier's carrier_id, tells whether it is there.",
    ),
    method: "POST" as const,
    path: "/trackings",
    json: toWireTracking(tracking),
    signal,
  };
  return send(creationLine, request, creationSchema);
}

async function setEnabled(
  line: VendorLine,
  { trackingId, enabled }: { trackingId: string; enabled: boolean },
  { signal }: CallOptions = {},
): Promise<Tracking> {
  const request = {
    ...singleWrite("get_tracking tells whether it is enabled."),
    method: "PATCH" as const,
    path: trackingPath(trackingId),
    json: { enabled },
    signal,
  };
  return send(line, request, trackingSchema);
}

async function remove(line: VendorLine, trackingId: string, { signal }: CallOptions = {}): Promise<void> {
  const request = {
    ...singleWrite("get_tracking tells whether it is still there."),
    method: "DELETE" as const,
    path: trackingPath(trackingId),
    signal,
  };
  await send(line, request, z.unknown());
}

/** Reads by its status alone that nothing was created; its body may be anything. */
const readInvitation: Step = (next) => async (request) => {
  const answer = await next(request);
  return answer.status === 202 ? { ...answer, body: nothingCreated } : answer;
};

function ownerQuery(of: TrackingsOf): [string, string] {
  const [field, value] = "brokerId" in of ? ["broker_id", of.brokerId] : ["carrier_id", of.carrierId];
  return [field, checkedIdentifier(field, value)];
}

function trackingPath(trackingId: string): string {
  return `/trackings/${encodeURIComponent(checkedIdentifier("tracking_id", trackingId))}`;
}
