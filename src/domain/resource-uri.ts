import type { Identifier } from "./identifier.ts";

/** Where a plan is read as a resource. */
export function planUri(planId: string): string {
  return `waybill://plans/${planId}`;
}

/** Where the SVG of one revision is read. */
export function planPictureUri(planId: string, revision: number | string): string {
  return `waybill://plans/${planId}/revisions/${revision}/picture.svg`;
}

/** Where the GeoJSON of one revision is read. */
export function planGeoJsonUri(planId: string, revision: number | string): string {
  return `waybill://plans/${planId}/revisions/${revision}/map.geojson`;
}

/** Where it is read where a shipment is known to be. */
export function shipmentUri(shipmentId: Identifier): string {
  return `waybill://shipments/${encodeURIComponent(String(shipmentId))}`;
}
