import type { Identifier } from "./identifier.ts";

/**
 * The identifier of a stop with a vendor of routes: its shipments joined by +. Where a route comes to the same
 * shipments more than once, `visit` (from 1) tells the visits apart: 1001+1002, 1001+1002~2. What would be read as a
 * mark in an identifier is percent-encoded.
 */
export function stopIdOf(shipmentIds: readonly Identifier[], visit = 1): string {
  const joined = shipmentIds.map(encode).join("+");
  return visit === 1 ? joined : `${joined}~${visit}`;
}

/** Whether a stop is for the shipment: on its own, among others, or at one of several visits. */
export function isStopOf(externalStopId: string, shipmentId: string): boolean {
  return shipmentIdsOf(externalStopId).includes(shipmentId);
}

/** Every identifier that a stop may be for, also one that nobody encoded. */
export function shipmentIdsOf(externalStopId: string): string[] {
  const parts = externalStopId.replace(/~\d+$/, "").split("+").map(decode);
  return [...new Set([externalStopId, ...parts, ...externalStopId.split("+")])];
}

function decode(part: string): string {
  return part.replace(/%(25|2B|7E)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function encode(id: Identifier): string {
  return String(id).replace(/[%+~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
