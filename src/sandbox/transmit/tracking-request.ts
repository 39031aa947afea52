import type { Place } from "../../domain/place.ts";
import { isRecord } from "../message.ts";
import { readCoordinates, readDate } from "./fields.ts";

/** A load to be followed, as it was asked for (transmit.txt, 创建trackings); times in milliseconds since the epoch. */
export type TrackingRequest = {
  carrierEmail: string;
  fromDate: number;
  toDate: number;
  from: Required<Place>;
  to: Required<Place>;
};

/** The request of a body, or the first thing that is wrong with it. */
export function parseTracking(body: unknown): { request: TrackingRequest } | { problem: string } {
  if (!isRecord(body)) return { problem: "a JSON object is required" };
  const { carrier_email: carrierEmail } = body;
  if (typeof carrierEmail !== "string" || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(carrierEmail)) {
    return { problem: "carrier_email is invalid" };
  }
  const fromDate = readDate(body["from_date"]);
  if (fromDate === undefined) return { problem: "from_date is invalid" };
  const toDate = readDate(body["to_date"]);
  if (toDate === undefined) return { problem: "to_date is invalid" };
  if (fromDate > toDate) return { problem: "from_date must not be after to_date" };
  const from = readPlace(body["from_location"]);
  if ("problem" in from) return { problem: `from_location.${from.problem}` };
  const to = readPlace(body["to_location"]);
  if ("problem" in to) return { problem: `to_location.${to.problem}` };
  return { request: { carrierEmail, fromDate, toDate, from: from.place, to: to.place } };
}

function readPlace(value: unknown): { place: Required<Place> } | { problem: string } {
  const location = isRecord(value) ? value : {};
  const coordinates = readCoordinates(location);
  if (!coordinates) return { problem: "lat and lng are invalid" };
  const { address } = location;
  if (typeof address !== "string" || address.trim() === "") return { problem: "address is required" };
  return { place: { ...coordinates, address } };
}
