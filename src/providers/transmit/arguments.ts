import {
  type FreightPlace,
  type LocationEvent,
  largestLocationBatch,
  locationTypes,
  type NewTracking,
} from "../../domain/freight.ts";
import { isInstant } from "../../domain/instant.ts";
import { choiceRule, emailRule, positionRules, type Rule, refuseWrong } from "../argument-rules.ts";

/** Refuses a tracking that the vendor would refuse or misread, before anything is sent. */
export function checkTracking(tracking: NewTracking): void {
  const { carrierEmail, fromDate, toDate, fromLocation, toLocation } = tracking;
  const isTurned = isInstant(fromDate) && isInstant(toDate) && Date.parse(fromDate) > Date.parse(toDate);
  refuseWrong(
    "transmit",
    emailRule("carrier_email", carrierEmail),
    instantRule("from_date", fromDate),
    instantRule("to_date", toDate),
    [isTurned, "to_date", "must not be before from_date"],
    ...placeRules("from_location", fromLocation),
    ...placeRules("to_location", toLocation),
  );
}

/** Refuses a batch of positions that the vendor would refuse or misread. */
export function checkLocations(events: readonly LocationEvent[]): void {
  const firstIndex = new Map<string, number>();
  const rules = events.flatMap((event, index): Rule[] => {
    const field = `events[${index}]`;
    const first = firstIndex.get(event.id);
    if (first === undefined) firstIndex.set(event.id, index);
    return [
      [isBlank(event.id), `${field}.id`, "must not be empty"],
      [first !== undefined, `${field}.id`, `must not be that of events[${first}]`],
      instantRule(`${field}.client_date`, event.clientDate),
      choiceRule(`${field}.location_type`, event.locationType, locationTypes),
      ...positionRules(`${field}.`, event),
    ];
  });
  const isSized = events.length >= 1 && events.length <= largestLocationBatch;
  refuseWrong("transmit", [!isSized, "events", `must be 1 to ${largestLocationBatch} positions`], ...rules);
}

/**
 * An identifier that stands in a path or a query as it is. The vendor's are digits; whether it signs others encoded is
 * documented nowhere, so none is sent that would have to be.
 */
export function checkedIdentifier(field: string, value: string): string {
  const isPlain = /^[\w~-][\w.~-]{0,199}$/.test(value);
  refuseWrong("transmit", [!isPlain, field, "must be an identifier as list_trackings gives it"]);
  return value;
}

function instantRule(field: string, value: string): Rule {
  return [!isInstant(value), field, "must be an ISO 8601 date and time with an offset"];
}

function placeRules(field: string, place: FreightPlace): Rule[] {
  return [
    ...positionRules(`${field}.`, place),
    [isBlank(place.address), `${field}.address`, "must not be empty"],
  ];
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
