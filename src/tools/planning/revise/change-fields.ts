import * as z from "zod";
import { decimal, identifier, instant, numberOrText, plainText } from "../../fields.ts";
import { shipmentInput } from "../../fleet/shipment-fields.ts";
import { vehicleFields } from "../../fleet/vehicle-fields.ts";
import { vehicleRule, wholeFrom } from "../load/rule-fields.ts";

/** What can be done to a plan. */
export const operations = [
  "move",
  "swap",
  "remove",
  "add",
  "lock",
  "unlock",
  "reorder",
  "split",
  "set_vehicle",
  "set_window",
  "set_priority",
] as const;

export type Operation = (typeof operations)[number];

const plate = plainText(32);
const stop = (most: number) => numberOrText(wholeFrom(1, most)).optional();

/** What a dispatcher rarely changes of a vehicle: taken, but not worth the words. */
const rarelySet = { served: false };

const { license_plates: _, ...ruleShape } = vehicleRule.shape;
const {
  start,
  end,
  return_to_depot,
  fixed_yuan,
  yuan_per_km,
  yuan_per_hour,
  breaks,
  reload_minutes,
  ...usual
} = ruleShape;

/** The rules of one vehicle, as `vehicle_rules` of plan_load have them. */
export const vehicleRuleFields = {
  ...usual,
  breaks: breaks.meta(rarelySet),
  reload_minutes: reload_minutes.meta(rarelySet),
  start: start.meta(rarelySet),
  end: end.meta(rarelySet),
  return_to_depot: return_to_depot.meta(rarelySet),
  fixed_yuan: fixed_yuan.meta(rarelySet),
  yuan_per_km: yuan_per_km.meta(rarelySet),
  yuan_per_hour: yuan_per_hour.meta(rarelySet),
};

/** One change, flat: which fields an op takes is said by `change-forms.ts`. */
export const changeFields = z
  .strictObject({
    op: z.enum(operations),
    shipment_id: identifier.optional(),
    shipment_ids: z
      .array(identifier)
      .min(1)
      .max(1_000)
      .optional()
      .describe("Several at once; reorder: all of the route"),
    with_shipment_id: identifier.optional().describe("swap"),
    license_plate: plate.optional().describe("The vehicle it goes to, or that is changed"),
    position: stop(1_000).describe("Stop from 1 that it has then; cheapest when left out"),
    trip: stop(100),
    items: z
      .array(z.strictObject({ material: plainText(100), quantity: decimal }))
      .min(1)
      .max(50)
      .optional()
      .describe("split: the part that license_plate takes"),
    not_before: instant.optional().describe("lock"),
    not_after: instant.optional(),
    start_at: instant.optional().describe("set_window; neither end: any time"),
    end_at: instant.optional(),
    priority: numberOrText(wholeFrom(0, 100)).optional().describe("0 to 100"),
    shipment: shipmentInput.optional().meta(rarelySet),
    shipments: z
      .array(shipmentInput)
      .min(1)
      .max(500)
      .optional()
      .describe("add: shipments that neither plan nor ERP has, as plan_load takes them"),
    out_of_service: z.boolean().optional().describe("set_vehicle; false: back"),
    new_license_plate: plate.optional().describe("This vehicle drives instead"),
    material_capacities: vehicleFields.shape.material_capacities.optional(),
    ...vehicleRuleFields,
  })
  .refine(({ end, return_to_depot }) => end === undefined || return_to_depot === undefined, {
    error: "takes end or return_to_depot, not both",
  });

/** A change as its schema reads it. */
export type ChangeArguments = z.output<typeof changeFields>;
