import * as z from "zod";
import { inSnakeCase } from "../../../domain/snake-case.ts";
import type { PlanHelp, WouldTake } from "../../../domain/would-take.ts";
import { anyIdentifier } from "../../fields.ts";
import { toChangeArguments } from "../revise/change-arguments.ts";

const quantities = z.array(z.object({ material: z.string(), quantity: z.string() }));

/** What would bring in a shipment that was left out, as plan_load and get_plan answer it. */
export const wouldTakeAnswer = z.object({
  change: z.enum([
    "later_window",
    "later_shift",
    "more_minutes",
    "more_kilometers",
    "more_stops",
    "more_trips",
    "larger_vehicle",
    "another_vehicle",
    "split",
    "unlock",
    "drop_rule",
  ]),
  license_plate: z
    .string()
    .optional()
    .describe("The vehicle changed or that takes it; with another_vehicle the one that it would be like"),
  spare_license_plate: z.string().optional().describe("A vehicle of the ERP that the plan was not offered"),
  minutes: z.number().int().optional(),
  until: z.string().optional().describe("When the shift or window would end"),
  window_of: z.array(anyIdentifier).optional().describe("Whose window, where not its own"),
  kilometers: z.number().optional(),
  stops: z.number().int().optional(),
  trips: z.number().int().optional(),
  room: quantities.optional().describe("Room lacking"),
  room_percent: z.number().optional().describe("The same where materials share it"),
  material_capacities: quantities.optional().describe("What the vehicle must carry at least"),
  parts: z
    .array(z.object({ license_plate: z.string(), items: quantities }))
    .optional()
    .describe("What each vehicle takes of it"),
  rule: z.string().optional().describe("The lock or rule that is not held"),
  cost_yuan: z.string().optional().describe("What the routes cost more"),
  text: z.string(),
  changes: z
    .array(z.record(z.string(), z.unknown()))
    .optional()
    .describe("Arguments of revise_plan that do it, as they are"),
  plan_load_arguments: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("Where only planning again does it: arguments to change"),
});

/** A single change that would bring in several. */
export const planHelpAnswer = wouldTakeAnswer.extend({
  brings_in: z.number().int(),
  shipment_ids: z.array(anyIdentifier).describe("At most 20 of them"),
  tried: z.literal(true).describe("On the plan's routes, all else as it is"),
});

const shownShipments = 20;
/** So many that their changes still fit beside a plan; revise_plan takes more in several calls. */
const mostInChanges = 150;

/** A change in the tools' spelling. */
export function fromWouldTake({ changes, ...told }: WouldTake): z.input<typeof wouldTakeAnswer> {
  const answer = {
    ...inSnakeCase(told),
    ...(changes && { changes: changes.map(toChangeArguments) }),
  };
  return answer as z.input<typeof wouldTakeAnswer>;
}

/** A change that brings in several, in the same spelling. */
export function fromPlanHelp({ shipmentIds, changes, ...told }: PlanHelp): z.input<typeof planHelpAnswer> {
  const isShort = shipmentIds.length <= mostInChanges;
  return {
    ...fromWouldTake({ ...told, ...(changes && isShort && { changes }) }),
    brings_in: shipmentIds.length,
    shipment_ids: shipmentIds.slice(0, shownShipments),
    tried: true,
  };
}
