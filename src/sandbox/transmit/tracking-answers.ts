import { routeOf, statusOf, type Tracking } from "./tracking.ts";

/** A load as lists tell it (transmit.txt, 获取trackings). */
export function trackingInList(tracking: Tracking, now: number) {
  const { carrier, broker, from, to } = tracking;
  return {
    deleted_at: null,
    from_date: dateText(tracking.fromDate),
    route: routeOf(tracking, now),
    carrier: { id: carrier.id, company_name: carrier.company_name },
    updated_at: dateText(tracking.updatedAt),
    to_location: to,
    broker,
    status: statusOf(tracking, now),
    shipment_id: null,
    id: tracking.id,
    to_date: dateText(tracking.toDate),
    from_location: from,
    enabled: tracking.enabled,
    created_at: dateText(tracking.createdAt),
  };
}

/** A load as it is told alone: with its carrier (transmit.txt, 获取trackings by id). The document's tracks are empty. */
export function trackingDetail(tracking: Tracking, now: number) {
  return {
    ...trackingInList(tracking, now),
    tracks: [],
    route: { ...routeOf(tracking, now), estimated_track: "" },
    carrier: tracking.carrier,
  };
}

/** 2018-09-26T04:04:58Z */
function dateText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
