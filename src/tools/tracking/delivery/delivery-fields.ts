import * as z from "zod";

const whole = z.number().int();

const stopStates = z.enum(["delivered", "failed", "open", "uncertain", "not_dispatched"]);

/** A stop at which a shipment is, or is to be, unloaded. */
const stopFields = {
  plan_id: z.string().optional(),
  revision: whole.optional(),
  license_plate: z.string().optional(),
  trip: whole.optional(),
  sequence: whole.optional().describe("The driver's order"),
  planned_sequence: whole.optional().describe("Where the plan had it, if elsewhere"),
  stops_on_route: whole.optional(),
  load_position: whole.optional(),
  planned_arrive_at: z.string().optional(),
  driven_arrive_at: z.string().optional().describe("Expected in the driver's order, if otherwise"),
  items: z.array(z.object({ material: z.string(), quantity: z.string() })).optional(),
  stop_state: stopStates.optional().describe("As far as events tell"),
  told_over_by: z.string().optional(),
};

/** The job that it goes, or went, with. */
const jobFields = {
  external_job_id: z.string().optional(),
  job_id: z.string().nullable().optional(),
  driver_email: z.string().optional(),
  dispatch_state: z
    .enum(["not_dispatched", "claimed", "sending", "unknown", "dispatched", "refused"])
    .optional(),
};

const partFields = { ...stopFields, ...jobFields };

/** What stands behind an identifier: plan, route, stop, load, job or robot. */
export const deliveryAnswer = z.object({
  ...partFields,
  other_stops: z.array(z.object(partFields)).optional().describe("Of a shipment on several stops"),
  released_from: z
    .array(z.string())
    .optional()
    .describe("external_job_ids it was released from: it may go out again"),
  stops: z
    .object({ total: whole, delivered: whole, failed: whole, open: whole, uncertain: whole })
    .optional()
    .describe("Of a whole route"),
  robot: z
    .object({
      order_status: z.string(),
      room: z.string().nullable(),
      tasks: z.array(z.object({ task_id: z.string(), status: z.string(), type: z.string().nullable() })),
    })
    .optional(),
});

export type Delivery = z.input<typeof deliveryAnswer>;

/** One stop of a shipment, with its job. */
export type DeliveryPart = Omit<Delivery, "other_stops" | "released_from" | "stops" | "robot">;
