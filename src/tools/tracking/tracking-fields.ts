import * as z from "zod";
import type {
  FreightParty,
  FreightPlace,
  FreightRoute,
  Tracking,
  TrackingSummary,
} from "../../domain/freight.ts";
import { quote } from "../../domain/vendor-text.ts";
import { estimateTokens } from "../answer-size.ts";
import { anyIdentifier, latitude, longitude, plainText, textIdentifier } from "../fields.ts";

/** The vendor writes some identifiers as numbers and some as text; either is taken for every one. */
const freightIdentifier = z.union([z.int().min(0), textIdentifier]).transform(String);

export const trackingId = freightIdentifier.describe(
  "Tracking as create_tracking and list_trackings give it",
);

/** A broker or a carrier. */
export const partyId = freightIdentifier;

/** A place with the address that a driver reads. */
export const freightPlace = z.strictObject({ lat: latitude, lng: longitude, address: plainText(500) });

const routeAnswer = z.object({
  total_meters: z.number().nullable(),
  covered_meters: z.number().nullable(),
  remaining_meters: z.number().nullable(),
});

const placeAnswer = z.object({ lat: z.number(), lng: z.number(), address: z.string() });

/** Who ordered a load, or who drives it. */
const partyAnswer = z.object({ id: anyIdentifier, company_name: z.string().nullable() });

const carrierAnswer = partyAnswer.extend({
  contact_name: z.string().nullable(),
  dot: z.string().nullable(),
  mc: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  phone_ext: z.string().nullable(),
});

/** A tracked load as lists show it. */
export const trackingSummaryAnswer = z.object({
  id: z.string().describe("The tracking_id of other calls"),
  status: z.string().describe("completed: to_date has passed, which says nothing of delivery"),
  enabled: z.boolean(),
  shipment_id: z.string().nullable(),
  from_date: z.string(),
  to_date: z.string(),
  from_location: placeAnswer,
  to_location: placeAnswer,
  route: routeAnswer,
  carrier: partyAnswer,
  broker: partyAnswer,
  created_at: z.string(),
  updated_at: z.string(),
  deleted_at: z.string().nullable(),
});

/** A tracked load as it stands. */
export const trackingAnswer = trackingSummaryAnswer.extend({
  carrier: carrierAnswer,
  route: routeAnswer.extend({
    estimated_track: z
      .string()
      .nullable()
      .optional()
      .describe("Encoded line of the way, for maps; absent where it is too long for an answer"),
  }),
});

/** What a line for maps may take of an answer that an agent reads. */
const mostTrackTokens = 2_000;

/** A load of a list in the tools' spelling. */
export function fromSummary(tracking: TrackingSummary): z.input<typeof trackingSummaryAnswer> {
  return {
    id: tracking.id,
    status: tracking.status,
    enabled: tracking.enabled,
    shipment_id: tracking.shipmentId,
    from_date: tracking.fromDate,
    to_date: tracking.toDate,
    from_location: fromPlace(tracking.fromLocation),
    to_location: fromPlace(tracking.toLocation),
    route: fromRoute(tracking.route),
    carrier: fromParty(tracking.carrier),
    broker: fromParty(tracking.broker),
    created_at: tracking.createdAt,
    updated_at: tracking.updatedAt,
    deleted_at: tracking.deletedAt,
  };
}

/** A load in the tools' spelling, without its tracks. */
export function fromTracking(tracking: Tracking): z.input<typeof trackingAnswer> {
  const { carrier, route } = tracking;
  const isShort = estimateTokens(route.estimatedTrack ?? "") <= mostTrackTokens;
  return {
    ...fromSummary(tracking),
    route: { ...fromRoute(route), ...(isShort && { estimated_track: route.estimatedTrack }) },
    carrier: {
      ...fromParty(carrier),
      contact_name: carrier.contactName,
      dot: carrier.dot,
      mc: carrier.mc,
      email: carrier.email,
      phone: carrier.phone,
      phone_ext: carrier.phoneExt,
    },
  };
}

/** One line on a load; `completed` is explained, for it is not what it sounds like. */
export function describeTracking(tracking: TrackingSummary): string {
  const { id, status, enabled, fromLocation, toLocation, fromDate, toDate, deletedAt } = tracking;
  const way = `${quote(fromLocation.address)} → ${quote(toLocation.address)}`;
  const times = `${quote(fromDate)} to ${quote(toDate)}`;
  const states = [
    status === "completed" ? "completed (its to_date has passed: no word on delivery)" : quote(status, 20),
    enabled ? "enabled" : "paused",
    ...(deletedAt === null ? [] : ["deleted"]),
  ];
  return `Tracking ${quote(id)}: ${way}, ${times}; ${states.join(", ")}; ${describeDistance(tracking)}.`;
}

function describeDistance({
  route: { totalMeters, coveredMeters, remainingMeters },
}: TrackingSummary): string {
  if (totalMeters === null && remainingMeters === null) return "distance unknown";
  return `${coveredMeters ?? "unknown"} of ${totalMeters ?? "unknown"} metres covered`;
}

function fromRoute({
  totalMeters,
  coveredMeters,
  remainingMeters,
}: FreightRoute): z.input<typeof routeAnswer> {
  return { total_meters: totalMeters, covered_meters: coveredMeters, remaining_meters: remainingMeters };
}

function fromPlace({ lat, lng, address }: FreightPlace) {
  return { lat, lng, address };
}

function fromParty({ id, companyName }: FreightParty) {
  return { id, company_name: companyName };
}
