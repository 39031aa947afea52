import * as z from "zod";
import { identifier, instant, latitude, longitude, plainText, yuan } from "../../fields.ts";

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A time of day such as 07:30, or an instant. */
const dayTime = z
  .string()
  .max(40)
  .refine((value) => timeOfDay.test(value) || instant.safeParse(value).success, {
    error: "takes a time of day such as 07:30, or ISO 8601 with an offset",
  });

const plates = z.array(plainText(32)).min(1).max(500);
const place = z.strictObject({ lat: latitude, lng: longitude });
const cost = yuan.refine((value) => Number(value) <= 1_000_000, { error: "takes at most 1000000 yuan" });

/** A number within bounds that nobody meets on purpose: they are checked, but not served. */
function from(least: number, most: number) {
  return z
    .number()
    .refine((value) => value >= least && value <= most, { error: `takes a number from ${least} to ${most}` });
}

/** The same of whole numbers. */
export function wholeFrom(least: number, most: number) {
  return z.number().refine((value) => Number.isInteger(value) && value >= least && value <= most, {
    error: `takes a whole number from ${least} to ${most}`,
  });
}

const pause = z
  .strictObject({ from: dayTime, until: dayTime, minutes: from(1, 1_440) })
  .refine(({ from, until, minutes: length }) => length <= minutesBetween(from, until), {
    error: "has more minutes than there are from `from` until `until`",
  });

/** How long it is from one time of day to the next; no limit where either is an instant. */
function minutesBetween(from: string, until: string): number {
  if (!timeOfDay.test(from) || !timeOfDay.test(until)) return Number.POSITIVE_INFINITY;
  const minuteOf = (value: string) => Number(value.slice(0, 2)) * 60 + Number(value.slice(3));
  return (minuteOf(until) - minuteOf(from) + 1_440) % 1_440 || 1_440;
}

/** What a dispatcher asks of vehicles: all, or those that are named. */
export const vehicleRule = z
  .strictObject({
    license_plates: plates.optional().describe("All vehicles when left out"),
    shift_start: dayTime.optional(),
    shift_end: dayTime.optional(),
    breaks: z.array(pause).max(10).optional(),
    start: place.optional().describe("Loads here, not at the depot"),
    end: place.optional(),
    return_to_depot: z.boolean().optional(),
    fixed_yuan: cost.optional(),
    yuan_per_km: cost.optional(),
    yuan_per_hour: cost.optional().describe("Driving and unloading"),
    max_trips: wholeFrom(1, 100).optional().describe("Reloads in between"),
    reload_minutes: from(0, 1_440).optional(),
    max_km: from(0.1, 100_000).optional(),
    max_minutes: from(1, 20_000).optional(),
    max_stops: wholeFrom(1, 1_000).optional(),
  })
  .refine(({ end, return_to_depot }) => end === undefined || return_to_depot === undefined, {
    error: "takes end or return_to_depot, not both",
  });

/** What holds for some shipments beside windows and locks. */
export const shipmentRule = z.strictObject({
  shipment_ids: z.array(identifier).min(1).max(5_000),
  only_vehicles: plates.optional(),
  not_vehicles: plates.optional(),
  priority: wholeFrom(0, 100).optional().describe("0 to 100: who goes first when not all fit"),
  penalty_yuan: cost.optional().describe("Optional: left out where serving costs more"),
  ready_at: instant.optional().describe("Its vehicle leaves no earlier"),
  late_yuan_per_hour: cost.optional().describe("Its window may be passed at this price"),
  service_minutes: from(0, 600).optional(),
});

/** Shipments that are spoken of together. */
export const shipmentGroups = z
  .array(z.array(identifier, { error: "takes a list of shipments: [[17, 18], [21, 22]]" }).min(2).max(1_000))
  .max(1_000);

/** Materials that are spoken of together. */
export const materialGroups = z
  .array(z.array(plainText(100), { error: 'takes a list of materials: [["坯布", "成品"]]' }).min(2).max(32))
  .max(100);
