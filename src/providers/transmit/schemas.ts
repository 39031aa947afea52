import { z } from "zod";
import type {
  Carrier,
  FreightParty,
  LocationEvent,
  NewTracking,
  Tracking,
  TrackingCreation,
  TrackingList,
  TrackingSummary,
} from "../../domain/freight.ts";
import { identifier } from "../wire.ts";

const textIdentifier = identifier.transform(String);
/** Numbers of the road authorities are text in the document's samples; others write digits. */
const looseText = z.union([z.string(), z.number().transform(String)]).nullish();
const meters = z.number().nullish();
const place = z.looseObject({ lat: z.number(), lng: z.number(), address: z.string().nullish() });
const party = z.looseObject({ id: identifier, company_name: z.string().nullish() });
const carrier = party.extend({
  contact_name: looseText,
  dot: looseText,
  mc: looseText,
  email: looseText,
  phone: looseText,
  phone_ext: looseText,
});
const route = z.looseObject({ total: meters, covered: meters, remaining: meters });

/** transmit.txt, 1. 获取trackings */
const summarySchema = z.looseObject({
  id: textIdentifier,
  status: z.string(),
  enabled: z.boolean(),
  shipment_id: identifier.nullish(),
  from_date: z.string(),
  to_date: z.string(),
  from_location: place,
  to_location: place,
  route: route.nullish(),
  carrier: party,
  broker: party,
  created_at: z.string(),
  updated_at: z.string(),
  deleted_at: z.string().nullish(),
});

/** transmit.txt, 3. 获取trackings by id */
const wireTracking = summarySchema.extend({
  tracks: z.array(z.unknown()).nullish(),
  route: route.extend({ estimated_track: z.string().nullish() }).nullish(),
  carrier,
});

export const trackingSchema = wireTracking.transform(toTracking);

export const trackingListSchema = z
  .looseObject({ total: z.int().nullish(), results: z.array(summarySchema) })
  .transform(
    ({ total, results }): TrackingList => ({
      trackings: results.map(toSummary),
      total: Math.max(total ?? 0, results.length),
    }),
  );

/** What `nothingCreated` stands for, or a tracking. */
export const creationSchema = z.union([
  z.strictObject({ created: z.literal(false) }),
  trackingSchema.transform((tracking): TrackingCreation => ({ created: true, tracking })),
]);

/** A body in place of the one of a 202, which may hold anything: the status alone says what happened. */
export const nothingCreated = new TextEncoder().encode('{"created":false}');

/** transmit.txt, 6. 创建location event */
export const locationAnswerSchema = z.looseObject({ enough: z.boolean() });

/** The create's body, its members in the document's order and its dates in the document's form. */
export function toWireTracking(tracking: NewTracking): Record<string, unknown> {
  return {
    carrier_email: tracking.carrierEmail,
    from_date: toUtcSeconds(tracking.fromDate),
    to_date: toUtcSeconds(tracking.toDate),
    from_location: tracking.fromLocation,
    to_location: tracking.toLocation,
  };
}

/** A position as it is sent; the device's own time keeps its offset, as in the document. */
export function toWireEvent({ id, lat, lng, clientDate, locationType }: LocationEvent) {
  return { id, lat, lng, client_date: clientDate, location_type: locationType };
}

/** 2017-09-21T18:31:42Z */
function toUtcSeconds(time: string): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}

function toSummary(wire: z.infer<typeof summarySchema>): TrackingSummary {
  return {
    id: wire.id,
    status: wire.status,
    enabled: wire.enabled,
    shipmentId: wire.shipment_id === null || wire.shipment_id === undefined ? null : String(wire.shipment_id),
    fromDate: wire.from_date,
    toDate: wire.to_date,
    fromLocation: toPlace(wire.from_location),
    toLocation: toPlace(wire.to_location),
    route: {
      totalMeters: wire.route?.total ?? null,
      coveredMeters: wire.route?.covered ?? null,
      remainingMeters: wire.route?.remaining ?? null,
    },
    carrier: toParty(wire.carrier),
    broker: toParty(wire.broker),
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
    deletedAt: wire.deleted_at ?? null,
  };
}

function toTracking(wire: z.infer<typeof wireTracking>): Tracking {
  const summary = toSummary(wire);
  return {
    ...summary,
    carrier: toCarrier(wire.carrier),
    tracks: wire.tracks ?? [],
    route: { ...summary.route, estimatedTrack: wire.route?.estimated_track ?? null },
  };
}

function toPlace({ lat, lng, address }: z.infer<typeof place>) {
  return { lat, lng, address: address ?? "" };
}

function toParty(wire: z.infer<typeof party>): FreightParty {
  return { id: wire.id, companyName: wire.company_name ?? null };
}

function toCarrier(wire: z.infer<typeof carrier>): Carrier {
  return {
    ...toParty(wire),
    contactName: wire.contact_name ?? null,
    dot: wire.dot ?? null,
    mc: wire.mc ?? null,
    email: wire.email ?? null,
    phone: wire.phone ?? null,
    phoneExt: wire.phone_ext ?? null,
  };
}
