import * as z from "zod";
import { decimal, identifier, instant, numberOrText, plainText } from "../../fields.ts";
import { shipmentInput } from "../../fleet/shipment-fields.ts";
import { vehicleFields } from "../../fleet/vehicle-fields.ts";
import { wholeFrom } from "../load/rule-fields.ts";
import { describeForm } from "./change-forms.ts";
import { operations } from "./operations.ts";
import { rarelySet, vehicleRuleFields } from "./vehicle-change-fields.ts";

const plate = plainText(32);
const stop = (most: number) => numberOrText(wholeFrom(1, most)).optional();

/** One change, flat: which fields an op takes is said by `change-forms.ts`. */
export const changeFields = z
  .strictObject(
    {
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
      out_of_service: z.boolean().optional().describe("set_vehicle; false: back, or in from the ERP"),
      new_license_plate: plate.optional().describe("This vehicle drives instead"),
      material_capacities: vehicleFields.shape.material_capacities.optional(),
      ...vehicleRuleFields,
    },
    { error: ({ code, input }) => (code === "unrecognized_keys" ? describeForm(input) : undefined) },
  )
  .refine(({ end, return_to_depot }) => end === undefined || return_to_depot === undefined, {
    error: "takes end or return_to_depot, not both",
  });

/** A change as its schema reads it. */
export type ChangeArguments = z.output<typeof changeFields>;
