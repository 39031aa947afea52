import {
  type FreightPlace,
  type LocationEvent,
  locationTypes,
  type NewTracking,
} from "../../domain/freight.ts";
import type { Coordinates } from "../../domain/place.ts";
import { invalidInput } from "../provider.ts";

/** A field that is wrong, in the caller's spelling, and what it takes. */
type Problem = { field: string; takes: string };

/** As many problems as one message tells, and as many fields as are listed. */
const toldProblems = 5;
const listedFields = 50;

const emailPattern = /^[^\s@<>(),;:"[\]\\]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Refuses a tracking that the vendor would refuse or misread, before anything is sent: `invalid_input`. */
export function checkTracking(tracking: NewTracking): void {
  const { carrierEmail, fromDate, toDate, fromLocation, toLocation } = tracking;
  const isTurned = isInstant(fromDate) && isInstant(toDate) && Date.parse(fromDate) > Date.parse(toDate);
  refuse([
    ...wrongOnes([
      [!emailPattern.test(carrierEmail), "carrier_email", "must be an e-mail address"],
      [!isInstant(fromDate), "from_date", "must be an ISO 8601 date and time with an offset"],
      [!isInstant(toDate), "to_date", "must be an ISO 8601 date and time with an offset"],
      [isTurned, "to_date", "must not be before from_date"],
    ]),
    ...placeProblems("from_location", fromLocation),
    ...placeProblems("to_location", toLocation),
  ]);
}

/** Refuses positions that the vendor would refuse or misread: `invalid_input`. */
export function checkLocations(events: readonly LocationEvent[]): void {
  const firstIndex = new Map<string, number>();
  const problems = events.flatMap((event, index): Problem[] => {
    const first = firstIndex.get(event.id);
    if (first === undefined) firstIndex.set(event.id, index);
    const field = `events[${index}]`;
    return [
      ...wrongOnes([
        [isBlank(event.id), `${field}.id`, "must not be empty"],
        [first !== undefined, `${field}.id`, `must not be that of events[${first}]`],
        [!isInstant(event.clientDate), `${field}.client_date`, "must be ISO 8601 with an offset"],
        [
          !locationTypes.includes(event.locationType),
          `${field}.location_type`,
          `must be one of ${locationTypes.join(", ")}`,
        ],
      ]),
      ...coordinateProblems(field, event),
    ];
  });
  refuse([...wrongOnes([[events.length === 0, "events", "must not be empty"]]), ...problems]);
}

/**
 * An identifier that stands in a path or a query as it is. The vendor's are digits; whether it signs others encoded is
 * documented nowhere, so none is sent that would have to be.
 */
export function checkedIdentifier(field: string, value: string): string {
  if (/^[\w~-][\w.~-]{0,199}$/.test(value)) return value;
  throw invalidInput(`${field} must be an identifier as list_trackings gives it.`, [field], "transmit");
}

function placeProblems(field: string, place: FreightPlace): Problem[] {
  return [
    ...coordinateProblems(field, place),
    ...wrongOnes([[isBlank(place.address), `${field}.address`, "must not be empty"]]),
  ];
}

function coordinateProblems(field: string, { lat, lng }: Coordinates): Problem[] {
  return wrongOnes([
    [!(Math.abs(lat) <= 90), `${field}.lat`, "must be -90 to 90 degrees"],
    [!(Math.abs(lng) <= 180), `${field}.lng`, "must be -180 to 180 degrees"],
  ]);
}

function wrongOnes(rules: [isWrong: boolean, field: string, takes: string][]): Problem[] {
  return rules.filter(([isWrong]) => isWrong).map(([, field, takes]) => ({ field, takes }));
}

function refuse(problems: Problem[]): void {
  if (problems.length === 0) return;
  const told = problems.slice(0, toldProblems).map(({ field, takes }) => `${field} ${takes}`);
  const untold = problems.length > told.length ? ` (and ${problems.length - told.length} more)` : "";
  const fields = problems.slice(0, listedFields).map(({ field }) => field);
  throw invalidInput(`${told.join("; ")}${untold}.`, fields, "transmit");
}

function isInstant(text: string): boolean {
  return instantPattern.test(text) && !Number.isNaN(Date.parse(text));
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
